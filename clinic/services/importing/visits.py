"""Visits, and what was found, done, measured and written at them."""

from __future__ import annotations

from sqlalchemy import exists, select

from clinic.domain.words import N_
from clinic.fhir.importer.columns import coded_columns, columns, local_day
from clinic.fhir.importer.records import (
    ConditionRecord,
    DocumentRecord,
    EncounterRecord,
    ObservationRecord,
    Passage,
    ProcedureRecord,
)
from clinic.fhir.importer.timing import Moment
from clinic.models import ForeignResource, Note, Observation, Problem, Visit, VisitAct
from clinic.services.importing.desk import NOT_HERE, Desk, Placed
from clinic.services.importing.people import location_of, provider_of
from clinic.services.importing.places import place_columns


def place_encounter(desk: Desk, record: EncounterRecord) -> Placed:
    """A visit. Its day is the local day of its place (law 16)."""
    patient = desk.known.patient(desk.work, record.patient)
    if patient is None:
        return Placed(None, NOT_HERE)
    provider, place = provider_of(desk, record.practitioners), location_of(desk, record.places)
    dental = record.dental or (provider is not None and provider.profession == "dentist")
    row = Visit(
        practice_id=desk.practice_id,
        patient_id=patient,
        location_id=place.id if place else None,
        provider_id=provider.id if provider else None,
        on=local_day(record.started, place.time_zone if place else None),
        department="dental" if dental else "medical",
        created_at=desk.work.at,
        **columns(record),
        **({} if place else place_columns(desk, record)),
    )
    desk.session.add(row)
    if record.note or record.kinds:
        desk.session.flush()
    for kind in record.kinds:
        act = VisitAct(practice_id=desk.practice_id, visit_id=row.id, **coded_columns(kind))
        desk.session.add(act)
    if record.note:
        write_note(desk, row.id, Passage("document", record.note), record.started, None)
    lacking = N_("The practitioner it names is not here; the visit has none.")
    return Placed(row, "", lacking if record.practitioners and provider is None else "")


def place_condition(desk: Desk, record: ConditionRecord) -> Placed:
    """A problem of a patient, at a visit where one is named and here."""
    patient = desk.known.patient(desk.work, record.patient)
    if patient is None:
        return Placed(None, NOT_HERE)
    visit, _ = desk.visit(record.patient, record.encounter, None)
    return desk.added(Problem(practice_id=desk.practice_id, patient_id=patient, visit_id=visit, **columns(record)))


def place_procedure(desk: Desk, record: ProcedureRecord) -> Placed:
    """An act of a visit."""
    visit, why = desk.visit(record.patient, record.encounter, record.performed)
    if visit is None:
        return Placed(None, why)
    came = _came_with_visit(desk, visit, record)
    if came is not None:
        came.performed_at = record.performed.at if record.performed else None
        return Placed(came)
    return desk.added(VisitAct(practice_id=desk.practice_id, visit_id=visit, **columns(record)))


def _came_with_visit(desk: Desk, visit: int, record: ProcedureRecord) -> VisitAct | None:
    """The act that the encounter's type has made already, where the procedure is that one: it is one act, not two."""
    if not record.coded.code:
        return None
    linked = exists().where(
        ForeignResource.practice_id == VisitAct.practice_id,
        ForeignResource.thing == VisitAct.__tablename__,
        ForeignResource.thing_id == VisitAct.id,
    )
    wanted = select(VisitAct).where(
        VisitAct.practice_id == desk.practice_id,
        VisitAct.visit_id == visit,
        VisitAct.system == record.coded.system,
        VisitAct.code == record.coded.code,
        VisitAct.performed_at.is_(None),
        ~linked,
    )
    return desk.session.scalars(wanted.limit(1)).first()


def place_observation(desk: Desk, record: ObservationRecord) -> Placed:
    """Something measured or found at a visit."""
    visit, why = desk.visit(record.patient, record.encounter, record.observed)
    if visit is None:
        return Placed(None, why)
    return desk.added(Observation(practice_id=desk.practice_id, visit_id=visit, **columns(record)))


def place_document(desk: Desk, record: DocumentRecord) -> Placed:
    """The notes of a visit that a document's words become."""
    visit, why = desk.visit(record.patient, record.encounter, record.written)
    if visit is None:
        return Placed(None, why)
    notes = [write_note(desk, visit, passage, record.written, record.author) for passage in record.passages]
    return Placed(notes[0])


def write_note(desk: Desk, visit: int, passage: Passage, written: Moment | None, author: str | None) -> Note:
    """A note of the visit; the one that already says the same, where a report and its document both came."""
    row = desk.session.scalars(
        select(Note).where(Note.practice_id == desk.practice_id, Note.visit_id == visit, Note.text == passage.text)
    ).first()
    if row is None:
        row = Note(
            practice_id=desk.practice_id,
            visit_id=visit,
            section=passage.section,
            text=passage.text,
            author_name=author,
            written_at=written.at if written and written.at else desk.work.at,
        )
        desk.session.add(row)
    return row
