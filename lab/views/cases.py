"""Cases of dental laboratories: what is near or late, a case with its acts, a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from clinic import finders
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.finders import Asked, Finder, Found
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.acting import Actor
from clinic.services.find import one
from clinic.services.read_patient import choices
from clinic.services.surviving import survivor_of
from clinic.views import things
from clinic.views.editing import Edit, kept
from clinic.views.guard import actor
from clinic.views.reading import read_date
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.domain.container import NotPossible
from lab.domain.dental_case_refusals import case_refused
from lab.domain.wall_clock import read_local
from lab.models import DentalCase
from lab.services.case_facts import case_by_number
from lab.services.case_lists import SHOWN, Listed, cases_of, dental_laboratories, listed, listed_cases
from lab.services.case_page import read_case
from lab.services.change_case import change_case, move_seat_visit, note_case
from lab.services.dental_tables import remake_reasons
from lab.services.end_case import cancel_case, undo_case
from lab.services.open_case import open_case
from lab.services.remake_case import remake_case
from lab.services.send_case import disinfect_case, return_case, seat_case, send_case, try_case_in
from lab.views import case_words
from lab.views.case_form import AskedForm, NewCaseForm, asked_in, asks_of_work, shown_in

screens = Blueprint("cases", __name__, url_prefix="/lab/cases")

things.declare(dental_case=Kind(N_("dental case"), "cases.by_id", "case_id"))
LEAST = 3


@screens.get("")
@requires("lab.read")
def index() -> str:
    """What is near or late; or all that is under way, or what is done."""
    shown = request.args.get("show", SHOWN[0])
    shown = shown if shown in SHOWN else SHOWN[0]
    page = listed_cases(actor(), shown)
    seen(*{each.row.patient_id for each in page.rows})
    return render_template("lab/cases.html", page=page, shown=shown, w=case_words)


@screens.get("/id/<int:case_id>")
@requires("lab.read")
def by_id(case_id: int) -> Response:
    """By its row, as the journal names it."""
    return redirect(url_for("cases.show", number=one(actor(), DentalCase, case_id).number), code=303)


@screens.route("/new/<int:patient_id>", methods=["GET", "POST"])
@requires("lab.case")
def new(patient_id: int) -> tuple[str, int] | Response:
    """Open a case for a patient."""
    who = actor()
    patient = survivor_of(who, patient_id)
    seen(patient.id)
    places, providers = choices(who)
    form, laboratories = NewCaseForm(), dental_laboratories(who)
    form.offer(laboratories)
    form.offer_people(places, providers)
    if not form.is_submitted():
        oneself = [row for row in providers if row.staff_id == who.staff_id] or providers
        form.provider_id.data = str(oneself[0].id) if len(oneself) == 1 else ""
        form.record.data = "impression"
    edit, opened = Edit(form), list[int]()

    def enter(_seen: str) -> None:
        provider = int(form.provider_id.data) if form.provider_id.data else None
        asked = asked_in(who, form)
        opened.append(open_case(who, patient.id, int(form.location_id.data), asked, provider_id=provider))

    if edit.takes(enter):
        return by_id(opened[0])
    answer = render_template(
        "lab/case_new.html", edit=edit, patient=patient, laboratories=laboratories, asks=asks_of_work()
    )
    return answer, edit.status


@screens.get("/<number>")
@requires("lab.read")
def show(number: str) -> str:
    """One case."""
    return _page(number)


@screens.route("/<number>/change", methods=["GET", "POST"])
@requires("lab.case")
def change(number: str) -> tuple[str, int] | Response:
    """Change what is asked, before it leaves."""
    who, row = actor(), case_by_number(actor(), number)
    seen(row.patient_id)
    asked = listed(row).case.prescription
    form = AskedForm(data=shown_in(asked))
    form.offer(dental_laboratories(who))
    edit = Edit(form, asked)
    if edit.takes(lambda print_: change_case(who, row.id, asked_in(who, form), print_)):
        return kept("cases.show", number=number)
    return render_template("lab/case_change.html", edit=edit, row=row, asks=asks_of_work()), edit.status


class Act(NamedTuple):
    """An act of the page: its service, told the case's id and the form."""

    does: Callable[[Actor, int, Any, Any], Any]
    done: str = ""


