"""Visits: a visit's page, entering one, and what is written at it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.domain.code import ICD10CM
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.models import Visit
from clinic.policy import requires
from clinic.services.add_act import add_act, charges_like
from clinic.services.add_problem import add_problem, withdraw_problem
from clinic.services.enter_visit import enter_visit
from clinic.services.find import one
from clinic.services.find_codes import find_codes
from clinic.services.read_patient import choices
from clinic.services.read_visit import happened_at, read_visit
from clinic.services.surviving import survivor_of
from clinic.services.write_note import write_note
from clinic.views.editing import Edit
from clinic.views.guard import actor
from clinic.views.things import Kind
from clinic.views.things import declare as declare_things
from clinic.views.today_here import today_here
from clinic.views.visit_form import ActForm, NoteForm, ProblemForm, VisitForm

screens = Blueprint("visits", __name__)

declare_things(visit=Kind(N_("visit"), "visits.show", "visit_id"))

HITS = 12


@screens.get("/visits/<int:visit_id>")
@requires("patient.read")
def show(visit_id: int) -> str:
    """A visit with all that was written at it."""
    return _page(visit_id)[0]


def _page(visit_id: int, **edits: Edit) -> tuple[str, int]:
    who = actor()
    visit = read_visit(who, visit_id)
    stays = visit.patient if visit.patient.merged_into_id is None else survivor_of(who, visit.patient_id)
    seen(visit.patient_id, stays.id)
    page = render_template(
        "clinic/visit.html",
        visit=visit,
        patient=stays,
        happened=happened_at(who, visit_id),
        note=edits.get("note") or Edit(NoteForm(formdata=None)),
        problem=edits.get("problem") or Edit(ProblemForm(formdata=None)),
        act=edits.get("act") or Edit(ActForm(formdata=None)),
    )
    return page, max((edit.status for edit in edits.values()), default=200)


@screens.route("/patients/<int:patient_id>/visits/new", methods=["GET", "POST"])
@requires("visit.write")
def new(patient_id: int) -> tuple[str, int] | Response:
    """Enter a visit; of a merged patient, for whom they were merged into."""
    patient = survivor_of(actor(), patient_id)
    seen(patient.id)
    form = VisitForm()
    places, providers = choices(actor())
    form.offer(places, providers)
    if not form.is_submitted():
        form.on.data = today_here()
        oneself = [row for row in providers if row.staff_id == actor().staff_id] or providers
        form.provider_id.data = str(oneself[0].id) if len(oneself) == 1 else ""
    edit, entered = Edit(form), list[int]()

    def enter(_seen: str) -> None:
        entered.append(
            enter_visit(
                actor(),
                patient.id,
                on=cast("date", form.on.data),
                location_id=_number(form.location_id) or 0,
                provider_id=_number(form.provider_id),
                reason=form.reason.data,
                department=form.department.data,
            )
        )

    if edit.takes(enter):
        return redirect(url_for("visits.show", visit_id=entered[0]), code=303)
    return render_template("clinic/visit_new.html", edit=edit, patient=patient), edit.status


@screens.post("/visits/<int:visit_id>/notes")
@requires("note.write")
def note(visit_id: int) -> tuple[str, int] | Response:
    """Write a note."""
    form = NoteForm()
    return _written(
        visit_id, "note", Edit(form), lambda: write_note(actor(), visit_id, form.text.data, form.section.data)
    )


@screens.post("/visits/<int:visit_id>/problems")
@requires("visit.write")
def problem(visit_id: int) -> tuple[str, int] | Response:
    """Add a problem."""
    form = ProblemForm()
    return _written(
        visit_id,
        "problem",
        Edit(form),
        lambda: add_problem(actor(), visit_id, form.text.data or "", form.code.data or None, form.onset.data),
    )


@screens.post("/problems/<int:problem_id>/withdraw")
@requires("visit.write")
def withdraw(problem_id: int) -> Response:
    """Say that a problem was entered in error."""
    return redirect(url_for("visits.show", visit_id=withdraw_problem(actor(), problem_id)), code=303)


@screens.post("/visits/<int:visit_id>/acts")
@requires("visit.write")
def act(visit_id: int) -> tuple[str, int] | Response:
    """Add what was done."""
    form = ActForm()

    def write() -> int:
        units = form.quantity.data
        return add_act(actor(), visit_id, form.text.data or "", form.code.data, Decimal(1) if units is None else units)

    return _written(visit_id, "act", Edit(form), write)


@screens.get("/visits/<int:visit_id>/codes")
@requires("visit.write")
def codes(visit_id: int) -> str:
    """Codes for what is being typed, judged on the day of the visit."""
    visit, typed = one(actor(), Visit, visit_id), request.args.get("text", "").strip()
    hits = find_codes(actor(), typed, ICD10CM, visit.on, HITS)
    return render_template("clinic/visit_codes.html", hits=hits, typed=typed, on=visit.on)


@screens.get("/visits/<int:visit_id>/charges")
@requires("visit.write")
def charges(visit_id: int) -> str:
    """Rows of the charge list for what is being typed."""
    one(actor(), Visit, visit_id)
    typed = request.args.get("text", "").strip()
    return render_template("clinic/visit_charges.html", rows=charges_like(actor(), typed, HITS), typed=typed)


def _written(visit_id: int, name: str, edit: Edit, write: Any) -> tuple[str, int] | Response:
    """After something was written, the visit's page; what was wrong is told at its field."""
    one(actor(), Visit, visit_id)
    if edit.takes(lambda _seen: write()):
        return redirect(url_for("visits.show", visit_id=visit_id, _anchor=f"{name}s"), code=303)
    return _page(visit_id, **{name: edit})


def _number(field: Any) -> int | None:
    return int(field.data) if (field.data or "").isdigit() else None
