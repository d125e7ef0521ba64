"""Nobody is treated before birth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import DAY, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "DAT-03",
    title=N_("Service before the patient was born"),
    message=N_("The patient was born on %(birth)s, after the first service on %(date)s."),
    severity="block",
    scope="claim",
    fields=("patient.birth",),
    when="claim.patient.birth is not None and case.day is not None and claim.patient.birth > case.day",
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA and 2010CA DMG02; CMS-1500 box 3",
    since="2026-11-24",
)
def date_birth(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A patient is born before the visit.

    What it checks:
        The patient's birth date is not after the first day of service.

    Why payers deny:
        The claim states what cannot be, and the payer's file has another birth date.

    How to fix:
        Correct the birth date, often the century or the year. A child billed under its mother's name gets its own
        record.
    """
    birth = claim.patient.birth
    day = case.day
    if birth is not None and day is not None and birth > day:
        yield at(birth=birth.isoformat(), date=day.isoformat())


FAILS = (claim_with(patient__birth=date(2026, 7, 9)),)
PASSES = (claim_with(patient__birth=DAY),)
