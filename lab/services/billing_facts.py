"""What the bench did at visits, as facts for whoever bills: drawn, run in house, or run outside at our bill."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import func, or_, select

from clinic.base import db
from clinic.models import Location
from lab.domain.catalogue import TestFacts
from lab.domain.charges import Drawn, LabFact
from lab.domain.container import Container
from lab.models import Laboratory, LabOrder, LabResult, OrderLine, Specimen, SpecimenTest
from lab.services.order_facts import notice_of
from lab.services.plan_containers import SITE
from lab.services.specimens import container_of

REPORTED = frozenset({"final", "corrected", "reviewed", "told"})
"""States of a line whose test was run to its end."""
DRAWN_BY: dict[str, Drawn] = {
    "venipuncture": "venipuncture",
    "VENIP": "venipuncture",
    "capillary": "capillary",
    "CAP": "capillary",
}
"""As told at the bench, or as HL7 table 0488 says it in the catalogue."""
NOT_BILLED = frozenset({"planned", "labeled", "rejected", "missed", "void"})
"""States of containers that nothing is billed for. A lost one was drawn all the same."""


def facts_of_visits(practice_id: int, visit_ids: Collection[int]) -> tuple[LabFact, ...]:
    """The facts of these visits, in two statements; none where nothing was ordered."""
    if not visit_ids:
        return ()
    drawn = list(db.session.execute(_containers(practice_id, visit_ids)))
    if not drawn:
        return ()
    lines = db.session.execute(_lines(practice_id, visit_ids))
    return (*_draws(drawn), *_runs(lines, drawn))


def _containers(practice_id: int, visit_ids: Collection[int]) -> Any:
    return (
        select(Specimen, SpecimenTest.line_id, OrderLine.diagnoses, Location.time_zone)
        .join(Location, Location.id == Specimen.location_id)
        .outerjoin(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
        .outerjoin(OrderLine, OrderLine.id == SpecimenTest.line_id)
        .where(Specimen.practice_id == practice_id, Specimen.visit_id.in_(visit_ids))
        .where(Specimen.state.not_in(NOT_BILLED), Specimen.collected_at.is_not(None))
        .order_by(Specimen.collected_at, Specimen.id, SpecimenTest.id)
    )


def _lines(practice_id: int, visit_ids: Collection[int]) -> Any:
    last = (
        select(func.max(LabResult.version))
        .where(LabResult.line_id == OrderLine.id, LabResult.status != "preliminary")
        .correlate(OrderLine)
        .scalar_subquery()
    )
    return (
        select(OrderLine, LabOrder.visit_id, Location.clia, Laboratory.clia, Laboratory.bills, LabResult.in_house)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .join(Location, Location.id == LabOrder.location_id)
        .outerjoin(Laboratory, Laboratory.id == OrderLine.laboratory_id)
        .outerjoin(LabResult, (LabResult.line_id == OrderLine.id) & (LabResult.version == last))
        .where(OrderLine.practice_id == practice_id, LabOrder.visit_id.in_(visit_ids))
        .where(or_(OrderLine.state.in_(REPORTED), OrderLine.sent_on.is_not(None)))
        .order_by(OrderLine.id)
    )


def _draws(rows: list[Any]) -> Iterator[LabFact]:
    for specimen, _line, diagnoses, zone in rows:
        container = container_of(specimen)
        drawn = drawn_as(container)
        if drawn is None or container.parent_id is not None or container.collected_at is None:
            continue
        yield LabFact(
            visit=str(specimen.visit_id),
            on=local_day(container.collected_at, zone),
            drawn=drawn,
            diagnoses=tuple(diagnoses or ()),
        )


def _runs(lines: Any, drawn: list[Any]) -> Iterator[LabFact]:
    days = {line: local_day(specimen.collected_at, zone) for specimen, line, _, zone in drawn if line is not None}
    for line, visit_id, clia, their_clia, bills, in_house in lines:
        on = days.get(line.id)
        outside = not line.in_house
        if on is None or (outside and bills != "practice") or (not outside and not in_house):
            continue
        yield LabFact(
            visit=str(visit_id),
            on=on,
            outside=outside,
            site=_folded(line.answers.get(SITE)),
            diagnoses=tuple(line.diagnoses),
            clia=their_clia if outside else clia,
            **_noticed(line, on),
            **billed(asked_of(line)),
        )


def _noticed(line: OrderLine, on: date) -> dict[str, Any]:
    """What the patient chose, where that was signed before it was done: afterwards it counts for nothing."""
    notice = notice_of(line)
    if notice is None or not notice.holds(on) or notice.choice not in {"ask_payer", "self_pay"}:
        return {}
    return {"notice": notice.choice, "excluded": notice.printed.why == "excluded"}


def _folded(site: str | None) -> str | None:
    """Two spellings of one site are one site."""
    return " ".join(site.split()).casefold() or None if site else None


def asked_of(line: OrderLine) -> TestFacts:
    """The test as the catalogue had it when it was ordered."""
    return msgspec.convert(line.facts, TestFacts, strict=True)


def billed(facts: TestFacts) -> dict[str, Any]:
    """What of the catalogue a bill needs: the first of the numbers of which one is chosen."""
    return {
        "test": facts.key,
        "procedures": (*facts.procedures, *facts.choices[:1]),
        "waived": facts.waived,
        "targets": facts.targets,
    }


def drawn_as(container: Container) -> Drawn | None:
    """How it was drawn where that is billed by itself: as told, else as its tests ask."""
    said = container.method or next((need.method for need in container.needs if need.method), None)
    return DRAWN_BY.get(said or "")


def local_day(at: datetime, zone: str) -> date:
    """The date of service: local to where it was drawn (law 16)."""
    return at.astimezone(ZoneInfo(zone)).date()
