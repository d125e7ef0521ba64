"""Printers and how far off their paper lies."""

from __future__ import annotations

import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import PrinterFacts
from clinic.models import Fact, Printer
from clinic.services.acting import NotAllowed
from clinic.services.change_printer import change_printer, take_away_printer
from clinic.services.changing import print_of
from clinic.services.find import Unknown
from clinic.services.set_up_printer import checked, set_up_printer

FRONT = PrinterFacts(name="Front desk", offset_x=12, offset_y=-5)


def test_a_printer_is_set_up_moved_and_taken_away(practice) -> None:
    who = practice.actor("assistant")
    printer = set_up_printer(who, FRONT)
    change_printer(who, printer, PrinterFacts(name="Front desk", offset_x=200, offset_y=-200), print_of(checked(FRONT)))
    row = db.session.get(Printer, printer, populate_existing=True)
    assert (row.offset_x, row.offset_y) == (200, -200)
    take_away_printer(who, printer)
    assert db.session.get(Printer, printer) is None
    told = db.session.query(Fact).filter_by(thing="printer", thing_id=printer).order_by(Fact.sequence).all()
    assert [fact.type for fact in told] == ["printer.entered", "printer.changed", "printer.taken_away"]
    assert told[2].body["before"] == {
        "name": "Front desk",
        "offset_x": 200,
        "offset_y": -200,
        "face_up": False,
        "kind": "paper",
        "location_id": None,
        "address": None,
        "stock": None,
        "dpi": None,
    }
    with pytest.raises(Unknown):
        take_away_printer(who, printer)


@pytest.mark.parametrize(
    "facts", [PrinterFacts(name="Front desk", offset_x=201, offset_y=0), PrinterFacts(name=" ", offset_x=0, offset_y=0)]
)
def test_what_is_refused(practice, facts) -> None:
    with pytest.raises(Refused):
        set_up_printer(practice.actor("biller"), facts)
    assert db.session.query(Printer).count() == 0


def test_whose(practice, other_practice) -> None:
    theirs = set_up_printer(other_practice.actor("biller"), FRONT)
    set_up_printer(practice.actor("biller"), FRONT)  # the same name is free here
    with pytest.raises(Refused):
        set_up_printer(practice.actor("biller"), FRONT)
    with pytest.raises(Unknown):
        change_printer(practice.actor("biller"), theirs, FRONT, print_of(checked(FRONT)))
    with pytest.raises(Unknown):
        take_away_printer(practice.actor("biller"), theirs)
    with pytest.raises(NotAllowed):
        set_up_printer(practice.actor("provider"), FRONT)
