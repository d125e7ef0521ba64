"""Condition."""

from __future__ import annotations

from clinic.fhir.elements import Json, present, write_concept
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.exporter.parts import write_coded
from clinic.fhir.importer.records import ConditionRecord

_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def write(own: Own, record: ConditionRecord) -> Json:
    """A problem. One entered in error has no clinical status (FHIR R4, con-5)."""
    wrong = record.status == "entered-in-error"
    return present(
        **start(own),
        clinicalStatus=None if wrong else write_concept(_CLINICAL, record.status),
        verificationStatus=write_concept(_VERIFIED, record.status) if wrong else None,
        code=write_coded(record.coded),
        subject={"reference": record.patient},
        encounter={"reference": record.encounter} if record.encounter else None,
        onsetDateTime=record.onset.isoformat() if record.onset else None,
    )
