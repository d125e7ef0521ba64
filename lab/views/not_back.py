"""Sent, and no result after the days it takes: whom to call, and what they said."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.services import not_back as overdue
from lab.views import package_words
from lab.views.packages import screens as packages


@packages.get("/not-back")
@requires("lab.read")
def not_back() -> str:
    """Those that wait longest first."""
    page = overdue.not_back(actor())
    seen(*{each.line.order.patient_id for each in page.rows})
    return render_template("lab/not_back.html", page=page, w=package_words)


@packages.post("/not-back/<int:line_id>")
@requires("lab.send")
def called(line_id: int) -> Response:
    """Who was called, and what they said."""
    try:
        overdue.note_call(actor(), line_id, request.form.get("outcome", ""), request.form.get("words", ""))
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("The call is kept."), "success")
    return redirect(url_for("packages.not_back"), code=303)
