"""Who may pack: when each was trained, and until when that holds."""

from __future__ import annotations

from datetime import UTC, datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.policy import requires
from clinic.views.formats import zone
from clinic.views.guard import actor
from clinic.views.reading import read_date
from clinic.views.telling import told
from lab.services.training import record_training, trainings
from lab.views.packages import screens as packages


@packages.get("/packers")
@requires("lab.read")
def packers() -> str:
    """Everyone who works here."""
    return render_template("lab/packers.html", rows=trainings(actor()))


@packages.post("/packers/<int:staff_id>")
@requires("lab.catalogue")
def train(staff_id: int) -> Response:
    """Keep a training: from the start of its day to the end of the last day it holds."""
    form = request.form
    try:
        since = _day(form.get("trained_on", ""), "trained_on", time.min)
        until = (
            _day(form["valid_until"], "valid_until", time(23, 59, 59)) if form.get("valid_until", "").strip() else None
        )
        record_training(actor(), staff_id, since, until)
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("The training is kept."), "success")
    return redirect(url_for("packages.packers"), code=303)


def _day(text: str, where: str, at: time) -> datetime:
    return datetime.combine(read_date(text, where), at, zone()).astimezone(UTC)
