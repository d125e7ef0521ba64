"""Carrying a job of labels to its printer, slice by slice, outside the writer's place.

A slice is claimed in one act, sent without any, and what became of it is kept in another. So a job that breaks off
goes on at the first label that did not go out, whoever resumes it; and of a slice whose end nobody saw (the server
stopped between the two acts) it is said that its labels are in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Printer
from clinic.services.acting import Actor, Work, acting
from clinic.services.clock import now
from clinic.services.find import Unknown
from clinic.services.set_up_printer import host_and_port
from lab.documents.label_pdf import labels_pdf
from lab.documents.zpl import zpl
from lab.domain.container import OPEN
from lab.domain.events import Labeled
from lab.models import LabelPrint
from lab.services.at_the_bench import hold
from lab.services.print_labels import RIGHT, THING, laid_in
from lab.services.printing.outcome import Outcome
from lab.services.printing.queue import send_to_queue
from lab.services.printing.raw import USUAL, Patience, send_raw
from lab.services.specimens import tell

SLICE = 10
"""Labels sent between two commits."""
IN_DOUBT = timedelta(minutes=1)
"""A slice that was claimed longer ago has lost whoever carried it."""

UNDONE = ("waiting", "failed", "sending")


class Progress(NamedTuple):
    """How far a job is."""

    sent: int
    left: int
    fault: str | None


def go_on(actor: Actor, job: int, patience: Patience = USUAL) -> Progress:
    """Send the next slice of a job to its printer.

    Raises:
        Unknown: there is no such job in the practice.
        Refused: someone else is sending it, or it has no printer.
    """
    claimed, printer = _claim(actor, job)
    outcome = _carry(printer, claimed, patience) if claimed else Outcome(0)
    return keep(actor, job, claimed, outcome)


def hand_over(actor: Actor, job: int, write: Callable[[Sequence[LabelPrint]], bytes]) -> bytes:
    """All of a job as a file that a person takes: its labels went out with it.

    Raises:
        Unknown: there is no such job in the practice.
    """
    rows = rows_of(actor, job)
    written = write(rows)
    left = [row for row in rows if row.state != "sent"]
    if left:
        keep(actor, job, left, Outcome(len(left)))
    return written


def go_on_from(actor: Actor, job: int, position: int) -> None:
    """Say which label is the next: what stands before it came out, it and what follows did not.

    Raises:
        Unknown: there is no such job in the practice.
        Refused: it has no such label, or someone else is sending it.
    """
    with acting(actor, RIGHT) as work:
        rows = rows_of(actor, job)
        _insist_free(rows)
        if not 1 <= position <= len(rows) + 1:
            raise Refused(N_("This job has %(count)s labels."), where="position", count=len(rows))
        for row in rows:
            if row.position >= position:
                _mark(row, "waiting", None)
            elif row.state != "sent":
                _went_out(work, row)
        work.journal(THING, job, detail=f"from {position}")


def leave_rest(actor: Actor, job: int) -> None:
    """Give up what of a job did not go out.

    Raises:
        Unknown: there is no such job in the practice.
        Refused: someone else is sending it.
    """
    with acting(actor, RIGHT) as work:
        rows = rows_of(actor, job)
        _insist_free(rows)
        for row in rows:
            if row.state != "sent":
                _mark(row, "left", "left")
        work.journal(THING, job, detail="left")


def rows_of(actor: Actor, job: int) -> list[LabelPrint]:
    """The labels of a job in their order.

    Raises:
        Unknown: there is no such job in the practice.
    """
    wanted = select(LabelPrint).where(LabelPrint.practice_id == actor.practice_id, LabelPrint.job == job)
    rows = db.session.scalars(wanted.order_by(LabelPrint.position).execution_options(populate_existing=True)).all()
    if not rows:
        raise Unknown(THING)
    return list(rows)


def progress_of(rows: Sequence[LabelPrint]) -> Progress:
    """How far these labels of a job are."""
    sent = sum(row.state == "sent" for row in rows)
    left = sum(row.state in UNDONE for row in rows)
    return Progress(sent, left, next((fault_of(row) for row in rows if fault_of(row)), None))


def fault_of(row: LabelPrint) -> str | None:
    """Why a label did not go out: a key of ``FAULTS``."""
    if row.state == "sending" and _lost(row):
        return "interrupted"
    found: str | None = row.snapshot.get("fault")
    return found if row.state != "sent" else None


def forget_printer(work: Work, printer_id: int) -> None:
    """Let go of a printer that is taken away: what it printed stays, what waits for it stays without one."""
    mine = (LabelPrint.practice_id == work.actor.practice_id, LabelPrint.printer_id == printer_id)
    work.session.execute(update(LabelPrint).where(*mine).values(printer_id=None))


def _claim(actor: Actor, job: int) -> tuple[list[LabelPrint], Printer]:
    with acting(actor, RIGHT) as work:
        rows = rows_of(actor, job)
        _insist_free(rows)
        printer = _printer_of(work, rows)
        left = [row for row in rows if row.state in UNDONE]
        claimed = left[:SLICE]
        for row in claimed:
            _mark(row, "sending", None)
            row.printed_at = work.at
        work.journal(THING, job, detail=f"sending {claimed[0].position}" if claimed else "nothing left")
    return claimed, printer


def _printer_of(work: Work, rows: Sequence[LabelPrint]) -> Printer:
    wanted = select(Printer).where(Printer.practice_id == work.actor.practice_id, Printer.id == rows[0].printer_id)
    printer = work.session.scalar(wanted)
    if printer is None or printer.kind not in {"raw", "cups"} or not printer.address:
        raise Refused(
            N_("These labels have no printer."), where="printer", remedy=N_("Take them as a file, or print them again.")
        )
    return printer


def _insist_free(rows: Sequence[LabelPrint]) -> None:
    if any(row.state == "sending" and not _lost(row) for row in rows):
        raise Refused(N_("These labels are being sent just now."), where="job", remedy=N_("Wait a moment."))


def _lost(row: LabelPrint) -> bool:
    return row.printed_at is None or now() - row.printed_at > IN_DOUBT


def _carry(printer: Printer, rows: Sequence[LabelPrint], patience: Patience) -> Outcome:
    """Send them; nothing of the database is held meanwhile."""
    drawn = [laid_in(row) for row in rows]
    right, down = offset_in_dots(printer, drawn[0].dpi)
    address = printer.address or ""
    if printer.kind == "raw":
        return send_raw(host_and_port(address), [zpl(each, right=right, down=down) for each in drawn], patience)
    size = (round(drawn[0].width * 72 / drawn[0].dpi), round(drawn[0].height * 72 / drawn[0].dpi))
    return send_to_queue(address, labels_pdf(drawn, right=right, down=down), len(drawn), size)


def offset_in_dots(printer: Printer, dpi: int) -> tuple[int, int]:
    """A printer's offset, right and down, in whole dots."""
    right, down = (round(tenths * dpi / 254) for tenths in (printer.offset_x, printer.offset_y))
    return right, down


