"""DocumentReference: a note, its words inside it."""

from __future__ import annotations

from base64 import b64encode

from clinic.fhir.elements import Json, present, write_extension
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.exporter.parts import write_moment
from clinic.fhir.importer.records import DocumentRecord


def write(own: Own, record: DocumentRecord) -> Json:
    """A note of a visit: its one passage."""
    (passage,) = record.passages
    text = b64encode(passage.text.encode()).decode()
    return present(
        **start(own),
        extension=[write_extension("section", "valueCode", passage.section)],
        status="current",
        subject={"reference": record.patient},
        date=write_moment(record.written),
        author=[{"display": record.author}] if record.author else [],
        content=[{"attachment": {"contentType": "text/plain; charset=utf-8", "data": text}}],
        context={"encounter": [{"reference": record.encounter}]} if record.encounter else None,
    )
