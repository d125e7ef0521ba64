"""Procedure."""

from __future__ import annotations

from clinic.domain.code import CDT, CPT, HCPCS
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_
from clinic.fhir.elements import read_extension, read_quantity
from clinic.fhir.importer.coded import read_coded
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import Kept, ProcedureRecord
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

_MOST = 10_000_000
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
    much = read_extension(resource, "quantity", "valueQuantity")
    return ProcedureRecord(
        patient=patient,
        encounter=reference_text(encounter, "Encounter"),
        coded=coded,
        performed=performed,
        quantity=_countable(read_quantity(much)) if much else None,
    )


def _countable(quantity: Quantity) -> Quantity | None:
    """A quantity that claims can count: up to seven digits before the point and three after it."""
    sound = 0 <= quantity.value < _MOST and quantity.value == round(quantity.value, 3)
    return quantity if sound else None
