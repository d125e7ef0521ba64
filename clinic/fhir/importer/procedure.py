"""Procedure."""

from __future__ import annotations

from clinic.domain.code import CDT, CPT, HCPCS
from clinic.domain.words import N_
from clinic.fhir.importer.coded import read_coded
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import Kept, ProcedureRecord
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

_DONE = frozenset({"in-progress", "completed", "stopped", "on-hold", "unknown"})


def read(resource: Node) -> ProcedureRecord | Kept:
    """Something done.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() not in _DONE:
        return Kept()
    coded = read_coded(resource.get("code"), CPT, HCPCS, CDT, "snomed")
    patient = reference_text(resource.need("subject"), "Patient")
    if coded is None or patient is None:
        return Kept(N_("The procedure says nothing, or names no patient that can be looked up."))
    performed, _ = read_span(resource, "performedDateTime", "performedPeriod")
    encounter = resource.get("encounter")
    return ProcedureRecord(
        patient=patient,
        encounter=reference_text(encounter, "Encounter"),
        coded=coded,
        performed=performed,
    )
