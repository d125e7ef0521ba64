"""A result from elsewhere beside the orders it may belong to: what agrees, what differs; matched by a person."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from msgspec.structs import replace
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.domain.matching import nearest
from lab.models import IncomingResult
from lab.services.match_incoming import candidates, match_incoming, read_of, set_aside
from lab.views.results import screens as results


@results.get("/results/incoming/<int:incoming_id>")
@requires("lab.result")
def incoming(incoming_id: int) -> str:
    """The report on the left, lines it may belong to beside it; ``order`` adds those of an order's number."""
    who = actor()
    row = one(who, IncomingResult, incoming_id)
    said = read_of(row)
    asked = request.args.get("order", "").strip().upper()
    look = replace(said, order_numbers=(*said.order_numbers, asked)) if asked else said
    known = candidates(who.practice_id, look) if row.state == "unmatched" else []
    fits = nearest(look, known)
    seen(*{each.candidate.patient_id for each in fits}, *([row.patient_id] if row.patient_id else []))
    return render_template("lab/result_incoming.html", row=row, report=said, fits=fits, asked=asked)


@results.post("/results/incoming/<int:incoming_id>")
@requires("lab.result")
def settle(incoming_id: int) -> Response:
    """Match it to the line that was chosen, or set it aside."""
    form = request.form
    try:
        if "aside" in form:
            set_aside(actor(), incoming_id, form.get("reason", ""))
            flash(_("Set aside."), "success")
        else:
            found = match_incoming(actor(), incoming_id, form.get("line", 0, type=int))
            flash(_("Matched.") if found else _("Matched. It says nothing new."), "success")
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("results.incoming", incoming_id=incoming_id), code=303)
    return redirect(url_for("results.to_enter", part="unmatched"), code=303)
