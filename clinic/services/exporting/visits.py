"""Visits, and what was found, done, measured and written at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from clinic.domain.quantity import Quantity
from clinic.fhir.elements import Json, present
from clinic.fhir.exporter import condition, document, encounter, observation, procedure
from clinic.fhir.exporter.own import Own, reference
from clinic.fhir.importer.coded import Coded
from clinic.fhir.importer.records import (
    ConditionRecord,
    DocumentRecord,
    EncounterRecord,
    ObservationRecord,
    Passage,
    ProcedureRecord,
)
from clinic.fhir.importer.timing import Moment
from clinic.models import Note, Observation, Problem, Visit, VisitAct
from clinic.services.exporting.pages import business
from clinic.services.exporting.practice import Exporting


def encounters(export: Exporting) -> Iterator[Json]:
    """Visits."""

    def write(own: Own, row: Visit) -> Json:
        record = EncounterRecord(
            patient=reference("patient", row.patient_id),
            started=export.moment(row.on, row.started_at, row.location_id),
            ended=_instant(row.ended_at),
            practitioners=(reference("provider", row.provider_id),) if row.provider_id else (),
            places=(reference("location", row.location_id),) if row.location_id else (),
            reason=row.reason,
            dental=row.department == "dental",
        )
        ours = export.practice.id if row.location_id else None
        return encounter.write(own, record, practice=ours, elsewhere=_elsewhere(row))

    wanted = select(Visit).where(Visit.practice_id == export.practice.id)
    return export.written("visit", wanted, Visit.id, lambda own, row: write(own, row[0]))


def _elsewhere(row: Visit) -> Json | None:
    """Where another system says it happened, as far as that says something outside of it."""
    if row.location_id is not None:
        return None
    named = business(row.place_key) if row.place_key else None
    identifier = {"system": named[0], "value": named[1]} if named else None
    return present(identifier=identifier, display=row.place_words) or None


def _instant(at: datetime | None) -> Moment | None:
    return Moment(at.date(), at) if at else None


def _at_visits(export: Exporting, model: Any) -> Select[Any]:
    """Rows of a table of what happened at visits, each with the patient of its visit."""
    return (
        select(model, Visit.patient_id)
        .join(Visit, (Visit.practice_id == model.practice_id) & (Visit.id == model.visit_id))
        .where(model.practice_id == export.practice.id)
    )


def _coded(row: Problem | VisitAct | Observation) -> Coded:
    return Coded(row.words, row.system, row.code)


def conditions(export: Exporting) -> Iterator[Json]:
    """Problems."""

    def write(own: Own, row: Problem) -> Json:
        record = ConditionRecord(
            patient=reference("patient", row.patient_id),
            encounter=reference("visit", row.visit_id) if row.visit_id else None,
            coded=_coded(row),
            onset=row.onset,
            status=row.status,
        )
        return condition.write(own, record)

    wanted = select(Problem).where(Problem.practice_id == export.practice.id)
    return export.written("problem", wanted, Problem.id, lambda own, row: write(own, row[0]))


def procedures(export: Exporting) -> Iterator[Json]:
    """Acts."""

    def write(own: Own, row: VisitAct, patient: int) -> Json:
        record = ProcedureRecord(
            patient=reference("patient", patient),
            encounter=reference("visit", row.visit_id),
            coded=_coded(row),
            performed=_instant(row.performed_at),
            quantity=Quantity(row.quantity, row.unit),
        )
        return procedure.write(own, record)

    return export.written(
        "visit_act", _at_visits(export, VisitAct), VisitAct.id, lambda own, row: write(own, row[0], row[1])
    )


def observations(export: Exporting) -> Iterator[Json]:
    """What was measured or found."""

    def write(own: Own, row: Observation, patient: int) -> Json:
        record = ObservationRecord(
            patient=reference("patient", patient),
            encounter=reference("visit", row.visit_id),
            coded=_coded(row),
            value=row.value,
            unit=row.unit,
            observed=_instant(row.observed_at),
        )
        return observation.write(own, record)

    wanted = _at_visits(export, Observation)
    return export.written("observation", wanted, Observation.id, lambda own, row: write(own, row[0], row[1]))


def documents(export: Exporting) -> Iterator[Json]:
    """Notes."""

    def write(own: Own, row: Note, patient: int) -> Json:
        record = DocumentRecord(
            patient=reference("patient", patient),
            encounter=reference("visit", row.visit_id),
            passages=(Passage(row.section, row.text),),
            written=_instant(row.written_at),
            author=row.author_name,
        )
        return document.write(own, record)

    return export.written("note", _at_visits(export, Note), Note.id, lambda own, row: write(own, row[0], row[1]))
