"""Kits: lots, their controls, and who is qualified to run which test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import lazyload
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.changing import facts_of
from clinic.services.clock import now
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept, options, typed
from clinic.views.fields import DayField
from clinic.views.formats import zone
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.reading import read_date
from clinic.views.telling import told
from clinic.views.things import Kind
from clinic.views.today_here import today_here
from lab.domain.catalogue import TestFacts
from lab.domain.controls import EVERY, LEVELS, Moment, against_lot, levels_of, needs_lot
from lab.domain.kit_lot import LotFacts, read_scan
from lab.domain.ranges import Analyte
from lab.domain.result_refusals import WORDS
from lab.models import KitLot
from lab.services.analytes import all_analytes, plain
from lab.services.catalogue import catalogue_on
from lab.services.kit_lots import Shelf, change_lot, enter_lot, names_of, shelves
from lab.services.qualify import qualifications, qualify
from lab.services.run_control import run_control
from lab.views import result_words

screens = Blueprint("kits", __name__, url_prefix="/house/kits")
result_words.set_up(screens)

sections.declare(Section("kits", N_("Kits"), "lab.read", "kits.index", order=38))
things.declare(
    kit_lot=Kind(N_("lot of a kit"), "kits.edit", "lot_id"),
    qualification=Kind(N_("qualification")),
    lab_ranges=Kind(N_("reference ranges")),
)

SOON = timedelta(days=30)


class LotForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A lot."""

    test_key = SelectField(_l("Test"))
    kit = StringField(_l("Kit"), [DataRequired(), Length(max=80)])
    lot = StringField(_l("Lot"), [DataRequired(), Length(max=30)])
    expires_on = DayField(_l("Expires"), [InputRequired()])
    opened_on = DayField(_l("Opened"), [Optional()])
    control_every = SelectField(_l("Control"))
    active = BooleanField(_l("In use"))


def house_tests(today: date) -> dict[str, TestFacts]:
    """Tests that are run in house, by key."""
    tests = catalogue_on(actor().practice_id, today).tests
    return {key: test for key, test in tests.items() if {"poc", "ppm"} & set(test.settings)}


@screens.get("")
@requires("lab.read")
def index() -> str:
    """Lots, those in use first, with what speaks against each; the last controls; qualifications."""
    who = actor()
    tests = house_tests(today_here())
    known = all_analytes(who.practice_id)
    rows = sorted(shelves(who.practice_id), key=lambda each: (not each.row.active, each.row.test_key))
    moment = Moment(at=now(), zone=str(zone()))
    why = {
        each.row.id: against_lot(
            each.lot,
            each.row.test_key,
            each.controls,
            levels_of(known.get(each.row.test_key) or _plain(tests, each.row.test_key)),
            moment,
        )
        for each in rows
    }
    runs = sorted((run for each in rows for run in each.runs), key=lambda run: run.run_at, reverse=True)[:50]
    staff = db.session.scalars(
        select(Staff)
        .where(Staff.practice_id == who.practice_id)
        .options(lazyload(Staff.roles))
        .order_by(Staff.last, Staff.first)
    ).all()
    return render_template(
        "lab/kits.html",
        rows=rows,
        why=why,
        why_words={code: words.what for code, words in WORDS.items()},
        runs=runs,
        lots={each.row.id: each.row for each in rows},
        names={each.id: each.name for each in staff},
        qualified=qualifications(who.practice_id),
        staff=[each for each in staff if each.active],
        tests=tests,
        every=EVERY,
        levels=LEVELS,
        today=today_here(),
        soon=today_here() + SOON,
    )


def _plain(tests: dict[str, TestFacts], key: str) -> tuple[Analyte, ...]:
    return (plain(tests[key]),) if key in tests else ()


@screens.route("/new", methods=["GET", "POST"])
@requires("lab.catalogue")
def new() -> tuple[str, int] | Response:
    """Enter a lot; ``scan`` takes lot and expiry from the bars of its box."""
    found = read_scan(request.args.get("scan", ""))
    data = {"active": True, "control_every": "lot"}
    if found is not None:
        data |= {"lot": found.lot, "expires_on": found.expires_on}
    form = _form(LotForm(data=data))
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_lot(actor(), typed(form, LotFacts))):
        return kept("kits.index")
    return _page(edit, None), edit.status


