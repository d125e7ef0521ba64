"""Printers: how far off each one's paper lies, and the page that shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import DENSITIES, LABEL_STOCKS, PRINTER_KINDS, PrinterFacts
from clinic.domain.words import N_
from clinic.models import Location, Printer
from clinic.paper.grid import MAX_TENTHS
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.change_printer import change_printer, take_away_printer
from clinic.services.changing import facts_of
from clinic.services.find import one
from clinic.services.set_up_printer import set_up_printer
from clinic.views import things
from clinic.views.editing import Edit, MayBeBlank, kept, options
from clinic.views.fields import QuantityField
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.things import Kind

screens = Blueprint("printers", __name__, url_prefix="/house/printers")

sections.declare(Section("printers", N_("Printers"), "practice.read", "printers.index", order=40))
things.declare(printer=Kind(N_("printer"), "printers.edit", "printer_id"))


def _tenths(form: PrinterForm, field: QuantityField) -> None:
    """Millimetres with one decimal, within what a printer can be off."""
    del form
    value = field.data if field.data is not None else Decimal(0)
    if value * 10 != int(value * 10):
        raise ValidationError(_l("Give millimetres with one decimal."))
    if abs(value * 10) > MAX_TENTHS:
        raise ValidationError(_l("Give at most 20 mm either way."))


def _number(text: Any) -> int | None:
    """The choice of a list whose first is blank."""
    return int(text) if text not in (None, "") else None


class PrinterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A printer. People measure in millimetres; a tenth is kept as a whole number."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    offset_x = QuantityField(_l("To the right (mm)"), [_tenths])
    offset_y = QuantityField(_l("Down (mm)"), [_tenths])
    face_up = BooleanField(_l("Sheets come out face up"))
    kind = SelectField(_l("Prints"), choices=[], default="paper")
    location_id = SelectField(_l("Place"), [MayBeBlank()], choices=[], coerce=_number)
    address = StringField(_l("Address or queue"), [MayBeBlank(), Length(max=260)])
    stock = SelectField(_l("Labels loaded"), [MayBeBlank()], choices=[])
    dpi = SelectField(_l("Dots to the inch"), [MayBeBlank()], choices=[], coerce=_number)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = options({key: _(words) for key, words in PRINTER_KINDS.items()})
        self.stock.choices = options({"": "", **{key: _(words) for key, words in LABEL_STOCKS.items()}})
        self.dpi.choices = options({"": "", **{number: str(number) for number in DENSITIES}})
        here = select(Location.id, Location.name).where(Location.practice_id == actor().practice_id)
        places = db.session.execute(here.order_by(Location.name))
        self.location_id.choices = options({"": "", **{place.id: place.name for place in places}})


@screens.get("")
@requires("practice.read")
def index() -> str:
    """All printers, in the order in which they were set up."""
    rows = db.session.scalars(
        select(Printer).where(Printer.practice_id == actor().practice_id).order_by(Printer.id)
    ).all()
    return render_template("house/printers.html", rows=rows, kinds=PRINTER_KINDS, stocks=LABEL_STOCKS)


@screens.route("/new", methods=["GET", "POST"])
@requires("printer.write")
def new() -> tuple[str, int] | Response:
    """Set a printer up."""
    form = PrinterForm(data={"offset_x": Decimal(0), "offset_y": Decimal(0)})
    edit = Edit(form)
    if edit.takes(lambda _seen: set_up_printer(actor(), _typed(form))):
        return kept("printers.index")
    return _page(edit, None), edit.status


@screens.route("/<int:printer_id>", methods=["GET", "POST"])
@requires("printer.write")
def edit(printer_id: int) -> tuple[str, int] | Response:
    """Change a printer."""
    row = one(actor(), Printer, printer_id)
    form = PrinterForm(
        data={
            "name": row.name,
            "offset_x": Decimal(row.offset_x) / 10,
            "offset_y": Decimal(row.offset_y) / 10,
            "face_up": row.face_up,
            "kind": row.kind,
            "location_id": row.location_id,
            "address": row.address,
            "stock": row.stock,
            "dpi": row.dpi,
        }
    )
    work = Edit(form, facts_of(PrinterFacts, row))
    if work.takes(lambda seen: change_printer(actor(), printer_id, _typed(form), seen)):
        return kept("printers.index")
    return _page(work, row), work.status


@screens.post("/<int:printer_id>/take-away")
@requires("printer.write")
def take_away(printer_id: int) -> Response:
    """Take a printer away."""
    take_away_printer(actor(), printer_id)
    return kept("printers.index")


def _typed(form: PrinterForm) -> PrinterFacts:
    right, down = (int((form[name].data or Decimal(0)) * 10) for name in ("offset_x", "offset_y"))
    return PrinterFacts(
        name=form.name.data or "",
        offset_x=right,
        offset_y=down,
        face_up=bool(form.face_up.data),
        kind=form.kind.data,
        location_id=form.location_id.data,
        address=form.address.data or None,
        stock=form.stock.data or None,
        dpi=form.dpi.data,
    )


def _page(work: Edit, row: Printer | None) -> str:
    return render_template(
        "house/printer.html", edit=work, row=row, history=history("printer", row.id) if row else None
    )
