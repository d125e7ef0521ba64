"""The places of care: where a claim says that something was done, and whose clock says on which day."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import CLIA_KINDS, LocationFacts
from clinic.domain.us_identifiers import read_clia, read_npi, read_postal_code, read_state
from clinic.domain.words import N_
from clinic.models import Location
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.change_location import change_location
from clinic.services.changing import facts_of
from clinic.services.choices import places_of_service, time_zones
from clinic.services.find import one
from clinic.services.open_location import open_location
from clinic.views import things
from clinic.views.editing import Edit, Reads, coded, kept, options, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.things import Kind

screens = Blueprint("locations", __name__, url_prefix="/house/locations")

sections.declare(Section("locations", N_("Places"), "practice.read", "locations.index", order=15))
things.declare(location=Kind(N_("place"), "locations.edit", "location_id"))


class LocationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A place of care."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    place_of_service = SelectField(_l("Place of service"))
    npi = StringField(_l("NPI"), [Reads(read_npi)])
    clia = StringField(_l("CLIA number"), [Reads(read_clia)])
    clia_kind = SelectField(_l("CLIA certificate"))
    street = StringField(_l("Street"), [DataRequired(), Length(max=55)])
    street_2 = StringField(_l("Second line"), [Optional(), Length(max=55)])
    city = StringField(_l("City"), [DataRequired(), Length(max=30)])
    state = StringField(_l("State"), [Reads(read_state)])
    postal_code = StringField(_l("ZIP code"), [Reads(read_postal_code)])
    time_zone = StringField(_l("Time zone"), [DataRequired()])
    active = BooleanField(_l("In use"))


@screens.get("")
@requires("practice.read")
def index() -> str:
    """All places, those in use first."""
    rows = db.session.scalars(
        select(Location)
        .where(Location.practice_id == actor().practice_id)
        .order_by(Location.active.desc(), Location.name, Location.id)
    ).all()
    return render_template("house/locations.html", rows=rows, places=places_of_service())


@screens.route("/new", methods=["GET", "POST"])
@requires("practice.write")
def new() -> tuple[str, int] | Response:
    """Open a place."""
    form = _form(LocationForm(data={"active": True, "place_of_service": "11"}))
    edit = Edit(form)
    if edit.takes(lambda _seen: open_location(actor(), typed(form, LocationFacts))):
        return kept("locations.index")
    return _page(edit, None), edit.status


@screens.route("/<int:location_id>", methods=["GET", "POST"])
@requires("practice.write")
def edit(location_id: int) -> tuple[str, int] | Response:
    """Change a place, or close it."""
    row = one(actor(), Location, location_id)
    form = _form(LocationForm(obj=row))
    work = Edit(form, facts_of(LocationFacts, row))
    if work.takes(lambda seen: change_location(actor(), location_id, typed(form, LocationFacts), seen)):
        return kept("locations.index")
    return _page(work, row), work.status


def _form(form: LocationForm) -> LocationForm:
    form.place_of_service.choices = coded(places_of_service())
    kinds = {kind: _(words) for kind, words in CLIA_KINDS.items()}
    form.clia_kind.choices = options({"": _("none: no test is run in house"), **kinds})
    return form


def _page(work: Edit, row: Location | None) -> str:
    return render_template(
        "house/location.html",
        edit=work,
        row=row,
        zones=time_zones(),
        history=history("location", row.id) if row else None,
    )
