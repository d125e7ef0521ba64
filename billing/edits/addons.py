"""Add-on codes of a claim that do not stand beside what they are added to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import same_provider
from billing.edits.case import Case
from billing.edits.ruled import AddonRule

_NAMED = 4
"""So many primaries are named in a message; some add-ons have hundreds."""


class Lonely(NamedTuple):
    """An add-on without a listed primary of the same day and provider."""

    line: int
    rule: AddonRule
    nothing: bool
    """No other act that is no add-on stands on its day."""
    other_day: bool
    """A listed primary stands on another day of the claim."""


def lonely(claim: ProfessionalClaim, case: Case) -> Iterator[Lonely]:
    """The add-ons of a claim without a listed primary beside them, on it or on an earlier claim."""
    for index in case.ruled.addons:
        act = claim.acts[index]
        day = act.service.start
        tables = case.tables(day)
        table = None if tables is None else tables.addons
        rule = None if table is None else table.addon(act.code.value, day)
        if table is None or rule is None:
            continue
        beside = {
            other.code.value
            for whole in (claim, *case.earlier)
            if whole is claim or (whole.frequency != "8" and whole.number != claim.number)
            for other in whole.acts
            if other.service.start == day and same_provider(claim, act, whole, other)
        }
        if not beside.isdisjoint(rule.primaries):
            continue
        yield Lonely(
            index,
            rule,
            all(code in table for code in beside),
            any(other.code.value in rule.primaries for other in claim.acts),
        )


def named(rule: AddonRule) -> str:
    """The primaries of an add-on as a message names them."""
    codes = sorted(rule.primaries)
    return ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
