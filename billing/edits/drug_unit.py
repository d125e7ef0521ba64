"""Drugs are counted in five units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.professional import Drug, ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import NDC, Code
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_

_UNITS = frozenset({"F2", "GR", "ME", "ML", "UN"})


@edit(
    "DRG-03",
    title=N_("Unit of a drug that the file does not know"),
    message=N_("%(unit)s is no unit of a drug: it is F2, GR, ME, ML or UN."),
    severity="block",
    scope="line",
    fields=("acts[].part.drug.quantity.unit",),
    when='line.part.drug is not None and line.part.drug.quantity.unit not in ("UN", "ML", "GR", "ME", "F2")',
    makes_redundant=("TXT-02",),
    source="005010X222A1 2410 CTP05-1; CMS-1500 instructions, shaded line 24",
    since="2026-11-25",
)
def drug_unit(line: ProfessionalActLine) -> Iterator[Fault]:
    """Drugs are counted in five units.

    What it checks:
        The unit of a drug is F2 (international units), GR (grams), ME (milligrams), ML (millilitres) or UN
        (pieces).

    Why payers deny:
        Any other unit is refused with the file.

    How to fix:
        Milligrams are ME, vials of powder UN, fluids ML.
    """
    drug = line.part.drug
    if drug is not None and drug.quantity.unit not in _UNITS:
        yield at(unit=drug.quantity.unit)


FAILS = (claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "00409123401"), Quantity(Decimal(4), "MG"))),)),)
PASSES = (claim_with(acts=(line(code="J1100", drug=Drug(Code(NDC, "00409123401"), Quantity(Decimal(4), "ME"))),)),)
