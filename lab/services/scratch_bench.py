"""Where a replay plays: a bench of its own in a database that is gone afterwards, or the practice's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import event, select

from clinic import database
from clinic.base import db
from clinic.domain.likeness import name_key
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location, Patient, Practice
from clinic.policy import RoleName
from clinic.services.acting import Actor
from lab.models import Laboratory

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


class Bench(NamedTuple):
    """Who acts, where, and to which laboratory packages go."""

    actor: Actor
    location_id: int
    laboratory_id: int | None
    scratch: bool


@contextmanager
def scratch_database() -> Iterator[Flask]:
    """An empty database of its own with all tables, as the database of an application without screens."""
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        app = Flask("replay")
        app.config.update(
            CABINET_INSTANCE=folder,
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{Path(folder) / 'scratch.db'}",
        )
        database.set_up(app)
        with app.app_context():
            event.listen(db.engine, "connect", _in_haste)
            db.create_all()
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def _in_haste(connection: object, _record: object) -> None:
    """What is thrown away need not outlive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]  # the driver's own connection


def scratch_bench(zone: str) -> Bench:
    """A new practice with one place, one laboratory and nobody in it."""
    practice = Practice(name="Replay", demo=True, created_at=_BEGAN)
    db.session.add(practice)
    db.session.flush()
    location = Location(
        practice_id=practice.id, name="Bench", street="", city="", place_of_service="11", time_zone=zone
    )
    laboratory = Laboratory(practice_id=practice.id, name="Laboratory")
    db.session.add_all((location, laboratory))
    db.session.commit()
    roles = (RoleName.ASSISTANT.value, RoleName.MANAGER.value)
    return Bench(Actor(practice.id, None, roles, "replay"), location.id, laboratory.id, scratch=True)


def own_bench(actor: Actor) -> Bench:
    """The practice's own first place in use, and its first laboratory for specimens.

    Raises:
        Refused: there is no place yet.
    """
    place = select(Location.id).where(Location.practice_id == actor.practice_id, Location.active).order_by(Location.id)
    lab = select(Laboratory.id).where(
        Laboratory.practice_id == actor.practice_id, Laboratory.active, ~Laboratory.dental
    )
    location_id = db.session.scalar(place.limit(1))
    if location_id is None:
        raise Refused(N_("The practice has no place of care yet."), remedy=N_("Enter one under House."))
    return Bench(actor, location_id, db.session.scalar(lab.order_by(Laboratory.id).limit(1)), scratch=False)


def patient_for(bench: Bench, name: str) -> int:
    """The patient a file means: in a scratch bench someone new, in the practice the one of that chart number.

    Raises:
        Refused: nobody in the practice has that chart number.
    """
    if bench.scratch:
        row = Patient(
            practice_id=bench.actor.practice_id,
            chart_number=name or "-",
            last=name or "-",
            name_key=name_key(name or "-", ""),
            created_at=_BEGAN,
        )
        db.session.add(row)
        db.session.commit()
        return row.id
    wanted = select(Patient.id).where(
        Patient.practice_id == bench.actor.practice_id,
        Patient.chart_number == name,
        Patient.merged_into_id.is_(None),
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise Refused(
            N_("Nobody here has the chart number %(number)s."),
            where="patients",
            remedy=N_("Say under patients whose each container is."),
            number=name or "-",
        )
    return found
