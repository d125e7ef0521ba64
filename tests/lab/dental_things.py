"""Dental laboratories and cases for tests."""

from __future__ import annotations

from datetime import date

from clinic.services.find import one
from lab.domain.dental_case_events import Prescription
from lab.models import DentalCase, Laboratory
from lab.services.open_case import open_case
from tests.fixtures.people import make_patient
from tests.lab.boxes import make_laboratory

SEAT = date(2026, 5, 22)
"""The Friday two weeks after the tests' Wednesday."""


def make_dental_laboratory(practice, name="Quarry Dental Laboratory", **fields) -> Laboratory:
    """A dental laboratory that takes five working days."""
    return make_laboratory(practice, name, **{"dental": True, "result_days": 5, **fields})


def asked_of(laboratory, **fields) -> Prescription:
    """A crown on tooth 3 from an impression."""
    given = {
        "work": "crown",
        "teeth": ("3",),
        "record": "impression",
        "shade": "A2",
        "material": "zirconia",
        "seat_on": SEAT,
    }
    return Prescription(laboratory_id=laboratory.id, days=laboratory.result_days, **{**given, **fields})


def make_case(practice, laboratory=None, patient=None, **fields) -> DentalCase:
    """A case that the assistant opened."""
    who = practice.actor("assistant")
    patient = patient or make_patient(practice)
    asked = asked_of(laboratory or make_dental_laboratory(practice), **fields)
    case_id = open_case(who, patient.id, practice.location.id, asked, provider_id=practice.provider.id)
    return one(who, DentalCase, case_id)
