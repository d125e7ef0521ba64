"""Putting a report from elsewhere to the ordered test it belongs to, or aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.domain.likeness import name_key
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Patient
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from lab.domain.catalogue import TestFacts
from lab.domain.container import NotPossible
from lab.domain.incoming import Report
from lab.domain.matching import OPEN, Candidate
from lab.domain.order_story import REPORTED
from lab.domain.refusals import refused
from lab.domain.result_refusals import result_refused
from lab.domain.result_story import Reported
from lab.domain.results import Measured
from lab.models import IncomingResult, LabOrder, LabResult, OrderLine, Specimen, SpecimenTest
from lab.services.result_facts import containers_of, last_report, line_in_hand, next_version, report

MOST = 60
"""Lines looked at for one report."""
THING = "incoming_result"
SENT_AGAIN = N_("The laboratory sent it again with other values.")


def read_of(row: IncomingResult) -> Report:
    """What was understood of it."""
    return msgspec.convert(row.read, Report)


def candidates(practice_id: int, said: Report) -> list[Candidate]:
    """Lines that could be meant: those our numbers name, and those of people of that name or birth date.

    Three statements.
    """
    orders = list(said.order_numbers)
    boxes = list(said.container_numbers)
    wanted = (
        select(OrderLine)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .join(Patient, Patient.id == LabOrder.patient_id)
        .where(OrderLine.practice_id == practice_id, OrderLine.state.in_(OPEN), OrderLine.in_house.is_(False))
        .options(joinedload(OrderLine.order).joinedload(LabOrder.patient))
        .order_by(OrderLine.id.desc())
        .limit(MOST)
    )
    of_box = (
        select(SpecimenTest.line_id)
        .join(Specimen, Specimen.id == SpecimenTest.specimen_id)
        .where(Specimen.practice_id == practice_id, Specimen.number.in_(boxes))
    )
    named = db.session.scalars(wanted.where(or_(LabOrder.number.in_(orders), OrderLine.id.in_(of_box)))).unique().all()
    rows = {row.id: row for row in named}
    person = said.person
    if person.last:
        alike = [Patient.name_key.startswith(name_key(person.last), autoescape=True)]
        if person.birth:
            alike.append(Patient.birth == person.birth)
        rows.update((row.id, row) for row in db.session.scalars(wanted.where(or_(*alike))).unique())
    return _as_candidates(practice_id, list(rows.values()))


def _as_candidates(practice_id: int, lines: Sequence[OrderLine]) -> list[Candidate]:
    if not lines:
        return []
    boxes: dict[int, list[str]] = {}
    wanted = (
        select(SpecimenTest.line_id, Specimen.number)
        .join(Specimen, Specimen.id == SpecimenTest.specimen_id)
        .where(SpecimenTest.practice_id == practice_id, SpecimenTest.line_id.in_([line.id for line in lines]))
    )
    for row in db.session.execute(wanted):
        boxes.setdefault(row.line_id, []).append(row.number)
    return [_candidate(line, boxes.get(line.id, [])) for line in lines]


def _candidate(line: OrderLine, boxes: Sequence[str]) -> Candidate:
    order, patient = line.order, line.order.patient
    facts = msgspec.convert(line.facts, TestFacts)
    return Candidate(
        line_id=line.id,
        order_id=order.id,
        order_number=order.number,
        patient_id=patient.id,
        last=patient.last,
        first=patient.first,
        birth=patient.birth,
        sex=patient.sex,
        chart_number=patient.chart_number,
        test=line.test_key,
        test_name=facts.name,
        loinc=facts.loinc,
        state=line.state,
        in_house=line.in_house,
        containers=tuple(boxes),
        ordered_on=order.ordered_on,
    )


def put_to(work: Work, row: IncomingResult, line_id: int) -> LabResult | None:
    """Report a line as the message says, inside an act; None where what it says is there already, or later.

    Raises:
        Refused: the line is run in house, is not awaited, or the message reports nothing.
    """
    said = read_of(row)
    line = line_in_hand(work, line_id)
    if line.in_house:
        raise Refused(N_("This test is run in house."), remedy=N_("Choose another line."))
    if said.status == "cancelled" or not said.values:
        raise Refused(
            N_("This message reports no value."), remedy=N_("Set it aside, and reject the specimen where that is why.")
        )
    if line.state not in OPEN:
        raise result_refused("line_state")
    before = last_report(work, line)
    found = _further(work, row, said, line, before)
    row.state, row.patient_id = "matched", line.order.patient_id
    row.result_id = found.id if found else before.id if before else None
    work.fact(THING, row.id, "incoming.matched", {"line_id": line.id, "result_id": row.result_id})
    work.journal(THING, row.id, detail="incoming.matched")
    return found


def _further(
    work: Work, row: IncomingResult, said: Report, line: OrderLine, before: LabResult | None
) -> LabResult | None:
    reported = line.state in REPORTED - {"preliminary"}
    if before is not None and reported:
        if said.status == "preliminary" or _values(said.values) == before.values:
            return None  # older than, or the same as what counts
        status: Literal["preliminary", "final", "corrected"] = "corrected"
    else:
        status = (
            "preliminary"
            if said.status == "preliminary"
            else "corrected"
            if before and said.status == "corrected"
            else "final"
        )
    boxes = containers_of(work, line)
    told = min(said.reported_at or work.at, work.at)
    drawn = boxes[0].collected_at if boxes else None
    body = Reported(
        line_id=line.id,
        patient_id=line.order.patient_id,
        test=line.test_key,
        version=next_version(work, line),
        status=status,
        in_house=False,
        values=said.values,
        performed_at=max(told, drawn) if drawn else told,
        reported_at=work.at,
        source=said.kind,
        specimen_id=_named(boxes, said).id if boxes else None,
        incoming_id=row.id,
        note="\n".join(said.notes) or None,
    )
    return report(work, line, body, SENT_AGAIN if status == "corrected" else None)


def _values(values: Sequence[Measured]) -> list[dict[str, object]]:
    kept: list[dict[str, object]] = msgspec.to_builtins(tuple(values))
    return kept


def _named(boxes: Sequence[Specimen], said: Report) -> Specimen:
    return next((row for row in boxes if row.number in said.container_numbers), boxes[0])


def match_incoming(actor: Actor, incoming_id: int, line_id: int) -> int | None:
    """Put a waiting report to the line a person chose; gives the report's id, None where it said nothing new.

    Raises:
        Refused: it does not wait any more, or the line cannot take it.
        Unknown: there is no such message or line.
    """
    with acting(actor, "lab.result") as work:
        row = waiting_in_hand(work, incoming_id)
        found = put_to(work, row, line_id)
        return found.id if found else None


def set_aside(actor: Actor, incoming_id: int, reason: str) -> None:
    """Take a report out of the queue that belongs to nobody here.

    Raises:
        Refused: it does not wait any more, or the reason is missing.
        Unknown: there is no such message.
    """
    with acting(actor, "lab.result") as work:
        row = waiting_in_hand(work, incoming_id)
        said = " ".join(reason.split())
        if not said:
            raise refused(NotPossible("reason"), "reason")
        row.state, row.reason = "set_aside", said
        work.fact(THING, row.id, "incoming.set_aside", {}, reason=said)
        work.journal(THING, row.id, detail="incoming.set_aside")


def waiting_in_hand(work: Work, incoming_id: int) -> IncomingResult:
    """A message that waits, read anew within an act.

    Raises:
        Refused: it does not wait any more.
    """
    row = one(work.actor, IncomingResult, incoming_id)
    work.session.refresh(row)
    if row.state != "unmatched":
        raise Refused(N_("Somebody has dealt with this already."), remedy=N_("Take the next one."))
    return row
