"""The laboratories outside the house: whom specimens and dental cases are sent to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.us_identifiers import read_clia, read_phone
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.changing import facts_of
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, options, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.lists import counted
from clinic.views.things import Kind
from lab.domain.laboratory import BILLS, MOST_DAYS, LaboratoryFacts, read_clock
from lab.models import Laboratory, TestVersion
from lab.services.change_laboratory import change_laboratory
from lab.services.enter_laboratory import enter_laboratory

screens = Blueprint("laboratories", __name__, url_prefix="/house/laboratories")

sections.declare(Section("laboratories", N_("Laboratories"), "lab.read", "laboratories.index", order=37))
things.declare(laboratory=Kind(N_("laboratory"), "laboratories.edit", "laboratory_id"))


class LaboratoryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A laboratory."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    dental = BooleanField(_l("Dental laboratory"))
    clia = StringField(_l("CLIA number"), [Reads(read_clia)])
    account = StringField(_l("Our account there"), [Optional(), Length(max=40)])
    phone = StringField(_l("Phone"), [Reads(read_phone)])
    courier = StringField(_l("Courier"), [Optional(), Length(max=60)])
    cutoff = StringField(_l("Fetched at"), [Reads(read_clock)])
    result_days = IntegerField(_l("Result expected after (days)"), [Optional(), NumberRange(0, MOST_DAYS)])
    bills = SelectField(_l("Who bills"))
    active = BooleanField(_l("In use"))


@screens.get("")
@requires("lab.read")
def index() -> str:
    """All laboratories, those in use first."""
    practice_id = actor().practice_id
    rows = db.session.scalars(
        select(Laboratory)
        .where(Laboratory.practice_id == practice_id)
        .order_by(Laboratory.active.desc(), Laboratory.dental, Laboratory.name)
    ).all()
    tests = func.count(TestVersion.test_key.distinct())
    wanted: Any = (
        select(TestVersion.laboratory_id, tests)
        .where(TestVersion.practice_id == practice_id, TestVersion.laboratory_id.is_not(None))
        .group_by(TestVersion.laboratory_id)
    )
    return render_template("lab/laboratories.html", rows=rows, own=counted(wanted), bills=BILLS)


@screens.route("/new", methods=["GET", "POST"])
@requires("lab.catalogue")
def new() -> tuple[str, int] | Response:
    """Enter a laboratory."""
    form = _form(LaboratoryForm(data={"active": True, "bills": "lab"}))
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_laboratory(actor(), typed(form, LaboratoryFacts))):
        return kept("laboratories.index")
    return _page(edit, None), edit.status


@screens.route("/<int:laboratory_id>", methods=["GET", "POST"])
@requires("lab.catalogue")
def edit(laboratory_id: int) -> tuple[str, int] | Response:
    """Change a laboratory, or no longer send to it."""
    row = one(actor(), Laboratory, laboratory_id)
    form = _form(LaboratoryForm(obj=row))
    work = Edit(form, facts_of(LaboratoryFacts, row))
    if work.takes(lambda seen: change_laboratory(actor(), laboratory_id, typed(form, LaboratoryFacts), seen)):
        return kept("laboratories.index")
    return _page(work, row), work.status


def _form(form: LaboratoryForm) -> LaboratoryForm:
    form.bills.choices = options({key: _(words) for key, words in BILLS.items()})
    return form


def _page(work: Edit, row: Laboratory | None) -> str:
    return render_template(
        "lab/laboratory.html", edit=work, row=row, history=history("laboratory", row.id) if row else None
    )
