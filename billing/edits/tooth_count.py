"""A line with several teeth counts one act."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "DEN-06",
    title=N_("Several teeth counted more than once"),
    message=N_("The line names %(count)s teeth and counts %(units)s acts."),
    severity="block",
    scope="line",
    when="len(line.part.teeth) > 1",
    fields=("acts[].quantity",),
    source="ASC X12N 005010X224A2, 2400 TOO and SV306",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_count(line: DentalActLine) -> Iterator[Fault]:
    """A line with several teeth counts one act.

    What it checks:
        Where a line names more than one tooth, its quantity is one.

    Why payers deny:
        The file is refused: nobody can tell which tooth was treated how often.

    How to fix:
        Give each tooth its own line with quantity one.
    """
    part = line.part
    if len(part.teeth) > 1 and line.quantity.value != 1:
        yield at("quantity", count=len(part.teeth), units=line.quantity.plain())


FAILS = (dental_claim_with(acts=(dental_line(code="D7140", teeth=on("1", "16"), quantity=Quantity(Decimal(2))),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D7140", teeth=on("1", "16")),)),)
