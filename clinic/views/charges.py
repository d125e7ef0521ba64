"""The charge list: codes in the practice's own words, what they cost, and what they cost for single payers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, or_, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import ChargeFacts, PayerPrice
from clinic.domain.us_identifiers import read_procedure
from clinic.domain.words import N_
from clinic.models import Charge, ChargePrice, Payer
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.find import one
from clinic.services.set_charge import MOST_CENTS, add_charge, charge_facts, set_charge
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, options
from clinic.views.fields import AmountField
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.lists import counted, like, page_of, sorted_by
from clinic.views.things import Kind

screens = Blueprint("charges", __name__, url_prefix="/house/charges")

sections.declare(Section("charges", N_("Charges"), "practice.read", "charges.show", order=35))
things.declare(charge=Kind(N_("charge"), "charges.edit", "charge_id"))

BLANK_ROWS = 3
"""How many further prices can be given at once."""

SYSTEMS = {"cpt": "CPT", "hcpcs": "HCPCS", "cdt": "CDT"}


def _read_code(text: str, where: str) -> str:
    return read_procedure(text, where).value


def _price(form: Any, field: AmountField) -> None:
    del form
    if field.data is not None and not 0 <= field.data <= MOST_CENTS:
        raise ValidationError(_("A price is zero or more, of at most ten digits."))


class PriceForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """One payer's price."""

    payer_id = SelectField(_l("Payer"), coerce=int)
    price_cents = AmountField(_l("Price"), [_price])


class PriceList(FieldList):  # type: ignore[misc]  # WTForms ships no types
    """Prices for single payers; what is wrong in any of its rows, as a list of sentences."""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        fine = bool(super().validate(form, extra_validators))
        self.errors = [text for entry in self.entries for texts in entry.errors.values() for text in texts]
        return fine


class ChargeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A row of the charge list."""

    code = StringField(_l("Code"), [DataRequired(), Reads(_read_code, needed=True)])
    words = StringField(_l("In our own words"), [DataRequired(), Length(max=80)])
    price_cents = AmountField(_l("Price"), [InputRequired(), _price])
    active = BooleanField(_l("In use"))
    prices = PriceList(FormField(PriceForm), _l("Other prices"))


@screens.get("")
@requires("practice.read")
def show() -> str:
    """The list: searched by code or words, sorted by any column."""
    query = select(Charge).where(Charge.practice_id == actor().practice_id)
    if text := request.args.get("q", "").strip():
        query = query.where(or_(like(Charge.code, text, start=True), like(Charge.words, text)))
    columns = {"code": Charge.code, "words": Charge.words, "price": Charge.price_cents}
    page = page_of(query, Charge.active.desc(), *sorted_by(columns, "code"), Charge.id)
    others = counted(
        select(ChargePrice.charge_id, func.count())
        .where(ChargePrice.practice_id == actor().practice_id, ChargePrice.charge_id.in_([row.id for row in page.rows]))
        .group_by(ChargePrice.charge_id)
    )
    return render_template("house/charges.html", page=page, text=text, others=others, systems=SYSTEMS)


@screens.route("/new", methods=["GET", "POST"])
@requires("charge.write")
def new() -> tuple[str, int] | Response:
    """Add a row."""
    form = _form({"active": True, "code": request.args.get("code", "")}, ())
    edit = Edit(form)
    if edit.takes(lambda _seen: add_charge(actor(), _typed(form))):
        return kept("charges.show")
    return _page(edit, None), edit.status


@screens.route("/<int:charge_id>", methods=["GET", "POST"])
@requires("charge.write")
def edit(charge_id: int) -> tuple[str, int] | Response:
    """Change a row, its price, or its prices for single payers."""
    row = one(actor(), Charge, charge_id)
    prices = db.session.scalars(
        select(ChargePrice).where(ChargePrice.practice_id == actor().practice_id, ChargePrice.charge_id == charge_id)
    ).all()
    facts = charge_facts(row, list(prices))
    form = _form({name: getattr(facts, name) for name in ("code", "words", "price_cents", "active")}, facts.prices)
    work = Edit(form, facts)
    if work.takes(lambda seen: set_charge(actor(), charge_id, _typed(form), seen)):
        return kept("charges.show", q=form.code.data)
    return _page(work, row), work.status


def _form(shown: dict[str, Any], prices: tuple[PayerPrice, ...]) -> ChargeForm:
    """The form, with a row for each other price there is and some blank ones."""
    payers = db.session.execute(
        select(Payer.id, Payer.name, Payer.active)
        .where(Payer.practice_id == actor().practice_id)
        .order_by(Payer.name, Payer.id)
    ).all()
    rows = [{"payer_id": each.payer_id, "price_cents": each.price_cents} for each in prices]
    blank = min(BLANK_ROWS, max(0, len(payers) - len(rows)))
    form = ChargeForm(data=shown | {"prices": rows + [{"payer_id": 0} for _row in range(blank)]})
    priced = {each.payer_id for each in prices}
    choices = options({0: "–"} | {row.id: row.name for row in payers if row.active or row.id in priced})
    for entry in form.prices:
        entry.form.payer_id.choices = choices
    return form


def _typed(form: ChargeForm) -> ChargeFacts:
    prices = tuple(
        PayerPrice(entry.form.payer_id.data, entry.form.price_cents.data)
        for entry in form.prices
        if entry.form.payer_id.data and entry.form.price_cents.data is not None
    )
    return ChargeFacts(
        system="",
        code=form.code.data,
        words=form.words.data,
        price_cents=form.price_cents.data or 0,
        active=form.active.data,
        prices=prices,
    )


def _page(work: Edit, row: Charge | None) -> str:
    return render_template(
        "house/charge.html",
        edit=work,
        row=row,
        systems=SYSTEMS,
        history=history("charge", row.id) if row else None,
    )
