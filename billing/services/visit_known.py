"""What the record says about the level of a claim's office visit, without anybody's judgment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Select, and_, exists, func, select, union_all

from billing.coding.level.documented import PatientKind
from billing.coding.level.found import LevelFound
from billing.coding.level.patient import Seen, kind_of, since
from billing.models import ClaimRecord, ClaimVisit
from billing.services.telling import THING
from clinic.base import db
from clinic.models import Fact, Observation, Problem, Provider, Visit
from clinic.services.acting import Actor
from clinic.services.surviving import family_of
from lab.models import LabOrder, OrderLine

MEDICARE = "MB"
"""The filing indicator of Medicare Part B, which has a prolonged service of its own."""


class Known(NamedTuple):
    """What the record says without anybody's judgment."""

    patient: PatientKind
    last: Seen | None
    """The visit that makes the patient an established one."""
    problems: int
    tests: int
    """Different tests ordered at the visit."""
    results: int
    lasted: int | None
    """Minutes from the visit's beginning to its end: not the provider's whole time on that date."""
    medicare: bool
    found: LevelFound | None
    """What was found last."""


def known_of(actor: Actor, record: ClaimRecord) -> Known:
    """What is known of a claim's visit, in four statements."""
    family = family_of(actor, record.patient_id)
    people = [family.patient.id, *(each.id for each in family.merged)]
    visits = [link.visit_id for link in record.visits]
    rendering = db.session.get(Provider, record.rendering_id or 0)
    taxonomy = rendering.taxonomy if rendering else None
    kind, last = kind_of(record.rendering_id, taxonomy, record.service_on, _before(record, people))
    counts = db.session.execute(_counts(record.practice_id, visits)).one()
    times = next(((link.visit.started_at, link.visit.ended_at) for link in record.visits), (None, None))
    return Known(
        patient=kind,
        last=last,
        problems=counts.problems,
        tests=counts.tests,
        results=counts.results,
        lasted=int((times[1] - times[0]).total_seconds() // 60) if times[0] and times[1] else None,
        medicare=record.coverage is not None and record.coverage.filing == MEDICARE,
        found=last_found(record),
    )


def last_found(record: ClaimRecord) -> LevelFound | None:
    """What was found last about the claim's visit."""
    body = db.session.scalar(
        select(Fact.body)
        .where(
            Fact.practice_id == record.practice_id,
            Fact.thing == THING,
            Fact.thing_id == record.id,
            Fact.type == "claim.level_found",
        )
        .order_by(Fact.sequence.desc())
        .limit(1)
    )
    return None if body is None else msgspec.convert(body, LevelFound, strict=True)


def _counts(practice_id: int, visits: list[int]) -> Select[Any]:
    problems = select(func.count()).where(
        Problem.practice_id == practice_id, Problem.visit_id.in_(visits), Problem.status != "entered-in-error"
    )
    tests = (
        select(func.count(func.distinct(OrderLine.test_key)))
        .join(LabOrder, and_(LabOrder.practice_id == OrderLine.practice_id, LabOrder.id == OrderLine.order_id))
        .where(LabOrder.practice_id == practice_id, LabOrder.visit_id.in_(visits), OrderLine.state != "cancelled")
    )
    results = select(func.count()).where(Observation.practice_id == practice_id, Observation.visit_id.in_(visits))
    return select(
        problems.scalar_subquery().label("problems"),
        tests.scalar_subquery().label("tests"),
        results.scalar_subquery().label("results"),
    )


def _before(record: ClaimRecord, people: list[int]) -> Iterator[Seen]:
    """By provider, the last of the visits of three years, and of claims without one."""
    mine = record.practice_id
    days = since(record.service_on), record.service_on
    visits = select(Visit.on.label("on"), Visit.provider_id.label("provider_id")).where(
        Visit.practice_id == mine, Visit.patient_id.in_(people), Visit.on >= days[0], Visit.on < days[1]
    )
    alone = ~exists().where(ClaimVisit.practice_id == mine, ClaimVisit.claim_id == ClaimRecord.id)
    claims = select(ClaimRecord.service_on, ClaimRecord.rendering_id).where(
        ClaimRecord.practice_id == mine,
        ClaimRecord.patient_id.in_(people),
        ClaimRecord.service_on >= days[0],
        ClaimRecord.service_on < days[1],
        ClaimRecord.journey != "withdrawn",
        alone,
    )
    both = union_all(visits, claims).subquery()
    wanted = (
        select(func.max(both.c.on), Provider.id, Provider.taxonomy, Provider.first, Provider.last)
        .join(Provider, and_(Provider.practice_id == mine, Provider.id == both.c.provider_id))
        .group_by(Provider.id, Provider.taxonomy, Provider.first, Provider.last)
    )
    for on, key, taxonomy, first, last in db.session.execute(wanted):
        yield Seen(on=on, provider_id=key, taxonomy=taxonomy, name=f"{first or ''} {last}".strip())
