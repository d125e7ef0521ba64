"""Policies of a patient: add one, change one, end one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from clinic.base import db
from clinic.domain.policies import Policy
from clinic.domain.policy_words import RANKS
from clinic.journal.reads import seen
from clinic.models import Coverage, Patient, Payer
from clinic.policy import requires
from clinic.services.add_coverage import add_coverage
from clinic.services.change_coverage import change_coverage
from clinic.services.changing import Overtaken
from clinic.services.end_coverage import end_coverage
from clinic.services.find import one
from clinic.services.patient_facts import policy_of
from clinic.services.read_patient import current
from clinic.services.surviving import survivor_of
from clinic.views.editing import Edit, typed
from clinic.views.guard import actor
from clinic.views.patient_form import CoverageForm
from clinic.views.patients import Version, both
from clinic.views.reading import read_date
from clinic.views.today_here import today_here

screens = Blueprint("coverages", __name__)

_ADDRESS = ("street", "city", "state", "postal_code")


@screens.route("/patients/<int:patient_id>/coverages/new", methods=["GET", "POST"])
@requires("patient.write")
def new(patient_id: int) -> tuple[str, int] | Response:
    """Add a policy."""
    patient = survivor_of(actor(), patient_id)
    seen(patient.id)
    form = CoverageForm()
    form.offer(_payers())
    edit = Edit(form)
    if not form.is_submitted():
        _begin(form, patient)
    if edit.takes(lambda _seen: add_coverage(actor(), patient.id, _policy(form, patient))):
        return redirect(url_for("patients.show", patient_id=patient.id), code=303)
    return render_template("clinic/coverage.html", edit=edit, patient=patient, coverage=None), edit.status


@screens.route("/coverages/<int:coverage_id>/edit", methods=["GET", "POST"])
@requires("patient.write")
def edit(coverage_id: int) -> tuple[str, int] | Response:
    """Change a policy, or end it by its last day. The second of two who save gets both versions side by side."""
    coverage = one(actor(), Coverage, coverage_id)
    patient = one(actor(), Patient, coverage.patient_id)
    seen(patient.id)
    before = policy_of(coverage)
    data = {name: getattr(before, name) for name in Policy.__struct_fields__}
    form = CoverageForm(data=data | {"payer_id": str(before.payer_id), "insurance_type": before.insurance_type or ""})
    form.offer(_payers(before.payer_id))
    editing, versions = Edit(form, before), list[Version]()

    def change(saw: str) -> None:
        try:
            change_coverage(actor(), coverage_id, _policy(form, patient), saw)
        except Overtaken as overtaken:
            versions.extend(both(form, overtaken.now))
            raise

    if editing.takes(change):
        return redirect(url_for("patients.show", patient_id=patient.id), code=303)
    page = render_template("clinic/coverage.html", edit=editing, patient=patient, coverage=coverage, versions=versions)
    return page, editing.status


@screens.post("/coverages/<int:coverage_id>/end")
@requires("patient.write")
def end(coverage_id: int) -> Response:
    """End a policy by its last day."""
    end_coverage(actor(), coverage_id, read_date(request.form.get("ends", ""), "ends"))
    patient_id = one(actor(), Coverage, coverage_id).patient_id
    return redirect(url_for("patients.show", patient_id=patient_id), code=303)


def _begin(form: CoverageForm, patient: Patient) -> None:
    """The first rank that is free today; all else as most policies have it."""
    rows = db.session.scalars(
        select(Coverage).where(Coverage.practice_id == patient.practice_id, Coverage.patient_id == patient.id)
    )
    taken = {row.rank for row in current(list(rows), today_here())}
    form.rank.data = next((rank for rank in RANKS if rank not in taken), "P")
    form.relation.data = "18"
    form.assigns_benefits.data = form.release.data = "Y"


def _policy(form: CoverageForm, patient: Patient) -> Policy:
    payer = form.payer_id.data or ""
    found: dict[str, Any] = {"payer_id": int(payer) if payer.isdigit() else 0}
    policy = typed(form, Policy, **found)
    if form.lives_with.data:
        policy = replace(policy, **{f"subscriber_{name}": getattr(patient, name) for name in _ADDRESS})
    return policy


def _payers(keep: int | None = None) -> list[SelectChoice]:
    rows = db.session.scalars(
        select(Payer)
        .where(Payer.practice_id == actor().practice_id, Payer.active | (Payer.id == (keep or 0)))
        .order_by(Payer.name)
    )
    return [SelectChoice(str(row.id), row.name) for row in rows]
