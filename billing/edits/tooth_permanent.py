"""The first permanent teeth come at about six."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import SMALL, WISDOM, WISE, age
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-26",
    title=N_("Permanent tooth of a small child"),
    message=N_("Tooth %(tooth)s is a permanent one; the patient was %(age)s on %(date)s."),
    severity="advise",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].part.teeth[].tooth",),
    source="Ages at which teeth come",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_permanent(claim: DentalClaim, line: DentalActLine) -> Iterator[Fault]:
    """The first permanent teeth come at about six.

    What it checks:
        No permanent tooth is treated on a patient under four, and no third molar on one under fourteen.

    Why payers deny:
        A tooth that cannot be there yet is taken for a typing error, and the line is denied.

    How to fix:
        Correct the tooth: primary teeth have letters.
    """
    years = age(claim.patient.birth, line.service.start)
    if years is not None and years < WISE:
        for number, treated in enumerate(line.part.teeth):
            tooth = tooth_of(treated.tooth)
            if tooth is None or tooth.dentition == "primary" or tooth.supernumerary:
                continue
            if years < SMALL or tooth.place == WISDOM:
                where = f"part.teeth[{number}].tooth"
                yield at(where, tooth=treated.tooth, age=years, date=line.service.start.isoformat())


FAILS = (
    dental_claim_with(patient__birth=date(2023, 7, 9)),
    dental_claim_with(patient__birth=date(2015, 7, 9), acts=(dental_line(code="D7140", teeth=on("1")),)),
)
PASSES = (dental_claim_with(patient__birth=date(2015, 7, 9)),)
