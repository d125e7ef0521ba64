"""Coverage."""

from __future__ import annotations

from typing import Any

from clinic.fhir.elements import Json, present, write_concept, write_extension, write_person_name, write_sex
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.exporter.parts import listed, write_place
from clinic.fhir.importer.records import CoverageRecord, PatientRecord
from clinic.fhir.systems import CODE_PREFIX

_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"
_ORDERS = {"P": 1, "S": 2, "T": 3}


def write(own: Own, record: CoverageRecord, *, subscriber: PatientRecord | None = None) -> Json:
    """A policy; a subscriber who is not the patient is contained."""
    classes = [
        {"type": write_concept(_CLASS, kind), "value": value}
        for kind, value in (("group", record.group_number), ("plan", record.plan_name))
        if value
    ]
    said = (
        ("assigns-benefits", record.assigns_benefits),
        ("release", record.release),
        ("insurance-type", record.insurance_type),
    )
    of_classes: dict[str, Any] = {"class": classes}
    patient = {"reference": record.patient}
    period = present(
        start=record.starts.isoformat() if record.starts else None,
        end=record.ends.isoformat() if record.ends else None,
    )
    return present(
        **start(own),
        contained=[_person(subscriber, record.patient)] if subscriber else [],
        extension=[write_extension(name, "valueCode", code) for name, code in said if code],
        status="active",
        type=write_concept(CODE_PREFIX + "claim-filing", record.filing) if record.filing else None,
        subscriber={"reference": "#subscriber"} if subscriber else patient if record.relation == "18" else None,
        subscriberId=record.member_id,
        beneficiary=patient,
        relationship=write_concept(CODE_PREFIX + "relationship", record.relation),
        period=period,
        payor=[{"reference": record.payer}],
        order=_ORDERS.get(record.rank or ""),
        **of_classes,
    )


def _person(subscriber: PatientRecord, patient: str) -> Json:
    return present(
        resourceType="RelatedPerson",
        id="subscriber",
        patient={"reference": patient},
        name=[write_person_name(subscriber.name)],
        gender=write_sex(subscriber.sex),
        birthDate=subscriber.birth.isoformat() if subscriber.birth else None,
        address=listed(write_place(subscriber.place)),
    )
