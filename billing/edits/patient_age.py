"""Nobody is that old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "PAT-03",
    title=N_("Patient of more than 120 years"),
    message=N_("By a birth date of %(birth)s the patient would be about %(age)s years old."),
    severity="warn",
    scope="claim",
    fields=("patient.birth",),
    when=(
        "claim.patient.birth is not None and case.day is not None and case.day.year - claim.patient.birth.year > 120"
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA and 2010CA DMG02; CMS-1500 box 3",
    since="2026-11-25",
)
def patient_age(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Nobody is that old.

    What it checks:
        On the first day of service the patient is not older than 120 years.

    Why payers deny:
        The payer finds its members by birth date. With another century it finds nobody.

    How to fix:
        Correct the birth date; a year of two digits was often taken for the wrong century.
    """
    birth, day = claim.patient.birth, case.day
    if birth is not None and day is not None and day.year - birth.year > 120:
        yield at(birth=birth.isoformat(), age=day.year - birth.year)


FAILS = (claim_with(patient__birth=date(1884, 7, 9)),)
PASSES = (claim_with(patient__birth=date(1924, 7, 9)),)
