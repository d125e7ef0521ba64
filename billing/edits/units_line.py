"""Some codes have a limit of units a line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import limited
from billing.edits.units import counted
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "MUE-01",
    title=N_("More units on a line than are paid"),
    message=N_("The line bills %(units)s units of %(code)s; at most %(limit)s are paid on one line."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].quantity"),
    when="case.excess",
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I, section V; MUE table of the quarter, "
        "adjudication indicator 1"
    ),
    since="2026-11-24",
)
def units_line(case: Case) -> Iterator[Fault]:
    """Some codes have a limit of units a line.

    What it checks:
        The units of a line, for each of its days, are not more than the medically unlikely edit of its code, where
        that is judged by line (adjudication indicator 1).

    Why payers deny:
        The whole line is denied, not only the units above the limit.

    How to fix:
        If the count is a slip, correct it. If it was really done more often, put each part on a line of its own
        with a modifier that says why: 76, 77, 91, an anatomic one, or 59.
    """
    for excess in case.excess:
        if excess.limit.indicator == "1" and excess.limit.units:
            yield at(
                f"acts[{excess.line}].quantity",
                units=counted(excess.units),
                code=case.codes[excess.line],
                limit=excess.limit.units,
            )


FACTS = EXAMPLE_FACTS.ruled_by(limited("J1100", 3, "1"))
FAILS = (claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal(4))),)),)
PASSES = (claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal(3))),)),)
