"""Saying from which day a test is otherwise: in the practice, or at one laboratory."""

from __future__ import annotations

from datetime import date

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.changing import Overtaken, print_of
from clinic.services.clock import today
from lab.domain.catalogue import TestFacts
from lab.services.catalogue import catalogue_on
from lab.services.catalogue_versions import a_reason, add_version, judged, of_the_practice

RIGHT = "lab.catalogue"


def set_test(
    actor: Actor,
    test: TestFacts,
    effective_on: date,
    reason: str,
    *,
    laboratory_id: int | None = None,
    seen: str = "",
    seen_on: date | None = None,
) -> int | None:
    """Set a test from a day on; gives the id of its version, None where it says so already.

    ``seen`` is the print of the test as it was seen, as it held on the day ``seen_on`` (today).

    Orders and containers planned before keep the values they were planned with.

    Raises:
        Refused: a field is faulty, or there is no reason.
        Unknown: there is no such laboratory.
        Overtaken: someone else changed the test meanwhile.
    """
    why = a_reason(reason)
    with acting(actor, RIGHT) as work:
        of_the_practice(work, laboratory_id)
        catalogue = catalogue_on(actor.practice_id, effective_on, laboratory_id)
        now = catalogue_on(actor.practice_id, seen_on or today(), laboratory_id).tests.get(test.key)
        if now is not None and print_of(now) != seen:
            raise Overtaken(now)
        judged(test, catalogue)
        if catalogue.tests.get(test.key) == test:
            work.journal("practice", actor.practice_id, detail="lab_test unchanged")
            return None
        return add_version(work, test, effective_on, why, laboratory_id)


def add_test(actor: Actor, test: TestFacts, effective_on: date, reason: str) -> int | None:
    """Add a test of the practice's own.

    Raises:
        Refused: as ``set_test``, or its key is taken.
    """
    taken = catalogue_on(actor.practice_id, effective_on)
    if test.key in taken.tests:
        raise Refused(N_("There is a test of that key already."), where="key", remedy=N_("Change the one there is."))
    return set_test(actor, test, effective_on, reason)


def retire_test(actor: Actor, key: str, effective_on: date, reason: str, *, laboratory_id: int | None = None) -> int:
    """No longer offer a test from a day on; gives the id of the version that says so.

    Raises:
        Refused: the test is not offered, or there is no reason.
        Unknown: there is no such laboratory.
    """
    why = a_reason(reason)
    with acting(actor, RIGHT) as work:
        of_the_practice(work, laboratory_id)
        test = catalogue_on(actor.practice_id, effective_on, laboratory_id).test(key)
        return add_version(work, test, effective_on, why, laboratory_id, retired=True)