@screens.route("/<int:lot_id>", methods=["GET", "POST"])
@requires("lab.catalogue")
def edit(lot_id: int) -> tuple[str, int] | Response:
    """Change a lot, or close it."""
    row = one(actor(), KitLot, lot_id)
    form = _form(LotForm(obj=row))
    work = Edit(form, facts_of(LotFacts, row))
    if work.takes(lambda seen: change_lot(actor(), lot_id, typed(form, LotFacts), seen)):
        return kept("kits.index")
    return _page(work, row), work.status


def _form(form: LotForm) -> LotForm:
    tests = {key: test.name for key, test in house_tests(today_here()).items() if needs_lot(test.settings)}
    if form.test_key.data and form.test_key.data not in tests:
        tests[form.test_key.data] = form.test_key.data
    form.test_key.choices = options({key: _(name) for key, name in tests.items()})
    form.control_every.choices = options({key: _(words) for key, words in EVERY.items()})
    return form


def _page(work: Edit, row: KitLot | None) -> str:
    return render_template("lab/kit.html", edit=work, row=row, history=history("kit_lot", row.id) if row else None)


@screens.get("/<int:lot_id>/control")
@requires("lab.result")
def control(lot_id: int) -> str:
    """A control's form, and those that were run."""
    return _control(lot_id)


def _control(lot_id: int, wrong: Refused | None = None) -> str:
    who = actor()
    row = one(who, KitLot, lot_id)
    shelf = next(each for each in shelves(who.practice_id, tests=(row.test_key,)) if each.row.id == lot_id)
    analytes = all_analytes(who.practice_id).get(row.test_key, ())
    levels = levels_of(analytes)
    return render_template(
        "lab/kit_control.html",
        row=row,
        shelf=shelf,
        why=_against(shelf, levels),
        why_words={code: words.what for code, words in WORDS.items()},
        levels={key: LEVELS[key] for key in levels},
        all_levels=LEVELS,
        names=names_of(who.practice_id, [run.staff_id for run in shelf.runs]),
        back=request.args.get("line", type=int) or request.form.get("line", type=int),
        wrong={wrong.where: told(wrong)} if wrong else {},
        said=request.form,
    )


def _against(shelf: Shelf, levels: tuple[str, ...]) -> str | None:
    return against_lot(shelf.lot, shelf.row.test_key, shelf.controls, levels, Moment(at=now(), zone=str(zone())))


@screens.post("/<int:lot_id>/control")
@requires("lab.result")
def keep_control(lot_id: int) -> Response | tuple[str, int]:
    """Keep what a control gave."""
    form = request.form
    try:
        run_control(actor(), lot_id, form.get("level", ""), form.get("value", ""), passed=_passed(form))
    except Refused as refused:
        return _control(lot_id, refused), 422
    flash(_("Kept."), "success")
    line = form.get("line", type=int)
    again = _against_now(lot_id)
    if line and again is None:
        lot = one(actor(), KitLot, lot_id).lot
        return redirect(url_for("results.enter", line_id=line, lot=lot), code=303)
    return redirect(url_for("kits.control", lot_id=lot_id, line=line), code=303)


def _passed(form: Mapping[str, str]) -> bool:
    """Whether a control passed, as it was said.

    Raises:
        Refused: it was not said.
    """
    if form.get("passed") not in {"yes", "no"}:
        raise Refused(N_("It is not said whether it passed."), where="passed", remedy=N_("Choose one."))
    return form["passed"] == "yes"


def _against_now(lot_id: int) -> str | None:
    row = one(actor(), KitLot, lot_id)
    shelf = next(each for each in shelves(actor().practice_id, tests=(row.test_key,)) if each.row.id == lot_id)
    return _against(shelf, levels_of(all_analytes(actor().practice_id).get(row.test_key, ())))


@screens.post("/qualifications")
@requires("lab.catalogue")
def keep_qualification() -> Response:
    """Keep that somebody may run a test."""
    form = request.form
    try:
        test = _house_test(form.get("test", ""))
        since = read_date(form.get("since", ""), "since")
        until = read_date(form["until"], "until") if form.get("until", "").strip() else None
        qualify(actor(), form.get("staff", 0, type=int), test, since, until)
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("Kept."), "success")
    return redirect(url_for("kits.index", _anchor="qualified"), code=303)


def _house_test(key: str) -> str:
    """The key of a test that is run in house.

    Raises:
        Refused: there is none of that key.
    """
    if key not in house_tests(today_here()):
        raise Refused(N_("There is no such choice."), where="test", remedy=N_("Choose one of the list."))
    return key
