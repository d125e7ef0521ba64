"""Setting up a printer."""

from __future__ import annotations

from clinic.domain.set_up import PrinterFacts, as_kept
from clinic.models import Printer
from clinic.paper.grid import Offset
from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said
from clinic.services.naming import only_one


def set_up_printer(actor: Actor, facts: PrinterFacts) -> int:
    """Set a printer up; gives its id.

    Raises:
        Refused: the offset is more than two centimetres, or there is a printer of that name.
    """
    kept = checked(facts)
    with acting(actor, "printer.write") as work:
        only_one(work, Printer, kept.name)
        return enter(work, Printer(practice_id=actor.practice_id, **said(kept)), kept)


def checked(facts: PrinterFacts) -> PrinterFacts:
    """The facts as they are kept.

    Raises:
        Refused: there is no name, or the offset is more than two centimetres.
    """
    kept = as_kept(facts)
    Offset(kept.offset_x, kept.offset_y)
    return kept
