"""Versions of tests: added, never changed. What each says differently is told against what lies under it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Work
from clinic.services.changing import enter, held
from lab.domain.catalogue import TestFacts
from lab.domain.catalogue_rules import faults
from lab.domain.whole_catalogue import Catalogue, differing
from lab.models import Laboratory, TestVersion
from lab.services.catalogue import catalogue_on
from lab.services.shipped import shipped


class VersionFacts(Value, frozen=True, kw_only=True):
    """What the fact of a version says."""

    test_key: str
    laboratory_id: int | None = None
    effective_on: date
    revision: int
    facts: dict[str, Any]
    retired: bool = False
    reason: str | None = None


def under(practice_id: int, on: date, laboratory_id: int | None) -> Catalogue:
    """What a version of the practice, or of a laboratory, lies upon."""
    return shipped() if laboratory_id is None else catalogue_on(practice_id, on)


def judged(test: TestFacts, catalogue: Catalogue, also: frozenset[str] = frozenset()) -> TestFacts:
    """The test itself; ``also`` are keys of tests that come in the same act.

    Raises:
        Refused: the first of its faults, at its field.
    """
    known = {*catalogue.tests, test.key, *also}
    for field, (what, params) in faults(test, catalogue.holders, catalogue.questions, known):
        raise Refused(what, where=field, **dict(params))
    return test


def add_version(
    work: Work,
    test: TestFacts,
    on: date,
    reason: str | None,
    laboratory_id: int | None,
    *,
    retired: bool = False,
) -> int:
    """Add a version within an act under way; gives its id."""
    practice_id, key = work.actor.practice_id, test.key
    base = under(practice_id, on, laboratory_id).tests.get(key)
    facts = {} if retired else differing(base, test)
    last = work.session.scalar(
        select(func.max(TestVersion.revision)).where(
            TestVersion.practice_id == practice_id,
            TestVersion.test_key == key,
            TestVersion.laboratory_id.is_not_distinct_from(laboratory_id),
            TestVersion.effective_on == on,
        )
    )
    told = VersionFacts(
        test_key=key,
        laboratory_id=laboratory_id,
        effective_on=on,
        revision=(last or 0) + 1,
        facts=facts,
        retired=retired,
        reason=reason,
    )
    row = TestVersion(
        practice_id=practice_id,
        test_key=told.test_key,
        laboratory_id=told.laboratory_id,
        effective_on=told.effective_on,
        revision=told.revision,
        facts=told.facts,
        retired=told.retired,
        reason=told.reason,
        created_at=work.at,
        created_by=work.actor.staff_id,
    )
    return enter(work, row, told)


def a_reason(reason: str) -> str:
    """The reason as it is kept.

    Raises:
        Refused: none is given.
    """
    plain = " ".join(reason.split())
    if not plain:
        raise Refused(N_("A reason is needed."), where="reason", remedy=N_("Say where the new values come from."))
    return plain[:300]


def of_the_practice(work: Work, laboratory_id: int | None) -> None:
    """Insist that a laboratory is one of the practice.

    Raises:
        Unknown: it is none.
    """
    if laboratory_id is not None:
        held(work, Laboratory, laboratory_id)
