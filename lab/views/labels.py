"""Labels: what is to be labelled, a container's label and its copies, jobs on their way to a printer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response as AnyResponse

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import LABEL_STOCKS
from clinic.journal.reads import seen
from clinic.models import Printer, Staff
from clinic.policy import requires
from clinic.services.change_printer import when_taken_away
from clinic.services.find import Unknown, one
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.documents.label import STORAGE, Label, heads
from lab.documents.label_pdf import labels_pdf
from lab.documents.zpl import zpl_file
from lab.models import LabelPrint, Specimen
from lab.services.label_of import label_of
from lab.services.print_labels import Loaded, ask_for_test, exact, laid_as, laid_in, loaded_in, print_labels
from lab.services.printing.outcome import FAULTS
from lab.services.reprint_label import reprint_label
from lab.services.run_label_job import (
    fault_of,
    forget_printer,
    go_on,
    go_on_from,
    hand_over,
    leave_rest,
    progress_of,
    rows_of,
    unfinished,
)

screens = Blueprint("labels", __name__, url_prefix="/lab/labels")

when_taken_away(forget_printer)
things.declare(label_job=Kind("labels", "labels.job", "job"))

WAITING = 200
"""Containers offered at once; the next ones follow when these have their labels."""


@screens.get("")
@requires("lab.read")
def index() -> str:
    """Containers without a label, and jobs that did not come to their end."""
    rows = _unlabelled()
    seen(*{row.patient_id for row in rows})
    return render_template("lab/labels.html", rows=rows, jobs=unfinished(actor()), printers=_printers(), faults=FAULTS)


@screens.get("/container/<path:number>", endpoint="one")
@requires("lab.read")
def of_one(number: str) -> str:
    """A container's label as it would be printed now, and every copy of it."""
    row, label = label_of(actor(), number, _)
    seen(row.patient_id)
    printers = _printers()
    return render_template(
        "lab/label.html",
        row=row,
        laid=laid_as(label, _first(printers, row.location_id)),
        copies=_copies(row.id),
        printers=printers,
        exact=exact,
        stocks=LABEL_STOCKS,
    )


@screens.post("/print", endpoint="print")
@requires("lab.work")
def print_chosen() -> AnyResponse:
    """Print the labels of the containers that were ticked."""
    chosen = [int(text) for text in request.form.getlist("specimen") if text.isascii() and text.isdigit()]
    try:
        job = print_labels(actor(), list(dict.fromkeys(chosen)), _chosen_printer(chosen), _)
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(request.referrer or url_for("labels.index"), code=303)
    return _begin(job)


@screens.post("/prints/<int:print_id>/again")
@requires("lab.work")
def again(print_id: int) -> AnyResponse:
    """Print a label again as it was, for a reason."""
    text = request.form.get("printer", "")
    try:
        loaded = loaded_in(actor(), int(text)) if text.isascii() and text.isdigit() else None
        job = reprint_label(actor(), print_id, request.form.get("reason", ""), loaded)
    except Refused as refused:
        flash(told(refused), "error")
        row = one(actor(), LabelPrint, print_id)
        specimen = one(actor(), Specimen, row.specimen_id or 0)
        return redirect(url_for("labels.one", number=specimen.number), code=303)
    return _begin(job)


@screens.post("/test/<int:printer_id>")
@requires("lab.work")
def test(printer_id: int) -> AnyResponse:
    """Print a label that names nobody."""
    try:
        loaded = loaded_in(actor(), printer_id)
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("printers.edit", printer_id=printer_id), code=303)
    return _begin(ask_for_test(actor(), _sample(), loaded))


@screens.get("/jobs/<int:job>")
@requires("lab.read")
def job(job: int) -> str:
    """How far a job is, and what to do where it stopped."""
    return _job("lab/label_job.html", job)


@screens.post("/jobs/<int:job>/go")
@requires("lab.work")
def go(job: int) -> str | AnyResponse:
    """Send the next labels of a job; asked again by the page itself until all are out or something stops it."""
    _send_some(job)
    if request.headers.get("HX-Request"):
        return _job("lab/label_job_pane.html", job)
    return redirect(url_for("labels.job", job=job), code=303)


@screens.post("/jobs/<int:job>/from")
@requires("lab.work")
def go_from(job: int) -> AnyResponse:
    """Go on from the label that a person names, having looked at what came out."""
    text = request.form.get("position", "")
    try:
        go_on_from(actor(), job, int(text) if text.isascii() and text.isdigit() else 0)
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("labels.job", job=job), code=303)
    return _begin(job)


@screens.post("/jobs/<int:job>/leave")
@requires("lab.work")
def leave(job: int) -> AnyResponse:
    """Give up what did not come out."""
    try:
        leave_rest(actor(), job)
    except Refused as refused:
        flash(told(refused), "error")
    return redirect(url_for("labels.job", job=job), code=303)


