"""Payers: whom claims go to, and by which number the receiver of our files knows them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, or_, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from clinic import sections
from clinic.domain.set_up import PayerFacts
from clinic.domain.us_identifiers import read_phone, read_postal_code, read_state
from clinic.domain.words import N_
from clinic.models import Coverage, Payer
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.change_payer import change_payer
from clinic.services.changing import facts_of
from clinic.services.choices import claim_filings
from clinic.services.enter_payer import enter_payer
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, Reads, coded, kept, options, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.lists import counted, like, page_of
from clinic.views.things import Kind

screens = Blueprint("payers", __name__, url_prefix="/house/payers")

sections.declare(Section("payers", N_("Payers"), "practice.read", "payers.index", order=30))
things.declare(payer=Kind(N_("payer"), "payers.edit", "payer_id"))


class PayerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A payer."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    payer_number = StringField(_l("Payer number"), [Optional(), Length(max=80)])
    payer_system = SelectField(
        _l("Kind of number"), choices=options({"payer": _l("payer id of the receiver"), "hpid": _l("health plan id")})
    )
    filing = SelectField(_l("Kind of coverage"))
    street = StringField(_l("Street"), [Optional(), Length(max=55)])
    street_2 = StringField(_l("Second line"), [Optional(), Length(max=55)])
    city = StringField(_l("City"), [Optional(), Length(max=30)])
    state = StringField(_l("State"), [Reads(read_state)])
    postal_code = StringField(_l("ZIP code"), [Reads(read_postal_code)])
    phone = StringField(_l("Telephone"), [Reads(read_phone)])
    active = BooleanField(_l("May be chosen for new policies"))


@screens.get("")
@requires("practice.read")
def index() -> str:
    """The payers, with how many policies each has."""
    mine = Payer.practice_id == actor().practice_id
    query = select(Payer).where(mine)
    if text := request.args.get("q", "").strip():
        query = query.where(or_(like(Payer.name, text), like(Payer.payer_number, text)))
    page = page_of(query, Payer.active.desc(), Payer.name, Payer.id)
    policies = counted(
        select(Coverage.payer_id, func.count())
        .where(Coverage.practice_id == actor().practice_id, Coverage.payer_id.in_([row.id for row in page.rows]))
        .group_by(Coverage.payer_id)
    )
    return render_template("house/payers.html", page=page, text=text, policies=policies, filings=claim_filings())


@screens.route("/new", methods=["GET", "POST"])
@requires("payer.write")
def new() -> tuple[str, int] | Response:
    """Enter a payer."""
    form = _form(PayerForm(data={"active": True, "filing": "CI"}))
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_payer(actor(), typed(form, PayerFacts))):
        return kept("payers.index")
    return _page(edit, None), edit.status


@screens.route("/<int:payer_id>", methods=["GET", "POST"])
@requires("payer.write")
def edit(payer_id: int) -> tuple[str, int] | Response:
    """Change a payer."""
    row = one(actor(), Payer, payer_id)
    form = _form(PayerForm(obj=row))
    work = Edit(form, facts_of(PayerFacts, row))
    if work.takes(lambda seen: change_payer(actor(), payer_id, typed(form, PayerFacts), seen)):
        return kept("payers.index")
    return _page(work, row), work.status


def _form(form: PayerForm) -> PayerForm:
    form.filing.choices = coded(claim_filings())
    return form


def _page(work: Edit, row: Payer | None) -> str:
    return render_template("house/payer.html", edit=work, row=row, history=history("payer", row.id) if row else None)
