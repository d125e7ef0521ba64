"""Stacks of paper: the order in the tray, the printer's offset, what lies under the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from billing.documents import cms1500
from billing.domain.claim import Claim
from billing.services.keep_blank import blank_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Printer
from clinic.paper.form import Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.services.acting import Actor
from clinic.services.find import one

AnyClaim = Claim[Any, Any]


class Printing(NamedTuple):
    """How a person wants paper printed."""

    printer_id: int | None = None
    """None for the practice's first printer, or none where it has none."""
    over_blank: bool = False
    """Over the practice's own blank; else on bought forms."""


class Tray(NamedTuple):
    """What a stack is rendered with."""

    offset: Offset = NO_OFFSET
    face_up: bool = False
    """Sheets come out face up, so that the first printed lies lowest: the last page is printed first."""
    blank: cms1500.Blank | None = None


def printers_of(actor: Actor) -> list[Printer]:
    """The practice's printers of forms, the first one set up first; labels have theirs."""
    wanted = select(Printer).where(Printer.practice_id == actor.practice_id, Printer.kind == "paper")
    return list(db.session.scalars(wanted.order_by(Printer.id)))


def tray_of(actor: Actor, printing: Printing) -> Tray:
    """What a choice means.

    Raises:
        Unknown: the practice has no such printer.
        Refused: it has no blank of its own.
    """
    if printing.printer_id is None:
        printer = next(iter(printers_of(actor)), None)
    else:
        printer = one(actor, Printer, printing.printer_id)
    blank = blank_of(actor.practice_id) if printing.over_blank else None
    if printing.over_blank and blank is None:
        raise Refused(
            N_("There is no blank form to print over."),
            where="over_blank",
            remedy=N_("Put one in under House, Printers."),
        )
    if printer is None:
        return Tray(blank=blank)
    return Tray(Offset(printer.offset_x, printer.offset_y), printer.face_up, blank)


def pages_of(claim: AnyClaim) -> tuple[Page, ...]:
    """The pages of one claim, in reading order."""
    return tuple(cms1500.pages(claim))


def stacked(pages: Sequence[Page], tray: Tray) -> bytes:
    """The file that comes out of the printer as a stack in reading order.

    Raises:
        Refused: a text does not fit its box, or the blank cannot be used.
    """
    ordered = tuple(reversed(pages)) if tray.face_up else tuple(pages)
    return cms1500.render([ordered], background=tray.blank, offset=tray.offset)
