"""Entering a visit by hand. Its day is the local day of its place: the date of service (law 16)."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.visit_story import VisitEntered
from clinic.domain.words import N_
from clinic.models import Location, Provider, Visit
from clinic.services.acting import Actor, Work, acting
from clinic.services.surviving import survivor_of
from clinic.services.visit_facts import tell

DEPARTMENTS = ("medical", "dental")
_REASON = 200


def enter_visit(
    actor: Actor,
    patient_id: int,
    *,
    on: date,
    location_id: int,
    provider_id: int | None = None,
    reason: str | None = None,
    department: str = "medical",
) -> int:
    """Enter a visit; of a merged patient, for whom they were merged into. Gives its id.

    Raises:
        Refused: the day is to come at that place or before the patient was born, or a choice is not there.
    """
    with acting(actor, "visit.write") as work:
        patient = survivor_of(actor, patient_id)
        place = _chosen(work, Location, location_id, "location_id")
        if provider_id is not None:
            _chosen(work, Provider, provider_id, "provider_id")
        if department not in DEPARTMENTS:
            raise Refused(N_("A visit is medical or dental."), where="department")
        if on > work.at.astimezone(ZoneInfo(place.time_zone)).date():
            raise Refused(
                N_("That day is still to come at this place."),
                where="on",
                remedy=N_("Enter the visit when it has taken place."),
            )
        if patient.birth and on < patient.birth:
            raise Refused(N_("The patient was not born yet on that day."), where="on", remedy=N_("Look at both days."))
        why = " ".join((reason or "").split()) or None
        if why and len(why) > _REASON:
            raise Refused(N_("The reason is longer than a line."), where="reason", remedy=N_("Write it as a note."))
        body = VisitEntered(
            patient_id=patient.id,
            location_id=place.id,
            provider_id=provider_id,
            on=on,
            reason=why,
            department=department,
        )
        row = Visit(
            practice_id=actor.practice_id,
            created_at=work.at,
            **{name: getattr(body, name) for name in VisitEntered.__struct_fields__},
        )
        work.session.add(row)
        work.session.flush()
        tell(work, row.id, "visit.entered", body)
        return row.id


def _chosen(work: Work, model: Any, row_id: int, field: str) -> Any:
    row = work.session.scalar(
        select(model).where(model.practice_id == work.actor.practice_id, model.id == row_id, model.active)
    )
    if row is None or getattr(row, "outside", False):
        raise Refused(N_("This is not one of the choices."), where=field, remedy=N_("Choose one of the list."))
    return row
