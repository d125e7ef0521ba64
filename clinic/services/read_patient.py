"""All that a patient's page shows, in a number of statements that does not grow with the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.models import Coverage, Fact, Location, Patient, Provider, Staff, Visit
from clinic.services.acting import Actor
from clinic.services.look_alikes import Alike, look_alikes, said_unlike, traits_of
from clinic.services.patient_facts import THING
from clinic.services.surviving import merged_into

VISITS = 50
FACTS = 40
_PATIENTS = ("other_id", "into_id", "from_id", "from_patient_id", "to_patient_id")
"""What a fact's body calls another patient by."""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One fact, with who did it."""

    fact: Fact
    who: str | None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A patient with those merged into them: rows stay with the chart they were entered for, and are read together."""

    patient: Patient
    merged: list[Patient]
    coverages: list[Coverage]
    visits: list[Visit]
    more_visits: bool
    happened: list[Happened]
    mentioned: dict[int, str]
    """Chart numbers of the other patients whom the facts speak of."""
    alikes: list[Alike]

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all charts read."""
        return (self.patient.id, *(row.id for row in self.merged))

    @property
    def charts(self) -> dict[int, str]:
        """The chart number of each."""
        return {row.id: row.chart_number for row in (self.patient, *self.merged)}


def read_chart(actor: Actor, patient: Patient) -> Chart:
    """Read the chart of a patient who stands for all that were merged into them."""
    merged = merged_into(actor, patient.id)
    ids = [patient.id, *(row.id for row in merged)]
    visits = _visits(actor, ids)
    apart = said_unlike(actor, patient.id)
    happened = _happened(actor, ids)
    return Chart(
        patient=patient,
        merged=merged,
        coverages=_coverages(actor, ids),
        visits=visits[:VISITS],
        more_visits=len(visits) > VISITS,
        happened=happened,
        mentioned=_mentioned(actor, ids, happened),
        alikes=[
            each
            for each in look_alikes(actor, traits_of(patient), tuple(ids))
            if each.patient.id not in apart and each.likeness.score >= WORTH_ASKING
        ],
    )


WORTH_ASKING = 65
"""Below this, as where a family shares its phone or policy, the page of someone who is here asks nothing."""


def _coverages(actor: Actor, ids: list[int]) -> list[Coverage]:
    return list(
        db.session.scalars(
            select(Coverage)
            .where(Coverage.practice_id == actor.practice_id, Coverage.patient_id.in_(ids))
            .options(joinedload(Coverage.payer))
            .order_by(Coverage.rank, Coverage.ends.is_not(None), Coverage.id.desc())
        )
    )


def _visits(actor: Actor, ids: list[int]) -> list[Visit]:
    return list(
        db.session.scalars(
            select(Visit)
            .where(Visit.practice_id == actor.practice_id, Visit.patient_id.in_(ids))
            .options(joinedload(Visit.provider), joinedload(Visit.location))
            .order_by(Visit.on.desc(), Visit.id.desc())
            .limit(VISITS + 1)
        )
    )


def _happened(actor: Actor, ids: list[int]) -> list[Happened]:
    rows = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id.in_(ids))
        .order_by(Fact.id.desc())
        .limit(FACTS)
    )
    told = [Happened(fact=fact, who=f"{first} {last}" if last else None) for fact, first, last in rows]
    return [each for each in told if not _told_twice(each.fact, ids)]


def _told_twice(fact: Fact, ids: list[int]) -> bool:
    """A merge is told to both charts; where both are read together, the chart that stays tells it."""
    return fact.type in {"patient.merged", "patient.unmerged"} and fact.body.get("into_id") in ids


def _mentioned(actor: Actor, ids: list[int], happened: list[Happened]) -> dict[int, str]:
    others = {
        value
        for each in happened
        for key, value in each.fact.body.items()
        if key in _PATIENTS and isinstance(value, int) and value not in ids
    }
    if not others:
        return {}
    rows = db.session.execute(
        select(Patient.id, Patient.chart_number).where(Patient.practice_id == actor.practice_id, Patient.id.in_(others))
    )
    return {row.id: row.chart_number for row in rows}


def choices(actor: Actor) -> tuple[list[Location], list[Provider]]:
    """Where and by whom a visit may be."""
    places = db.session.scalars(
        select(Location).where(Location.practice_id == actor.practice_id, Location.active).order_by(Location.name)
    )
    providers = db.session.scalars(
        select(Provider)
        .where(Provider.practice_id == actor.practice_id, Provider.active, ~Provider.outside)
        .order_by(Provider.last, Provider.first)
    )
    return list(places), list(providers)


def current(rows: list[Coverage], on: date) -> list[Coverage]:
    """The policies in force on a day."""
    return [row for row in rows if (row.starts is None or row.starts <= on) and (row.ends is None or row.ends >= on)]
