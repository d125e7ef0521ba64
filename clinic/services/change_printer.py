"""Changing a printer's name or offset, or taking it away."""

from __future__ import annotations

from collections.abc import Callable

from clinic.domain.set_up import PrinterFacts
from clinic.models import Printer
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import change, facts_of, held, said
from clinic.services.naming import only_one
from clinic.services.set_up_printer import checked, standing_here

_WHEN_TAKEN_AWAY: list[Callable[[Work, int], None]] = []


def when_taken_away(let_go: Callable[[Work, int], None]) -> None:
    """Have another package let go of a printer in the act that takes it away."""
    _WHEN_TAKEN_AWAY.append(let_go)


def change_printer(actor: Actor, printer_id: int, facts: PrinterFacts, seen: str) -> None:
    """Change a printer as it was seen.

    Raises:
        Refused: the offset is more than two centimetres, or another printer has that name.
        Unknown: there is no such printer.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked(facts)
    with acting(actor, "printer.write") as work:
        row = held(work, Printer, printer_id)
        only_one(work, Printer, kept.name, but=printer_id)
        standing_here(work, kept)
        change(work, row, kept, seen)


def take_away_printer(actor: Actor, printer_id: int) -> None:
    """Take a printer away. Its facts stay, and the labels it printed are then without a printer.

    Raises:
        Unknown: there is no such printer.
    """
    with acting(actor, "printer.write") as work:
        row = held(work, Printer, printer_id)
        work.fact("printer", row.id, "printer.taken_away", {"before": said(facts_of(PrinterFacts, row))})
        work.journal("printer", row.id, detail="taken_away")
        for let_go in _WHEN_TAKEN_AWAY:
            let_go(work, row.id)
        work.session.delete(row)
