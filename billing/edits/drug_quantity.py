"""A drug that was given has an amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.professional import Drug, ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import NDC, Code
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "DRG-04",
    title=N_("Drug without an amount"),
    message=N_(
        "The amount of the drug is %(quantity)s; it is more than nothing and has at most three digits after the point."
    ),
    severity="block",
    scope="line",
    fields=("acts[].part.drug.quantity",),
    when=(
        "line.part.drug is not None and (not line.part.drug.quantity.value.is_finite() or "
        "line.part.drug.quantity.value <= 0 or line.part.drug.quantity.value % 1 != 0)"
    ),
    source="005010X222A1 2410 CTP04; CMS-1500 instructions, shaded line 24",
    since="2026-11-25",
)
def drug_quantity(line: ProfessionalActLine) -> Iterator[Fault]:
    """A drug that was given has an amount.

    What it checks:
        The amount of a drug is above zero and has at most three digits after the point.

    Why payers deny:
        The segment is refused. Medicaid, which claims its rebate by this amount, denies the line.

    How to fix:
        Enter how much of what is in the package was given: millilitres of a fluid, pieces of tablets or vials.
    """
    drug = line.part.drug
    if drug is not None:
        value = drug.quantity.value
        if not value.is_finite() or value <= 0 or -int(value.normalize().as_tuple().exponent) > 3:
            yield at(quantity=str(value))


FAILS = (claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "00409123401"), Quantity(Decimal(0), "ML"))),)),)
PASSES = (
    claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "00409123401"), Quantity(Decimal("0.125"), "ML"))),)),
)
