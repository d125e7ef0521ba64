"""One table: which record becomes which row."""

from __future__ import annotations

from typing import Any, assert_never

from clinic.fhir.importer.records import (
    ConditionRecord,
    CoverageRecord,
    DocumentRecord,
    EncounterRecord,
    ObservationRecord,
    OrganizationRecord,
    OtherRecord,
    PatientRecord,
    PractitionerRecord,
    ProcedureRecord,
    Record,
)
from clinic.services.importing import others, people, policies, visits
from clinic.services.importing.desk import Desk, Placed


def place(desk: Desk, record: Record, resource: dict[str, Any], addresses: list[str]) -> Placed:  # noqa: C901, PLR0911  a table
    """A row for a record, in the session and not yet flushed, or the row that already is the same thing.

    Raises:
        Refused: the record contradicts what is here: its visit is another patient's.
    """
    match record:
        case PatientRecord():
            return people.place_patient(desk, record)
        case OrganizationRecord():
            return people.place_organization(desk, record, addresses)
        case PractitionerRecord():
            return people.place_practitioner(desk, record)
        case CoverageRecord():
            return policies.place_coverage(desk, record, resource)
        case EncounterRecord():
            return visits.place_encounter(desk, record)
        case ConditionRecord():
            return visits.place_condition(desk, record)
        case ProcedureRecord():
            return visits.place_procedure(desk, record)
        case ObservationRecord():
            return visits.place_observation(desk, record)
        case DocumentRecord():
            return visits.place_document(desk, record)
        case OtherRecord():
            return others.place(desk, record, resource)
        case _:
            assert_never(record)
