"""Practitioner."""

from __future__ import annotations

from clinic.domain.code import NPI, TAXONOMY, Code, Identifier
from clinic.fhir.elements import Json, present, write_code, write_concept, write_person_name
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.importer.records import PractitionerRecord

_DEGREE = "http://terminology.hl7.org/CodeSystem/v2-0360"
_DEGREES = {"physician": "MD", "dentist": "DDS"}


def write(own: Own, record: PractitionerRecord, *, active: bool = True) -> Json:
    """Someone who treats. The profession is written as the degree that goes with it."""
    codes = [write_code(Code(TAXONOMY, record.taxonomy))] if record.taxonomy else []
    if record.profession in _DEGREES:
        codes.append(write_concept(_DEGREE, _DEGREES[record.profession]))
    return present(
        **start(own, Identifier(NPI, record.npi) if record.npi else None),
        active=active,
        name=[write_person_name(record.name)],
        qualification=[{"code": code} for code in codes],
    )
