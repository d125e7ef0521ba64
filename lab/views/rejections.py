"""Rejecting a specimen, and what follows: the new one to be drawn, and who was told."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.domain.rejection import CONTACTED, OUTCOMES, REASONS, SUBS, WAYS
from lab.models import Specimen
from lab.services.contacts import Attempt, contacts_of, log_contact
from lab.services.redrawing import redraws
from lab.services.reject import accept_with_note, reject
from lab.services.specimens import by_number, container_of

screens = Blueprint("rejections", __name__, url_prefix="/lab")

CHOICES = {"reasons": REASONS, "subs": SUBS, "whom": CONTACTED, "ways": WAYS, "outcomes": OUTCOMES}


@screens.get("/rejections/<number>")
@requires("lab.work")
def new(number: str) -> str:
    """Why, what more closely, and who is told."""
    return _form(number)


@screens.post("/rejections/<number>")
@requires("lab.work")
def carry_out(number: str) -> Response | tuple[str, int]:
    """Reject it, or let the test go on with a note."""
    who, said = actor(), request.form
    row = by_number(who, number)
    try:
        if said.get("do") == "note":
            accept_with_note(who, row.id, said.get("code", ""), said.get("reason", ""))
            flash(_("Noted. The test goes on."), "success")
            return redirect(_back(row), code=303)
        found = reject(
            who,
            row.id,
            said.get("code", ""),
            said.get("reason", ""),
            sub=said.get("sub") or None,
            recollect="again" in said,
            attempt=_attempt(),
        )
    except Refused as refused:
        return _form(number, refused), 422
    flash(_("Rejected. A new one is to be drawn.") if found else _("Rejected. None is drawn in its place."), "success")
    return redirect(url_for("rejections.to_redraw"), code=303)


@screens.get("/to-redraw")
@requires("lab.work")
def to_redraw() -> str:
    """What is to be drawn again."""
    rows = redraws(actor())
    seen(*{each.row.patient_id for each in rows})
    return render_template("lab/to_redraw.html", rows=rows, by_code={each.code: each for each in REASONS}, **CHOICES)


@screens.post("/rejections/<number>/contact")
@requires("lab.work")
def contact(number: str) -> Response:
    """Keep an attempt to reach somebody."""
    who = actor()
    row = by_number(who, number)
    try:
        log_contact(who, row.id, _attempt() or Attempt(whom="", way="", outcome=""))
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("Kept."), "success")
    return redirect(url_for("rejections.to_redraw"), code=303)


def _attempt() -> Attempt | None:
    said = request.form
    if not said.get("outcome"):
        return None
    return Attempt(
        whom=said.get("whom", ""), way=said.get("way", ""), outcome=said["outcome"], words=said.get("words") or None
    )


def _form(number: str, wrong: Refused | None = None) -> str:
    who = actor()
    row = by_number(who, number)
    row = one(who, Specimen, row.id)
    seen(row.patient_id)
    return render_template(
        "lab/reject.html",
        row=row,
        container=container_of(row),
        contacts=contacts_of(who, [row.id]).get(row.id, []),
        wrong=wrong,
        said=request.form,
        **CHOICES,
    )


def _back(row: Specimen) -> str:
    return url_for("rejections.to_redraw") if row.state == "rejected" else url_for("rejections.new", number=row.number)
