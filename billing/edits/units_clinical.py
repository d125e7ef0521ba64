"""More of an act than is likely on one day is paid only with proof."""

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
    "MUE-03",
    title=N_("More units on a day than are likely"),
    message=N_(
        "%(date)s has %(units)s units of %(code)s by this provider; more than %(limit)s on one day are paid "
        "only with proof."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].quantity"),
    when="case.excess",
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I, section V; MUE table of the quarter, "
        "adjudication indicator 3"
    ),
    since="2026-11-24",
)
def units_clinical(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """More of an act than is likely on one day is paid only with proof.

    What it checks:
        The units of all lines with the same code, day and provider are not more than the medically unlikely edit of
        the code, where that rests on what is clinically likely (adjudication indicator 3).

    Why payers deny:
        All units of the day are denied at first. They may be paid on appeal, when the record shows that each was
        needed.

    How to fix:
        Look whether the count or the code is a slip. If it is right, have the record ready and expect to appeal.
    """
    for excess in case.excess:
        if excess.limit.indicator == "3" and excess.limit.units:
            yield at(
                f"acts[{excess.line}].quantity",
                date=claim.acts[excess.line].service.start.isoformat(),
                units=counted(excess.units),
                code=case.codes[excess.line],
                limit=excess.limit.units,
            )


FACTS = EXAMPLE_FACTS.ruled_by(limited("11102", 1, "3"))
FAILS = (
    claim_with(acts=(line(code="11102", quantity=Quantity(Decimal(2))),)),
    claim_with(acts=(line(code="11102", modifiers=("LT",)), line(number="2", code="11102", modifiers=("RT",)))),
)
PASSES = (claim_with(acts=(line(code="11102"),)),)
