"""Patients: the list, a patient's page, entering and correcting, two versions side by side."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic import queues
from clinic.domain.particulars import Particulars
from clinic.domain.words import N_
from clinic.finders import in_order
from clinic.journal.reads import seen
from clinic.models import Patient
from clinic.policy import requires
from clinic.queues import Queue
from clinic.services.changing import Overtaken
from clinic.services.correct_patient import correct_patient
from clinic.services.enter_patient import MayBeSame, enter_patient
from clinic.services.find import one
from clinic.services.find_patients import listed
from clinic.services.look_alikes import Alike
from clinic.services.patient_facts import particulars_of
from clinic.services.read_patient import current, read_chart
from clinic.services.surviving import survivor_of
from clinic.services.tell_apart import tell_apart
from clinic.views.asking import asked
from clinic.views.editing import Edit, typed
from clinic.views.guard import actor, may
from clinic.views.patient_form import PatientForm
from clinic.views.things import Kind
from clinic.views.things import declare as declare_things
from clinic.views.today_here import today_here

screens = Blueprint("patients", __name__, url_prefix="/patients")

queues.declare(Queue("patients", N_("Patients"), N_("Patients"), "patient.read", "patients.index", order=10))
declare_things(patient=Kind(N_("patient"), "patients.show", "patient_id"))

PAGE_ROWS = 50
OTHERS = 12
"""Rows of other packages on a patient's page."""


class Version(NamedTuple):
    """One field of two versions: as it stands now, and as it was typed."""

    label: str
    now: Any
    typed: Any


@screens.get("")
@requires("patient.read")
def index() -> str:
    """The patients; what is asked for, the order and the page stand in the address."""
    wanted = asked(request.args.get("q", ""))
    page = max(1, request.args.get("page", 1, type=int))
    sort = request.args.get("sort", "name")
    found = listed(actor(), wanted, sort, most=PAGE_ROWS, skip=(page - 1) * PAGE_ROWS)
    seen(*(row.patient.id for row in found.rows))
    return render_template(
        "clinic/patients.html",
        rows=found.rows,
        count=found.total,
        page=page,
        pages=-(-found.total // PAGE_ROWS),
        wanted=wanted,
    )


@screens.get("/<int:patient_id>")
@requires("patient.read")
def show(patient_id: int) -> str | Response:
    """A patient's page; a merged one leads to whom they were merged into."""
    who = actor()
    chart = read_chart(who, patient_id)
    patient = chart.patient
    if patient.id != patient_id:
        flash(_("That chart was merged into this one."), "info")
        return redirect(url_for("patients.show", patient_id=patient.id))
    seen(*chart.ids, *(each.patient.id for each in chart.alikes))
    others = [
        (finder, finder.of_patients(who, chart.ids, OTHERS))
        for finder in in_order()
        if finder.of_patients and may(finder.right)
    ]
    today = today_here()
    now_first = current(chart.coverages, today)
    policies = now_first + [row for row in chart.coverages if row not in now_first]
    return render_template(
        "clinic/patient.html", chart=chart, patient=patient, policies=policies, others=others, today=today
    )


@screens.route("/new", methods=["GET", "POST"])
@requires("patient.write")
def new() -> tuple[str, int] | Response:
    """Enter a patient. Those who may be the same are shown first, and a person decides."""
    form = PatientForm()
    edit, alikes, entered = Edit(form), list[Alike](), list[int]()

    def enter(_seen: str) -> None:
        unlike = tuple(int(text) for text in request.form.getlist("unlike") if text.isascii() and text.isdigit())
        entered.append(enter_patient(actor(), typed(form, Particulars), unlike))

    try:
        if edit.takes(enter):
            return redirect(url_for("patients.show", patient_id=entered[0]), code=303)
    except MayBeSame as question:
        alikes = question.alikes
        seen(*(each.patient.id for each in alikes))
        edit.status = 200
    if not form.is_submitted():
        _take_over(form)
    return render_template("clinic/patient_new.html", edit=edit, alikes=alikes), edit.status


def _take_over(form: PatientForm) -> None:
    """What was looked for and not found is the beginning of who is entered."""
    wanted = asked(request.args.get("q", ""))
    names = [word for word in wanted.words if word[:1].isalpha()]
    form.last.data = names[0] if names else None
    form.first.data = " ".join(names[1:]) or None
    form.birth.data = wanted.day


@screens.route("/<int:patient_id>/edit", methods=["GET", "POST"])
@requires("patient.write")
def edit(patient_id: int) -> tuple[str, int] | Response:
    """Correct a patient. The second of two who save gets both versions side by side."""
    patient = one(actor(), Patient, patient_id)
    if patient.merged_into_id is not None:
        return redirect(url_for("patients.edit", patient_id=survivor_of(actor(), patient_id).id))
    before = particulars_of(patient)
    form = PatientForm(data={name: getattr(before, name) for name in Particulars.__struct_fields__})
    editing, versions = Edit(form, before), list[Version]()

    def correct(saw: str) -> None:
        try:
            correct_patient(actor(), patient_id, typed(form, Particulars), saw)
        except Overtaken as overtaken:
            versions.extend(both(form, overtaken.now))
            raise

    if editing.takes(correct):
        return redirect(url_for("patients.show", patient_id=patient_id), code=303)
    seen(patient.id)
    page = render_template("clinic/patient_edit.html", edit=editing, patient=patient, versions=versions)
    return page, editing.status


@screens.post("/<int:patient_id>/unlike/<int:other_id>")
@requires("patient.write")
def unlike(patient_id: int, other_id: int) -> Response:
    """Say that two who look alike are two persons."""
    tell_apart(actor(), patient_id, other_id)
    return redirect(url_for("patients.show", patient_id=patient_id), code=303)


def both(form: Any, stands: Any) -> list[Version]:
    """The fields of a form beside what stands there now, those that differ first."""
    rows = [
        Version(field.label.text, getattr(stands, field.name), field.data)
        for field in form
        if field.name in type(stands).__struct_fields__
    ]
    return sorted(rows, key=lambda row: (row.now or None) == (row.typed or None))
