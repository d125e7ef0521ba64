"""Encounter."""

from __future__ import annotations

from clinic.domain.code import CDT, CPT, HCPCS
from clinic.domain.words import N_
from clinic.fhir.elements import read_extension
from clinic.fhir.importer.coded import Coded, read_coded, words_of
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.plain_text import of_html
from clinic.fhir.importer.records import EncounterRecord, Kept
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

_TOOK_PLACE = frozenset({"in-progress", "onleave", "finished", "arrived", "triaged", "unknown"})
_PERFORMED = frozenset({"PPRF", "ATND", "SPRF"})
"""v3 ParticipationType: primary performer, attender, secondary performer."""


def read(resource: Node) -> EncounterRecord | Kept:
    """A visit that took place.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() not in _TOOK_PLACE:
        return Kept()
    started, ended = read_span(resource, "period")
    subject = resource.get("subject")
    patient = reference_text(subject, "Patient")
    if started is None or patient is None:
        return Kept(N_("The encounter has no full date, or no patient that can be looked up."))
    kinds = [*resource.each("type"), *([kind] if (kind := resource.get("serviceType")) else [])]
    words = words_of(kinds)
    return EncounterRecord(
        patient=patient,
        started=started,
        ended=ended,
        practitioners=_practitioners(resource),
        places=_places(resource),
        place_words=_place_words(resource),
        kinds=_kinds(resource),
        reason=words_of(list(resource.each("reasonCode"))) or words,
        dental=_dental(resource, (words or "").lower()),
        note=_narrative(resource),
    )


def _dental(resource: Node, words: str) -> bool:
    said = read_extension(resource, "department", "valueCode")
    return said.text() == "dental" if said else "dental" in words or "dentist" in words


def _practitioners(resource: Node) -> tuple[str, ...]:
    found: list[tuple[bool, str]] = []
    for participant in resource.each("participant"):
        who = participant.get("individual")
        reference = reference_text(who, "Practitioner")
        codes = {coding.text_at("code") for kind in participant.each("type") for coding in kind.each("coding")}
        if reference:
            found.append((not codes & _PERFORMED, reference))
    return tuple(reference for _, reference in sorted(found, key=lambda pair: pair[0]))


def _places(resource: Node) -> tuple[str, ...]:
    named = [reference_text(item.get("location"), "Location") for item in resource.each("location")]
    named.append(reference_text(resource.get("serviceProvider"), "Organization"))
    return tuple(reference for reference in named if reference)


def _place_words(resource: Node) -> str | None:
    named = [item.get("location") for item in resource.each("location")]
    named.append(resource.get("serviceProvider"))
    return next((words for node in named if node is not None and (words := node.text_at("display"))), None)


def _kinds(resource: Node) -> tuple[Coded, ...]:
    found = [read_coded(kind, CPT, HCPCS, CDT, "snomed") for kind in resource.each("type")]
    by_code = {(kind.system, kind.code): kind for kind in found if kind is not None and kind.code}
    return tuple(by_code.values())


def _narrative(resource: Node) -> str | None:
    """The encounter's own words. A generated narrative only repeats what the elements say."""
    text = resource.get("text")
    if text is None or text.text_at("status") != "additional":
        return None
    return of_html(text.need("div").text()) or None
