"""A drug is named by eleven digits."""

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
    "DRG-01",
    title=N_("Drug code that is not eleven digits"),
    message=N_("%(ndc)s is no drug code: it has eleven digits, without hyphens."),
    severity="block",
    scope="line",
    fields=("acts[].part.drug.ndc.value",),
    when="line.part.drug is not None",
    makes_redundant=("TXT-02",),
    source="45 CFR 162.1002; 005010X222A1 2410 LIN03",
    since="2026-11-24",
)
def drug_ndc(line: ProfessionalActLine) -> Iterator[Fault]:
    """A drug is named by eleven digits.

    What it checks:
        The NDC of each drug has eleven digits and no hyphens.

    Why payers deny:
        The package shows ten digits in three groups; the claim wants eleven. A number of another length is
        refused.

    How to fix:
        Put the groups as five, four and two digits, with a zero in front of the group that is too short, and
        leave the hyphens out.
    """
    drug = line.part.drug
    if drug is not None and (len(drug.ndc.value) != 11 or not drug.ndc.value.isdecimal()):
        yield at(ndc=drug.ndc.value)


def _given(ndc: str) -> Drug:
    return Drug(Code(NDC, ndc), Quantity(Decimal(1), "ML"))


FAILS = (claim_with(acts=(line(code="J1100", drug=_given("0409-1234-01")),)),)
PASSES = (claim_with(acts=(line(code="J1100", drug=_given("00409123401")),)),)
