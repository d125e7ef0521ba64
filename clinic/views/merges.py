"""Merging two charts of one person: choosing the other, comparing the two, undoing."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from clinic.domain.particulars import Particulars
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.models import Patient
from clinic.policy import requires
from clinic.services.find import one
from clinic.services.find_patients import Hit, listed
from clinic.services.merge_patients import merge_patients, unmerge_patients
from clinic.services.read_patient import read_chart
from clinic.services.surviving import survivor_of
from clinic.views.asking import asked
from clinic.views.editing import Edit
from clinic.views.guard import actor
from clinic.views.patient_form import text

screens = Blueprint("merges", __name__, url_prefix="/patients")

FOUND = 20


class MergeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Which chart stays, and how it is known that the two are one person."""

    stays = RadioField(_l("Which chart stays"), [InputRequired(_l("This is needed."))])
    reason = text(_l("How it is known"), 200, needed=True)


class UndoForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Why the two are not one person after all."""

    reason = text(_l("Why they are two"), 200, needed=True)


@screens.get("/<int:patient_id>/merge")
@requires("patient.merge")
def choose(patient_id: int) -> str:
    """Find the other chart."""
    chart = read_chart(actor(), patient_id)
    patient = chart.patient
    wanted = asked(request.args.get("q", ""))
    rows: Sequence[Hit] = ()
    if wanted.text:
        others = (Patient.id != patient.id, Patient.merged_into_id.is_(None))
        rows = listed(actor(), wanted, most=FOUND, where=others).rows
    seen(patient.id, *(row.patient.id for row in rows), *(each.patient.id for each in chart.alikes))
    return render_template("clinic/merge_choose.html", patient=patient, chart=chart, rows=rows, wanted=wanted)


@screens.route("/<int:patient_id>/merge/<int:other_id>", methods=["GET", "POST"])
@requires("patient.merge")
def compare(patient_id: int, other_id: int) -> tuple[str, int] | Response:
    """The two side by side; merge them."""
    who = actor()
    charts = [read_chart(who, each) for each in (patient_id, other_id)]
    pair = {str(chart.patient.id): chart.patient for chart in charts}
    if len(pair) < 2:
        raise Refused(N_("The two are one chart already."), remedy=N_("Undo the merge between them, if it was wrong."))
    seen(*(each for chart in charts for each in chart.ids))
    form = MergeForm()
    form.stays.choices = [SelectChoice(key, row.chart_number) for key, row in pair.items()]
    edit = Edit(form)

    def merge(_seen: str) -> None:
        stays = pair[form.stays.data]
        goes = next(row for key, row in pair.items() if key != form.stays.data)
        versions = tuple(request.form.get(f"version-{row.id}", type=int) or 0 for row in (goes, stays))
        merge_patients(who, goes.id, stays.id, form.reason.data, (versions[0], versions[1]))

    if edit.takes(merge):
        return redirect(url_for("patients.show", patient_id=form.stays.data), code=303)
    labels = Particulars.__struct_fields__
    return render_template("clinic/merge_compare.html", edit=edit, charts=charts, labels=labels), edit.status


@screens.route("/<int:patient_id>/unmerge", methods=["GET", "POST"])
@requires("patient.merge")
def undo(patient_id: int) -> tuple[str, int] | Response:
    """Undo a merge: the chart stands for itself again."""
    patient = one(actor(), Patient, patient_id)
    stays = survivor_of(actor(), patient_id)
    edit = Edit(UndoForm())
    seen(patient.id, stays.id)
    if edit.takes(lambda _seen: unmerge_patients(actor(), patient_id, edit.form.reason.data)):
        return redirect(url_for("patients.show", patient_id=patient_id), code=303)
    return render_template("clinic/merge_undo.html", edit=edit, patient=patient, stays=stays), edit.status
