"""What the payers before have answered, and whether an answer may be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from billing.domain.claim import Adjudication, OtherCoverage
from billing.edits.facts import AnyClaim

REASON = re.compile(r"[A-Z]?\d{1,3}\Z")
"""A claim adjustment reason code: 45, B7, P12."""


class Answer(NamedTuple):
    """One payer's answer to the claim as a whole, in cents of the claim's currency."""

    at: int
    """Place in ``other_coverages``."""
    other: OtherCoverage
    said: Adjudication
    rest: int
    """What of the total is neither paid nor taken off; below zero where both are more than the total."""
    owed: int
    """What is left to the patient or the next payer (group PR)."""


def answers(claim: AnyClaim) -> Iterator[Answer]:
    """The answers on a claim, in its order."""
    for at, other in enumerate(claim.other_coverages):
        said = other.adjudication
        if said is not None:
            rest = claim.total.cents - said.paid.cents - sum([each.amount.cents for each in said.adjustments])
            owed = sum([each.amount.cents for each in said.adjustments if each.group == "PR"])
            yield Answer(at, other, said, rest, owed)


def dubious(claim: AnyClaim, given: tuple[Answer, ...], day: date | None, on: date) -> bool:
    """Whether an answer may have something wrong: the other way round it is sure that none has.

    ``day`` is the first day of service, ``on`` the day of judging.
    """
    for each in given:
        said = each.said
        if each.rest or each.owed <= 0 or said.paid.cents < 0 or each.other.rank >= claim.coverage.rank:
            return True
        if said.decided is not None and (said.decided > on or day is None or said.decided < day):
            return True
        for adjustment in said.adjustments:
            reason = adjustment.reason
            if not (reason.isdecimal() and len(reason) <= 3) and not REASON.match(reason):
                return True
    return False
