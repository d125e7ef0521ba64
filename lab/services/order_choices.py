"""What an order may name: a place, a visit, a provider, a laboratory, a test as that laboratory has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location, Provider, Visit
from clinic.services.acting import Actor
from clinic.services.clock import today
from lab.domain.catalogue import TestFacts
from lab.models import Laboratory
from lab.services.catalogue import catalogue_on


def place(actor: Actor, location_id: int | None) -> Location:
    """A place of care in use.

    Raises:
        Refused: it is none of the list.
    """
    found: Location = _chosen(actor, Location, location_id, "location_id")
    return found


def orderer(actor: Actor, provider_id: int) -> Provider:
    """A provider in whose name is ordered.

    Raises:
        Refused: it is none of the list.
    """
    found: Provider = _chosen(actor, Provider, provider_id, "provider_id")
    return found


def providers(actor: Actor) -> list[Provider]:
    """The practice's own providers in use, by name."""
    return list(
        db.session.scalars(
            select(Provider)
            .where(Provider.practice_id == actor.practice_id, Provider.active, ~Provider.outside)
            .order_by(Provider.last, Provider.first, Provider.id)
        )
    )


def own_provider(actor: Actor) -> Provider | None:
    """The provider the actor is, where the actor is one."""
    if actor.staff_id is None:
        return None
    wanted = select(Provider).where(
        Provider.practice_id == actor.practice_id, Provider.staff_id == actor.staff_id, Provider.active
    )
    return db.session.scalars(wanted).first()


def visit_of(actor: Actor, visit_id: int, patients: tuple[int, ...]) -> Visit:
    """A visit of the patient.

    Raises:
        Refused: it is none.
    """
    wanted = select(Visit).where(Visit.practice_id == actor.practice_id, Visit.id == visit_id)
    found = db.session.scalar(wanted)
    if found is None or found.patient_id not in patients:
        raise Refused(N_("This visit is not one of the patient's."), where="visit_id")
    return found


def laboratories(actor: Actor) -> list[Laboratory]:
    """The laboratories specimens are sent to, in use, by name."""
    return list(
        db.session.scalars(
            select(Laboratory)
            .where(Laboratory.practice_id == actor.practice_id, Laboratory.active, ~Laboratory.dental)
            .order_by(Laboratory.name, Laboratory.id)
        )
    )


def laboratory(actor: Actor, laboratory_id: int) -> Laboratory:
    """A laboratory in use.

    Raises:
        Refused: it is none of the list.
    """
    for row in laboratories(actor):
        if row.id == laboratory_id:
            return row
    raise Refused(N_("This is not one of the choices."), where="place", remedy=N_("Choose one of the list."))


def test_at(actor: Actor, key: str, location: Location, laboratory_id: int | None) -> TestFacts:
    """A test as it is run in house, or as one laboratory has it, today.

    Raises:
        Refused: the catalogue has no such test.
    """
    on = today(location.time_zone)
    return catalogue_on(actor.practice_id, on, laboratory_id).test(key, "test")


def still_to_come(planned_on: date | None, location: Location) -> date | None:
    """The day it is to be collected; None where that is today.

    Raises:
        Refused: it is past.
    """
    on = today(location.time_zone)
    if planned_on is not None and planned_on < on:
        raise Refused(N_("That day is past."), where="planned_on", remedy=N_("Plan today or a later day."))
    return planned_on if planned_on != on else None


def _chosen(actor: Actor, model: Any, row_id: int | None, field: str) -> Any:
    row = db.session.scalar(
        select(model).where(model.practice_id == actor.practice_id, model.id == row_id, model.active)
    )
    if row is None or getattr(row, "outside", False):
        raise Refused(N_("This is not one of the choices."), where=field, remedy=N_("Choose one of the list."))
    return row
