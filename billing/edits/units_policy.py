"""Some codes cannot be done more often on one day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import limited
from billing.edits.facts import AnyClaim
from billing.edits.units import counted
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "MUE-02",
    title=N_("More units on a day than can be"),
    message=N_(
        "%(date)s has %(units)s units of %(code)s by this provider; more than %(limit)s are never paid on one day."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].quantity"),
    when="case.excess",
    once=True,
    makes_redundant=("DUP-01",),
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I, section V; MUE table of the quarter, "
        "adjudication indicator 2"
    ),
    since="2026-11-24",
)
def units_policy(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some codes cannot be done more often on one day.

    What it checks:
        The units of all lines with the same code, day and provider are not more than the medically unlikely edit of
        the code, where that rests on policy or on what a body has (adjudication indicator 2).

    Why payers deny:
        All units of the day are denied. No modifier and no appeal lifts a limit of this kind.

    How to fix:
        Correct the count or the code. Lines that bill the same act twice are one too many.
    """
    for excess in case.excess:
        if excess.limit.indicator == "2" and excess.limit.units:
            yield at(
                f"acts[{excess.line}].quantity",
                date=claim.acts[excess.line].service.start.isoformat(),
                units=counted(excess.units),
                code=case.codes[excess.line],
                limit=excess.limit.units,
            )


_ONE = line(code="93000", modifiers=("76",))

FACTS = EXAMPLE_FACTS.ruled_by(limited("93000", 1, "2"))
FAILS = (
    claim_with(acts=(line(code="93000", quantity=Quantity(Decimal(2))),)),
    claim_with(acts=(line(code="93000"), line(number="2", code="93000", modifiers=("76",)))),
)
PASSES = (claim_with(acts=(line(code="93000"),)),)