ACTS: dict[str, Act] = {
    "disinfect": Act(
        lambda who, id_, form, at: disinfect_case(who, id_, form.get("product"), at), N_("Disinfected: it may go.")
    ),
    "send": Act(
        lambda who, id_, form, at: send_case(who, id_, form.get("courier"), form.get("tracking"), at), N_("Sent.")
    ),
    "back": Act(
        lambda who, id_, form, at: return_case(who, id_, finished="try_in" not in form, lot=form.get("lot"), at=at)
    ),
    "try": Act(lambda who, id_, form, at: try_case_in(who, id_, form.get("words"), at), N_("Tried in.")),
    "seat": Act(lambda who, id_, _form, at: seat_case(who, id_, at), N_("Seated.")),
    "move": Act(lambda who, id_, form, _at: move_seat_visit(who, id_, _day(form), form.get("reason"))),
    "note": Act(lambda who, id_, form, _at: note_case(who, id_, form.get("words", ""))),
    "cancel": Act(lambda who, id_, form, _at: cancel_case(who, id_, form.get("reason", ""))),
    "undo": Act(lambda who, id_, form, _at: undo_case(who, id_, form.get("reason", "")), N_("Taken back.")),
}
"""What the page's buttons do, by the last part of their address."""


@screens.post("/<number>/acts/<name>")
@requires("lab.case")
def act(number: str, name: str) -> str | tuple[str, int] | Response:
    """Tell what was done."""
    row = case_by_number(actor(), number)
    if name not in ACTS:
        return redirect(url_for("cases.show", number=number), code=303)
    try:
        ACTS[name].does(actor(), row.id, request.form, _at(row))
    except Refused as refused:
        return _page(number, wrong={name: refused}), 422
    if ACTS[name].done:
        flash(_(ACTS[name].done), "success")
    return redirect(url_for("cases.show", number=number), code=303)


@screens.post("/<number>/remake")
@requires("lab.case")
def remake(number: str) -> tuple[str, int] | Response:
    """It is to be made again."""
    row, form = case_by_number(actor(), number), request.form
    try:
        new_number = remake_case(
            actor(),
            row.id,
            form.get("code", ""),
            form.get("words", ""),
            seat_on=_day(form),
            record=form.get("record") or None,
        )
    except Refused as refused:
        return _page(number, wrong={"remake": refused}), 422
    flash(_("%(number)s takes its place.", number=new_number), "success")
    return redirect(url_for("cases.show", number=new_number), code=303)


def _at(row: DentalCase) -> Any:
    """The instant that was typed as the place's clock shows it; None for now."""
    try:
        return read_local(request.form.get("at", ""), row.location.time_zone)
    except NotPossible as why:
        raise case_refused(why, "at") from why


def _day(form: Any) -> Any:
    typed = form.get("seat_on", "").strip()
    return read_date(typed, "seat_on") if typed else None


def _page(number: str, wrong: dict[str, Refused] | None = None) -> str:
    page = read_case(actor(), number)
    seen(page.row.patient_id)
    for refused in (wrong or {}).values():
        flash(told(refused), "error")
    return render_template(
        "lab/case.html",
        page=page,
        row=page.row,
        case=page.case,
        asked=page.case.prescription,
        wrong=wrong or {},
        reasons=remake_reasons(),
        w=case_words,
    )


def _found(each: Listed, title: str, number: str = "") -> Found:
    return Found(
        title=title,
        code=each.row.number,
        more=str(_(case_words.STATES[each.case.state])),
        endpoint="cases.show",
        arguments={"number": each.row.number},
        exact=each.row.number == number,
        patient_id=each.row.patient_id,
        on=each.row.created_at,
    )


def _said(each: Listed) -> str:
    asked = each.case.prescription
    return " ".join(filter(None, (case_words.work(asked), case_words.where(asked))))


def _numbered(who: Actor, wanted: Asked, most: int) -> list[Found]:
    text = wanted.text.strip().upper()
    if len(text) < LEAST or not text.startswith("D") or not text[1:].isdigit():
        return []
    rows = db.session.scalars(
        select(DentalCase)
        .where(DentalCase.practice_id == who.practice_id, DentalCase.number.startswith(text, autoescape=True))
        .options(joinedload(DentalCase.patient))
        .order_by(DentalCase.id.desc())
        .limit(most)
    )
    return [_found(each, f"{each.row.patient.name}, {_said(each)}", text) for each in map(listed, rows)]


def _of_patients(who: Actor, patient_ids: tuple[int, ...], most: int) -> list[Found]:
    return [_found(each, _said(each)) for each in cases_of(who, patient_ids, most)]


finders.declare(Finder("cases", N_("Dental cases"), "lab.read", _numbered, _of_patients, order=38))
