"""Printing a label again exactly as it was, for a reason that is kept."""

from __future__ import annotations

from sqlalchemy import func, select

from clinic.base import db
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.refusals import refused
from lab.models import LabelPrint
from lab.services.print_labels import RIGHT, Loaded, ask_for, label_in


def reprint_label(actor: Actor, print_id: int, reason: str, loaded: Loaded | None = None) -> int:
    """Put a label that was printed into a new job, as it was; gives the job's number.

    On what it was printed then, unless something else is named: the words stay, the dots follow the printer.

    Raises:
        Refused: no reason was given.
        Unknown: there is no such label in the practice.
    """
    why = " ".join(reason.split())
    if not why:
        raise refused(NotPossible("reason"), "reason")
    with acting(actor, RIGHT) as work:
        row = one(actor, LabelPrint, print_id)
        kept = loaded or Loaded(row.snapshot["stock"], row.snapshot["dpi"], row.printer_id)
        return ask_for(work, [(row.specimen_id, label_in(row))], kept, reason=why)


def times_printed(actor: Actor, specimen_id: int) -> int:
    """How often labels of a container went out."""
    wanted = select(func.count()).where(
        LabelPrint.practice_id == actor.practice_id,
        LabelPrint.specimen_id == specimen_id,
        LabelPrint.state == "sent",
    )
    return db.session.scalar(wanted) or 0
