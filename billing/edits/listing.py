"""Diagnoses beside the age and sex of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at
from billing.edits.facts import AnyClaim

NO_SEX_FROM = date(2024, 10, 1)
"""From this day of service Medicare no longer compares a diagnosis with the sex (Medicare Code Editor, version 42)."""


def years(birth: date, on: date) -> int:
    """Full years of age on a day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def outside(claim: AnyClaim, case: Case, name: str) -> Iterator[Fault]:
    """The diagnoses of a list of ages for whose years the patient is too young or too old."""
    birth, day = claim.patient.birth, case.day
    if birth is None or day is None or birth > day:
        return
    age = years(birth, day)
    for index, rule in case.listed:
        for listed, first, last in rule.ages:
            if listed == name and not first <= age <= last:
                code = claim.part.diagnoses[index].value
                where = f"part.diagnoses[{index}]"
                yield at(where, code=code, first=first, last=last, age=age, date=day.isoformat())


def sex_is_compared(case: Case) -> bool:
    """Whether the payer may still compare a diagnosis with the sex on the claim."""
    return case.profile.key != "medicare_b" or (case.day is not None and case.day < NO_SEX_FROM)