@screens.post("/jobs/<int:job>/file")
@requires("lab.work")
def file(job: int) -> Response:
    """All labels of a job as PDF or ZPL: they went out with it."""
    seen(*_patients(rows_of(actor(), job)))
    if request.form.get("as") == "zpl":
        body = hand_over(actor(), job, lambda rows: zpl_file(map(laid_in, rows)))
        kind, name = "application/octet-stream", f"labels-{job}.zpl"
    else:
        language = str(get_locale() or "en").split("_")[0]
        body = hand_over(actor(), job, lambda rows: labels_pdf(map(laid_in, rows), lang=language))
        kind, name = "application/pdf", f"labels-{job}.pdf"
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _begin(number: int) -> AnyResponse:
    """Send the first labels of a job where it has a printer, and show how far it is."""
    rows = rows_of(actor(), number)
    printer = db.session.get(Printer, rows[0].printer_id) if rows[0].printer_id is not None else None
    if printer is not None and printer.kind != "download":
        _send_some(number)
    return redirect(url_for("labels.job", job=number), code=303)


def _send_some(number: int) -> None:
    try:
        progress = go_on(actor(), number)
    except Refused as refused:
        flash(told(refused), "error")
        return
    if progress.fault:
        flash(_(FAULTS[progress.fault]), "error")


def _job(template: str, number: int) -> str:
    rows = rows_of(actor(), number)
    seen(*_patients(rows))
    printer = db.session.get(Printer, rows[0].printer_id) if rows[0].printer_id is not None else None
    return render_template(
        template,
        number=number,
        rows=rows,
        progress=progress_of(rows),
        printer=printer,
        sends=printer is not None and printer.kind != "download",
        faults=FAULTS,
        fault_of=fault_of,
        next_position=next((row.position for row in rows if row.state != "sent"), len(rows)),
        laid=laid_in(rows[0]),
    )


def _patients(rows: list[LabelPrint]) -> set[int]:
    wanted = select(Specimen.patient_id).where(
        Specimen.practice_id == actor().practice_id,
        Specimen.id.in_({row.specimen_id for row in rows if row.specimen_id is not None}),
    )
    return set(db.session.scalars(wanted))


def _printers() -> list[Printer]:
    wanted = select(Printer).where(Printer.practice_id == actor().practice_id, Printer.kind != "paper")
    return list(db.session.scalars(wanted.order_by(Printer.id)))


def _first(printers: list[Printer], location_id: int | None) -> Loaded:
    """What labels are printed on unless something else is chosen: the printer of the place, else the first."""
    here = [each for each in printers if each.stock and each.dpi]
    chosen = next((each for each in here if each.location_id == location_id), here[0] if here else None)
    if chosen is None or chosen.stock is None or chosen.dpi is None:
        return Loaded()
    return Loaded(chosen.stock, chosen.dpi, chosen.id)


def _chosen_printer(specimen_ids: list[int]) -> Loaded:
    text = request.form.get("printer")
    if text is None:
        place = db.session.scalar(
            select(Specimen.location_id).where(
                Specimen.practice_id == actor().practice_id, Specimen.id.in_(specimen_ids[:1])
            )
        )
        return _first(_printers(), place)
    if text == "":
        return Loaded()
    if not (text.isascii() and text.isdigit()):
        raise Unknown(Printer.__tablename__)
    return loaded_in(actor(), int(text))


def _unlabelled() -> list[Specimen]:
    wanted = (
        select(Specimen)
        .where(
            Specimen.practice_id == actor().practice_id,
            Specimen.labeled.is_(False),
            Specimen.state.in_(("planned", "collected")),
        )
        .options(joinedload(Specimen.patient))
        .order_by(Specimen.created_at, Specimen.id)
        .limit(WAITING)
    )
    return list(db.session.scalars(wanted))


def _copies(specimen_id: int) -> list[Any]:
    wanted = (
        select(LabelPrint, Staff.first, Staff.last)
        .outerjoin(Staff, LabelPrint.staff_id == Staff.id)
        .where(LabelPrint.practice_id == actor().practice_id, LabelPrint.specimen_id == specimen_id)
        .order_by(LabelPrint.id.desc())
    )
    return list(db.session.execute(wanted))


def _sample() -> Label:
    """All that a label may say, of nobody."""
    at = datetime.fromisoformat("2000-01-01T00:00+00:00")
    return Label(
        number="C000000",
        last=_("Test label"),
        first="ÉŁŹßœ",
        birth=date(2000, 1, 1),
        sex="U",
        chart_number="0000000",
        specimen=_("No specimen"),
        site="0",
        collected=at,
        initials="--",
        part=1,
        parts=1,
        storage=_(STORAGE["room"]),
        use_by=at,
        account="0000",
        requisition="0000",
        heads=heads(_),
    )
