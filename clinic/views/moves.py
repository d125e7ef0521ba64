"""Moving a visit to the right patient: finding whose it is, saying why."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.journal.reads import seen
from clinic.models import Patient
from clinic.policy import requires
from clinic.services.find_patients import Hit, listed
from clinic.services.move_visit import move_visit
from clinic.services.read_visit import read_visit
from clinic.views.asking import asked
from clinic.views.editing import Edit
from clinic.views.guard import actor
from clinic.views.visit_form import MoveForm

screens = Blueprint("moves", __name__)

FOUND = 20


@screens.route("/visits/<int:visit_id>/move", methods=["GET", "POST"])
@requires("visit.move")
def visit(visit_id: int) -> tuple[str, int] | Response:
    """Find the right patient and move the visit there."""
    row = read_visit(actor(), visit_id)
    form = MoveForm()
    edit = Edit(form)

    def move(_seen: str) -> None:
        chosen = form.other.data or ""
        move_visit(actor(), visit_id, int(chosen) if chosen.isdigit() else 0, form.reason.data)

    if edit.takes(move):
        return redirect(url_for("visits.show", visit_id=visit_id), code=303)
    wanted = asked(request.values.get("q", ""))
    rows: Sequence[Hit] = ()
    if wanted.text:
        others = (Patient.id != row.patient_id, Patient.merged_into_id.is_(None))
        rows = listed(actor(), wanted, most=FOUND, where=others).rows
    seen(row.patient_id, *(each.patient.id for each in rows))
    return render_template("clinic/visit_move.html", edit=edit, visit=row, rows=rows, wanted=wanted), edit.status