def keep(actor: Actor, job: int, rows: Sequence[LabelPrint], outcome: Outcome) -> Progress:
    """Keep what became of a slice: what went out labels its container, the next one says why it did not."""
    with acting(actor, RIGHT) as work:
        fresh = {row.id: row for row in rows_of(actor, job)}
        for place, row in enumerate(fresh[each.id] for each in rows):
            if place < outcome.taken:
                _went_out(work, row)
            else:
                failed = place == outcome.taken
                _mark(row, "failed" if failed else "waiting", outcome.fault if failed else None)
                row.printed_at = None
        work.journal(THING, job, detail=" ".join(part for part in (f"sent {outcome.taken}", outcome.fault) if part))
        found = progress_of(list(fresh.values()))
    return Progress(found.sent, found.left, outcome.fault)


def _went_out(work: Work, row: LabelPrint) -> None:
    _mark(row, "sent", None)
    row.printed_at = work.at
    if row.specimen_id is None:
        return
    hand = hold(work, row.specimen_id)
    if hand.row.state in OPEN:
        tell(work, hand.row, "specimen.labeled", Labeled(at=work.at, print_id=row.id), reason=row.reason)


def _mark(row: LabelPrint, state: str, fault: str | None) -> None:
    row.state = state
    kept = {key: value for key, value in row.snapshot.items() if key != "fault"}
    row.snapshot = kept | ({"fault": fault} if fault else {})


class Unfinished(NamedTuple):
    """A job with labels that did not go out."""

    job: int
    labels: int
    left: int
    fault: str | None
    """Why the first of them did not: a key of ``FAULTS``; None where it only waits."""


def unfinished(actor: Actor) -> list[Unfinished]:
    """Jobs with labels that did not go out, the latest first. Two statements."""
    left = func.sum((LabelPrint.state.in_(UNDONE)).cast(db.Integer))
    wanted = (
        select(LabelPrint.job, func.count(), left)
        .where(LabelPrint.practice_id == actor.practice_id)
        .group_by(LabelPrint.job)
        .having(left > 0)
        .order_by(LabelPrint.job.desc())
        .limit(50)
    )
    jobs = db.session.execute(wanted).all()
    stopped = select(LabelPrint).where(
        LabelPrint.practice_id == actor.practice_id,
        LabelPrint.job.in_([job for job, _, _ in jobs]),
        LabelPrint.state.in_(("failed", "sending")),
    )
    faults: dict[int, str] = {}
    for row in db.session.scalars(stopped.order_by(LabelPrint.job, LabelPrint.position)) if jobs else ():
        if fault := fault_of(row):
            faults.setdefault(row.job, fault)
    return [Unfinished(job, count, left, faults.get(job)) for job, count, left in jobs]
