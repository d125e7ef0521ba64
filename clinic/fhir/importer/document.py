"""The words of a record: DocumentReference, DiagnosticReport and Composition."""

from __future__ import annotations

from collections.abc import Iterator

from clinic.domain.words import N_
from clinic.fhir.elements import read_extension
from clinic.fhir.importer.coded import read_coded
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.plain_text import of_attachment, of_html
from clinic.fhir.importer.records import DocumentRecord, Kept, Passage
from clinic.fhir.importer.timing import read_moment, read_span
from clinic.fhir.node import Node

_SECTIONS = {
    "10154-3": "subjective",
    "10164-2": "subjective",
    "61150-9": "subjective",
    "29299-5": "subjective",
    "29545-1": "objective",
    "61149-1": "objective",
    "8716-3": "objective",
    "51848-0": "assessment",
    "51847-2": "assessment",
    "18776-5": "plan",
    "61146-7": "plan",
}
"""LOINC section codes (C-CDA, SOAP notes) to the sections of a note."""

SECTIONS = frozenset({*_SECTIONS.values(), "document"})
"""The sections of a note."""

_NO_WORDS = N_("The document carries no text of its own.")


def read_reference(resource: Node) -> DocumentRecord | Kept:
    """A DocumentReference that is current and carries its text.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() != "current":
        return Kept()
    context = resource.get("context")
    encounter = context.first("encounter") if context else None
    texts = [of_attachment(content.need("attachment")) for content in resource.each("content")]
    said = read_extension(resource, "section", "valueCode")
    section = said.text() if said and said.text() in SECTIONS else "document"
    passages = tuple(Passage(section, text) for text in texts if text)
    return _record(resource, passages, "date", encounter=encounter, author=resource.first("author"))


def read_report(resource: Node) -> DocumentRecord | Kept:
    """The text that a DiagnosticReport presents, and its conclusion. One that has neither is only its results.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() in ("entered-in-error", "cancelled"):
        return Kept()
    texts = [of_attachment(form) for form in resource.each("presentedForm")]
    passages = [Passage("document", text) for text in texts if text]
    conclusion = resource.text_at("conclusion")
    if conclusion:
        passages.append(Passage("assessment", conclusion))
    if not passages:
        return Kept()
    author = resource.first("resultsInterpreter") or resource.first("performer")
    return _record(resource, tuple(passages), "effectiveDateTime", encounter=resource.get("encounter"), author=author)


def read_composition(resource: Node) -> DocumentRecord | Kept:
    """The sections of a Composition, each under its own heading of the note.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() == "entered-in-error":
        return Kept()
    passages = tuple(_sections(resource, 0))
    return _record(resource, passages, "date", encounter=resource.get("encounter"), author=resource.first("author"))


def _sections(holder: Node, depth: int) -> Iterator[Passage]:
    for section in holder.each("section") if depth < 8 else ():
        coded = read_coded(section.get("code"), "loinc")
        narrative = section.get("text")
        words = of_html(narrative.need("div").text()) if narrative else ""
        title = section.text_at("title")
        if words:
            kind = _SECTIONS.get((coded.code if coded else None) or "", "document")
            yield Passage(kind, f"{title}\n{words}" if title and kind == "document" else words)
        yield from _sections(section, depth + 1)


def _record(
    resource: Node, passages: tuple[Passage, ...], dated: str, *, encounter: Node | None, author: Node | None
) -> DocumentRecord | Kept:
    subject = resource.get("subject")
    patient = reference_text(subject, "Patient")
    if not passages:
        return Kept(_NO_WORDS)
    if patient is None:
        return Kept(N_("The document names no patient that can be looked up."))
    written, _ = read_span(resource, dated)
    return DocumentRecord(
        patient=patient,
        encounter=reference_text(encounter, "Encounter"),
        passages=passages,
        written=written or read_moment(resource.get("issued")),
        author=author.text_at("display") if author else None,
    )
