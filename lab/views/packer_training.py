"""Who may pack: when each was trained, and until when that holds."""

from __future__ import annotations

from datetime import UTC, datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location
from clinic.policy import requires
from clinic.views import things
from clinic.views.formats import zone
from clinic.views.guard import actor
from clinic.views.reading import read_date
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.services.packing_rule import rules_of, set_trained_only
from lab.services.training import record_training, trainings
from lab.views.packages import screens as packages

things.declare(packer_training=Kind(N_("training to pack")), packing_rule=Kind(N_("rule of packing")))


@packages.get("/packers")
@requires("lab.read")
def packers() -> str:
    """Everyone who works here, and at which places only the trained pack."""
    who = actor()
    wanted = select(Location).where(Location.practice_id == who.practice_id, Location.active)
    places = list(db.session.scalars(wanted.order_by(Location.name, Location.id)))
    rules = rules_of(who.practice_id, [place.id for place in places])
    return render_template("lab/packers.html", rows=trainings(who), places=places, rules=rules)


@packages.post("/packers/places/<int:location_id>")
@requires("lab.catalogue")
def train_first(location_id: int) -> Response:
    """Say of a place whether only those pack there who were trained to."""
    try:
        wanted = request.form.get("trained_only") == "yes"
        set_trained_only(actor(), location_id, request.form.get("reason", ""), wanted=wanted)
    except Refused as refused:
        flash(told(refused), "error")
    return redirect(url_for("packages.packers"), code=303)


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
