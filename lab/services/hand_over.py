"""Handing a package to the courier: each container in it is sent, each test's result is expected from that day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.events import Packed
from lab.domain.order_story import UNDRAWN, LineSent
from lab.domain.package_events import HandedOver
from lab.domain.package_refusals import package_refused
from lab.domain.packing import expired
from lab.models import Laboratory, OrderLine, Specimen
from lab.services.order_facts import tell as tell_order
from lab.services.package_facts import InHand, consignment_of, inside, package_in_hand, tell_package
from lab.services.specimens import container_of, tell

USUAL_DAYS = 7
"""After which a result is not back, where neither laboratory nor test says."""


def hand_over(
    actor: Actor,
    package_id: int,
    courier: str,
    seal: str,
    at: datetime | None = None,
    *,
    temperature_tenths: int | None = None,
    tracking: str | None = None,
    reason: str | None = None,
) -> None:
    """Tell that the courier took it. The seal is read again: it has to be the one it was closed with.

    Args:
        actor: who hands it over.
        package_id: the package.
        courier: who takes it, by name.
        seal: its number as it is read now.
        at: when, now if it is not said.
        temperature_tenths: of the box, in tenths of a degree Celsius.
        tracking: the courier's number for it.
        reason: why a container goes past its use-by.

    Raises:
        Refused: it is not sealed, the seal differs, a container is not in it as it was packed, or has expired.
    """
    with package_in_hand(actor, package_id, at) as hand:
        rows, said = inside(hand.row), " ".join((reason or "").split())
        late = tuple(row.id for row in rows if expired(container_of(row), hand.at))
        body = HandedOver(
            at=hand.at,
            courier=" ".join(courier.split()),
            seal=" ".join(seal.split()),
            temperature_tenths=temperature_tenths,
            tracking=" ".join((tracking or "").split()) or None,
            expired=late,
        )
        tell_package(hand.work, hand.row, "package.handed_over", body, reason=said or None)
        if late and not said:
            raise package_refused(NotPossible("expired"), next(row.number for row in rows if row.id in late))
        for row in rows:
            tell(hand.work, row, "specimen.sent", Packed(at=hand.at, package_id=hand.row.id))
        expect(hand, rows)


def expect(hand: InHand, rows: Sequence[Specimen]) -> None:
    """From now on the results of their tests are waited for."""
    sent = consignment_of(hand.row)
    laboratory = one(hand.work.actor, Laboratory, sent.laboratory_id)
    place = one(hand.work.actor, Location, sent.location_id)
    today = hand.at.astimezone(ZoneInfo(place.time_zone)).date()
    for line in lines_of(hand, rows):
        sent_line(hand, line, today, due_on(today, laboratory, line))


def lines_of(hand: InHand, rows: Sequence[Specimen]) -> Sequence[OrderLine]:
    """The lines of orders that these containers serve at the package's laboratory."""
    sent = consignment_of(hand.row)
    moved = {row.id: set(container_of(row).moved) for row in rows}
    ids = {test.line_id for row in rows for test in row.tests if test.line_id and test.test_key not in moved[row.id]}
    wanted = select(OrderLine).where(
        OrderLine.practice_id == hand.row.practice_id,
        OrderLine.id.in_(ids),
        ~OrderLine.in_house,
        OrderLine.state.not_in({*UNDRAWN, "cancelled"}),
        (OrderLine.laboratory_id == sent.laboratory_id) | OrderLine.laboratory_id.is_(None),
    )
    return hand.work.session.scalars(wanted.options(joinedload(OrderLine.order)).order_by(OrderLine.id)).all()


def sent_line(hand: InHand, line: OrderLine, sent_on: date | None = None, due: date | None = None) -> None:
    """Tell the order that the specimen of a line left and when its result is due; without days, that it did not."""
    body = LineSent(line_id=line.id, sent_on=sent_on, due_on=due)
    tell_order(hand.work, line.order, "order.line_sent", body)


def due_on(sent_on: date, laboratory: Laboratory, line: OrderLine) -> date:
    """The day a result is expected: by the laboratory's word, else the test's, else a week."""
    of_test = line.facts.get("result_days")
    return sent_on + timedelta(days=laboratory.result_days or of_test or USUAL_DAYS)
