"""Requests and specimens of other systems, taken in by imports as orders and containers of ours.

A request becomes a line held for our own provider's signature: nobody is bound by what another system calls active.
"""

from __future__ import annotations

import re
from typing import Any, cast

from sqlalchemy import select

from clinic.domain.words import N_
from clinic.models import Location, Provider, Visit
from clinic.services.importing.desk import NOT_HERE, Desk, Placed
from clinic.services.importing.others import Other
from lab.domain.catalogue import TestFacts
from lab.domain.events import Collected, Planned
from lab.domain.need import need_of
from lab.domain.order_story import Entered, Priority
from lab.fhir import order_in, specimen_in
from lab.fhir.order_in import OrderRecord
from lab.fhir.specimen_in import SpecimenRecord
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.catalogue import catalogue_on
from lab.services.hold_lines import hold_lines
from lab.services.order_facts import add_line, begin_order, number_for
from lab.services.plan_containers import facts_of
from lab.services.specimens import begin_specimen, tell
from lab.services.specimens import number_for as container_number

NO_TEST = N_("No test of the catalogue has its code; its text is kept.")
NO_PLACE = N_("It does not say at which place of the practice; its text is kept.")
NO_ORDER = N_("No request it belongs to is here; its text is kept.")
NO_TIME = N_("It does not say when it was drawn; its text is kept.")
LATER = N_("It is drawn at a time still to come; its text is kept.")
TAKEN = N_("Another container has its number; it has a new one.")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{2,18}\Z", re.ASCII)
"""What a label can hold."""
_OURS = re.compile(r"[A-Z]\d+(-\d+)*\Z", re.ASCII)


def place_order(desk: Desk, record: OrderRecord, _resource: dict[str, Any]) -> Placed:
    """A request as a line of an order; lines of one requisition share it.

    Raises:
        Refused: its patient and its encounter are of two patients.
    """
    whose = desk.known.patient(desk.work, record.patient)
    if whose is None:
        return Placed(None, NOT_HERE)
    day = record.ordered.day if record.ordered else desk.work.at.date()
    test = _test(desk, record)
    if test is None:
        return Placed(None, NO_TEST)
    visit_id, _ = desk.visit(record.patient, record.encounter, record.ordered)
    visit = desk.session.get(Visit, visit_id) if visit_id is not None else None
    where = desk.session.get(Location, visit.location_id) if visit and visit.location_id else desk.only_location
    if where is None:
        return Placed(None, NO_PLACE)
    order = _shared(desk, record, whose) or begin_order(
        desk.work,
        Entered(
            number=_order_number(desk, record),
            patient_id=whose,
            location_id=where.id,
            ordered_on=day,
            visit_id=visit_id,
            provider_id=_provider(desk, record),
            priority=cast("Priority", record.priority),
        ),
    )
    line = add_line(
        desk.work,
        order,
        test,
        in_house="reference" not in test.settings,
        laboratory_id=None,
        diagnoses=record.diagnoses,
        reason=record.reason,
    )
    hold_lines(desk.work, order)
    return Placed(line)


def _test(desk: Desk, record: OrderRecord) -> TestFacts | None:
    tests = catalogue_on(desk.practice_id, desk.work.at.date()).tests
    by_key = next((tests[key] for key in record.keys if key in tests), None)
    fitting = [test for test in tests.values() if test.loinc in record.loinc]
    # Two tests of one code are told apart by nobody but a person.
    return by_key or (fitting[0] if len(fitting) == 1 else None)


def _shared(desk: Desk, record: OrderRecord, patient_id: int) -> LabOrder | None:
    """The order that another line of its requisition made, as long as nobody has signed it."""
    number = foreign_number(record.requisition)
    if number is None:
        return None
    wanted = select(LabOrder).where(LabOrder.practice_id == desk.practice_id, LabOrder.number == number)
    return desk.session.scalar(wanted.where(LabOrder.patient_id == patient_id, LabOrder.state == "draft"))


def _order_number(desk: Desk, record: OrderRecord) -> str:
    number = foreign_number(record.requisition)
    taken = select(LabOrder.id).where(LabOrder.practice_id == desk.practice_id, LabOrder.number == number)
    return number if number and desk.session.scalar(taken) is None else number_for(desk.work)


def foreign_number(text: str | None) -> str | None:
    """A number of another house as it may stand here: never one that this house will give out itself."""
    own = (text or "").upper()
    if not _NUMBER.match(own):
        return None
    return f"X{own}" if _OURS.match(own) else own


def _provider(desk: Desk, record: OrderRecord) -> int | None:
    found = desk.known.find(desk.work, record.requester) if record.requester else None
    if found is None or found.name != "provider":
        return None
    row = desk.session.get(Provider, found.id)
    return row.id if row is not None and not row.outside else None


def place_specimen(desk: Desk, record: SpecimenRecord, _resource: dict[str, Any]) -> Placed:
    """A specimen as a collected container for the lines it was asked for by."""
    whose = desk.known.patient(desk.work, record.patient)
    if whose is None:
        return Placed(None, NOT_HERE)
    lines = _lines(desk, record)
    if not lines or any(order.patient_id != whose for _, order in lines):
        return Placed(None, NO_ORDER)
    if record.collected_at is None:
        return Placed(None, NO_TIME)
    if record.collected_at > desk.work.at:
        return Placed(None, LATER)
    order = lines[0][1]
    facts = facts_of(lines[0][0])
    number, new = _number(desk, record)
    row = begin_specimen(
        desk.work,
        "specimen.planned",
        Planned(
            number=number,
            holder=facts.container,
            cap=_cap(desk, facts),
            patient_id=whose,
            needs=tuple(
                need_of(facts_of(line), line_id=line.id, in_house=line.in_house, answers=line.answers)
                for line, _ in lines
            ),
            visit_id=order.visit_id,
            order_id=order.id,
            site=record.site,
        ),
        order.location_id,
    )
    body = Collected(at=record.collected_at, volume_ul=record.volume_ul, method=record.method, site=record.site)
    tell(desk.work, row, "specimen.collected", body)
    return Placed(row, lacking=TAKEN if new else "")


def _lines(desk: Desk, record: SpecimenRecord) -> list[tuple[OrderLine, LabOrder]]:
    ids = []
    for request in record.requests:
        found = desk.known.find(desk.work, request)
        if found is not None and found.name == "order_line":
            ids.append(found.id)
    wanted = (
        select(OrderLine, LabOrder)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .where(OrderLine.practice_id == desk.practice_id, OrderLine.id.in_(ids))
        .order_by(OrderLine.id)
    )
    return [(line, order) for line, order in desk.session.execute(wanted)]


def _number(desk: Desk, record: SpecimenRecord) -> tuple[str, bool]:
    """Its own number where that can stand on a label and is free here."""
    own = foreign_number(record.number)
    if own is not None:
        taken = select(Specimen.id).where(Specimen.practice_id == desk.practice_id, Specimen.number == own)
        if desk.session.scalar(taken) is None:
            return own, False
    return container_number(desk.work), record.number is not None


def _cap(desk: Desk, facts: TestFacts) -> str:
    holder = catalogue_on(desk.practice_id, desk.work.at.date()).holders.get(facts.container)
    return holder.cap if holder else "none"


ORDERS = Other("ServiceRequest", OrderRecord, order_in.read, place_order, OrderLine)
SPECIMENS = Other("Specimen", SpecimenRecord, specimen_in.read, place_specimen, Specimen)
"""For ``clinic.services.importing.others``."""
