"""The number on the package is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.professional import Drug, ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.placeholder import made_of_one
from clinic.domain.code import NDC, Code
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "DRG-05",
    title=N_("Drug code that stands for none"),
    message=N_("%(ndc)s is a row of one digit and no drug code."),
    severity="warn",
    scope="line",
    fields=("acts[].part.drug.ndc",),
    when="line.part.drug is not None and len(set(line.part.drug.ndc.value)) == 1",
    makes_redundant=("DRG-01",),
    source="005010X222A1 2410 LIN03; 42 CFR 447.520",
    since="2026-11-25",
)
def drug_words(line: ProfessionalActLine) -> Iterator[Fault]:
    """The number on the package is wanted.

    What it checks:
        The NDC is not a row of one digit.

    Why payers deny:
        The number is looked up in the list of drugs, not found, and the line is denied.

    How to fix:
        Enter the number from the package, eleven digits in three parts of 5, 4 and 2. If it is not known any
        more, leave the drug out.
    """
    drug = line.part.drug
    if drug is not None and made_of_one(drug.ndc.value):
        yield at(ndc=drug.ndc.value)


FAILS = (claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "99999999999"), Quantity(Decimal(4), "ML"))),)),)
PASSES = (claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "00409123401"), Quantity(Decimal(4), "ML"))),)),)
