"""Observation."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.fhir.importer.coded import read_coded
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import Kept, ObservationRecord
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

_SAID = frozenset({"registered", "preliminary", "final", "amended", "corrected", "unknown"})
_PLAIN = ("valueString", "valueInteger", "valueTime", "valueDateTime")


def read(resource: Node) -> ObservationRecord | Kept:
    """Something measured or found, its value as text; parts of a panel are joined.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() not in _SAID:
        return Kept()
    coded = read_coded(resource.get("code"), "loinc", "snomed")
    subject = resource.get("subject")
    patient = reference_text(subject, "Patient")
    if coded is None or patient is None:
        return Kept(N_("The observation says nothing, or names no patient that can be looked up."))
    value, unit = read_value(resource)
    parts = [_part(component) for component in resource.each("component")]
    if parts:
        whole = f"{value} {unit}" if value and unit else value
        value, unit = "; ".join(part for part in (whole, *parts) if part), None
    if not value:
        return Kept()
    observed, _ = read_span(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
    encounter = resource.get("encounter")
    return ObservationRecord(
        patient=patient,
        encounter=reference_text(encounter, "Encounter"),
        coded=coded,
        value=value,
        unit=unit,
        observed=observed,
    )


def _part(component: Node) -> str | None:
    coded, (value, unit) = read_coded(component.get("code")), read_value(component)
    if coded is None or not value:
        return None
    return f"{coded.words} {value} {unit}" if unit else f"{coded.words} {value}"


def read_value(holder: Node) -> tuple[str | None, str | None]:
    """Value and unit of a ``value[x]``; the words for its absence where it says why; None where it says nothing."""
    quantity = holder.get("valueQuantity")
    if quantity is not None:
        return _quantity(quantity)
    concept = read_coded(holder.get("valueCodeableConcept"))
    if concept is not None:
        return concept.words, None
    for name in _PLAIN:
        node = holder.get(name)
        if node is not None:
            return str(node.value), None
    truth = holder.get("valueBoolean")
    if truth is not None:
        return ("yes" if truth.flag() else "no"), None
    return _compound(holder)


def _quantity(quantity: Node) -> tuple[str | None, str | None]:
    value = quantity.get("value")
    if value is None:
        return None, None
    number = format(value.decimal(), "f")
    return (quantity.text_at("comparator") or "") + number, quantity.text_at("unit") or quantity.text_at("code")


def _compound(holder: Node) -> tuple[str | None, str | None]:
    """Ranges, ratios and periods as their two ends; sampled data has no words."""
    for name, ends, between in (
        ("valueRange", ("low", "high"), " - "),
        ("valueRatio", ("numerator", "denominator"), " : "),
        ("valuePeriod", ("start", "end"), " - "),
    ):
        node = holder.get(name)
        if node is None:
            continue
        found = [end for part in ends if (end := node.get(part))]
        texts = [_end(end) for end in found]
        return between.join(text for text in texts if text) or None, None
    absent = read_coded(holder.get("dataAbsentReason"))
    return (absent.words if absent else None), None


def _end(node: Node) -> str | None:
    if isinstance(node.value, str):
        return node.value
    value, unit = _quantity(node)
    return f"{value} {unit}" if value and unit else value
