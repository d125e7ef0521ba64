"""Patient."""

from __future__ import annotations

from clinic.domain.code import Identifier
from clinic.fhir.elements import Json, present, write_person_name, write_sex
from clinic.fhir.exporter.own import Own, refer, start
from clinic.fhir.exporter.parts import listed, write_phone, write_place
from clinic.fhir.importer.records import PatientRecord

CHART = "chart-number:"
"""The system of chart numbers: each practice has its own."""


def write(own: Own, record: PatientRecord, *, chart_number: str, merged_into: int | None = None) -> Json:
    """A patient; one that was merged is not active and names who stands for both."""
    place = write_place(record.place)
    return present(
        **start(own, Identifier(CHART + own.practice, chart_number)),
        active=merged_into is None,
        name=[write_person_name(record.name)],
        telecom=write_phone(record.phone),
        gender=write_sex(record.sex),
        birthDate=record.birth.isoformat() if record.birth else None,
        address=listed({"use": "home", **place} if place else None),
        link=listed(None if merged_into is None else {"other": refer("patient", merged_into), "type": "replaced-by"}),
    )
