"""What a source has changed since it last sent a resource, and nothing else: our own corrections stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from clinic.base import Base
from clinic.domain.patient_story import CoverageChanged
from clinic.domain.value import as_json
from clinic.fhir.importer.columns import columns
from clinic.fhir.importer.records import DocumentRecord, EncounterRecord, Record
from clinic.models import Coverage, Note, Observation, Patient, Problem, Provider, Visit, VisitAct
from clinic.services.importing.desk import Desk
from clinic.services.importing.places import place_columns
from clinic.services.importing.references import Thing
from clinic.services.importing.visits import write_note
from clinic.services.patient_facts import policy_of

TABLES: Final[dict[str, type[Base]]] = {
    model.__tablename__: model for model in (Patient, Coverage, Visit, Problem, VisitAct, Observation, Note, Provider)
}
"""The rows an import may change. Payers and places are the practice's own and only linked to."""

_FACTS: Final = {"provider": "provider.changed"}
"""Told like a change made by hand; the others as ``changed_by_import``."""


def change_row(desk: Desk, thing: Thing, old: Record | None, new: Record) -> None:
    """Bring a row up to what its source says now; one fact says what stood there before."""
    model = TABLES.get(thing.name)
    row: Any = desk.session.get(model, thing.id) if model else None
    if row is None or (isinstance(row, Provider) and not row.outside):
        return
    if isinstance(new, DocumentRecord):
        _add_passages(desk, row, old, new)
        return
    before, after = columns(old) if old else {}, columns(new)
    if isinstance(row, Visit) and row.location_id is None and isinstance(new, EncounterRecord):
        after |= place_columns(desk, new)
    changed = {
        name: value
        for name, value in after.items()
        if (name not in before or before[name] != value) and getattr(row, name) != value
    }
    if isinstance(row, Coverage):
        _change_policy(desk, row, changed)
    elif changed:
        body = {
            "before": {name: _plain(getattr(row, name)) for name in changed},
            "after": {name: _plain(value) for name, value in changed.items()},
        }
        _set(row, changed)
        desk.work.fact(thing.name, thing.id, _FACTS.get(thing.name, f"{thing.name}.changed_by_import"), body)


def _change_policy(desk: Desk, row: Coverage, changed: dict[str, Any]) -> None:
    """A policy's change is told to its patient, whole, as one made by hand is."""
    before = policy_of(row)
    _set(row, changed)
    if policy_of(row) != before:
        body = CoverageChanged(coverage_id=row.id, before=before, after=policy_of(row))
        desk.work.fact("patient", row.patient_id, "coverage.changed", as_json(body))


def _set(row: Any, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(row, name, value)


def _add_passages(desk: Desk, row: Note, old: Record | None, new: DocumentRecord) -> None:
    """A note is never changed: what a document says anew is a further note of the same visit."""
    known = old.passages if isinstance(old, DocumentRecord) else ()
    for passage in new.passages:
        if passage not in known:
            write_note(desk, row.visit_id, passage, new.written, new.author)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
