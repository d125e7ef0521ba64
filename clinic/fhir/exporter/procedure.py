"""Procedure."""

from __future__ import annotations

from clinic.fhir.elements import Json, present, write_extension, write_quantity
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.exporter.parts import write_coded, write_moment
from clinic.fhir.importer.records import ProcedureRecord


def write(own: Own, record: ProcedureRecord) -> Json:
    """Something done. How much of it is an extension: R4 has no element for it."""
    much = record.quantity
    return present(
        **start(own),
        extension=[write_extension("quantity", "valueQuantity", write_quantity(much))] if much else [],
        status="completed",
        code=write_coded(record.coded),
        subject={"reference": record.patient},
        encounter={"reference": record.encounter} if record.encounter else None,
        performedDateTime=write_moment(record.performed),
    )
