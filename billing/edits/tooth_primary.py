"""Primary teeth are shed by about the age of thirteen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import GROWN, age
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-25",
    title=N_("Primary tooth of a grown-up"),
    message=N_("Tooth %(tooth)s is a primary one; the patient was %(age)s on %(date)s."),
    severity="advise",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].part.teeth[].tooth",),
    source="Ages at which teeth are shed",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_primary(claim: DentalClaim, line: DentalActLine) -> Iterator[Fault]:
    """Primary teeth are shed by about the age of thirteen.

    What it checks:
        No primary tooth is treated on a patient of sixteen or more.

    Why payers deny:
        A primary tooth at that age is taken for a typing error, and the line is denied.

    How to fix:
        Correct the tooth. Where the primary tooth is still there, say so in a note.
    """
    years = age(claim.patient.birth, line.service.start)
    if years is not None and years >= GROWN:
        for number, treated in enumerate(line.part.teeth):
            tooth = tooth_of(treated.tooth)
            if tooth is not None and tooth.dentition == "primary" and not tooth.supernumerary:
                where = f"part.teeth[{number}].tooth"
                yield at(where, tooth=treated.tooth, age=years, date=line.service.start.isoformat())


FAILS = (dental_claim_with(acts=(dental_line(teeth=on("K:MO")),)),)
PASSES = (dental_claim_with(patient__birth=date(2019, 7, 9), acts=(dental_line(teeth=on("K:MO")),)),)
