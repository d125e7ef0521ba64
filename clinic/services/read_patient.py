"""All that a patient's page shows, in a number of statements that does not grow with the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.models import Coverage, Fact, Location, Patient, Provider, Staff, Visit
from clinic.services.acting import Actor
from clinic.services.look_alikes import UNLIKE_FACTS, Alike, look_alikes, others_in, traits_of
from clinic.services.patient_facts import THING
from clinic.services.surviving import family_of

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


def read_chart(actor: Actor, patient_id: int) -> Chart:
    """Read the chart of a patient; of a merged one, of whom they were merged into.

    Raises:
        clinic.services.find.Unknown: no such patient in the actor's practice.
    """
    patient, merged = family_of(actor, patient_id)
    ids = [patient.id, *(row.id for row in merged)]
    visits = _visits(actor, ids)
    coverages = _coverages(actor, ids)
    happened, apart = _happened(actor, ids)
    traits = traits_of(patient, [row for row in coverages if row.patient_id == patient.id])
    return Chart(
        patient=patient,
        merged=merged,
        coverages=coverages,
        visits=visits[:VISITS],
        more_visits=len(visits) > VISITS,
        happened=happened,
        mentioned=_mentioned(actor, ids, happened),
        alikes=[
            each
            for each in look_alikes(actor, traits, tuple(ids))
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


def _happened(actor: Actor, ids: list[int]) -> tuple[list[Happened], set[int]]:
    """The last facts, and the patients of whom any fact says that they are others."""
    mine = (Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id.in_(ids))
    last = select(Fact.id).where(*mine).order_by(Fact.id.desc()).limit(FACTS).subquery()
    rows = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(*mine, or_(Fact.id.in_(select(last.c.id)), Fact.type.in_(UNLIKE_FACTS)))
        .order_by(Fact.id.desc())
    ).all()
    told = [Happened(fact=fact, who=f"{first} {last}" if last else None) for fact, first, last in rows]
    apart = others_in((each.fact.type, each.fact.body) for each in told)
    return [each for each in told if not _told_twice(each.fact, ids)][:FACTS], apart


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
