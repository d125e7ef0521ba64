"""House, Bench: devices with their rotors, places with their conditions, and the sheets of cards to scan."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Location
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept, options
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.things import Kind
from lab.documents.cards import CardFacts, cards_pdf
from lab.domain.container_words import CONDITIONS
from lab.domain.furniture import DEVICE_KINDS, DeviceFacts, PlaceFacts
from lab.domain.scan import condition_card, step_card
from lab.models import Device, StoragePlace
from lab.services.badges import badges
from lab.services.furniture import change_furniture, devices, furniture_facts, places, set_up_furniture
from lab.steps.registry import steps

screens = Blueprint("devices", __name__, url_prefix="/house/bench")

sections.declare(Section("bench", N_("Bench"), "practice.read", "devices.index", order=45))
things.declare(
    device=Kind(N_("device"), "devices.edit_device", "device_id"),
    storage_place=Kind(N_("place to keep"), "devices.edit_place", "place_id"),
)

NO_CARD = frozenset({"clot", "separate", "pack"})
"""What happens by itself, or with a package's own label. A card starts and ends what takes its time."""


class DeviceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A device."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    kind = SelectField(_l("Kind"), choices=options({key: _l(words) for key, words in DEVICE_KINDS.items()}))
    radius_mm = IntegerField(_l("Radius of the rotor (mm)"), [Optional()], render_kw={"inputmode": "numeric"})
    location_id = SelectField(_l("Place of care"), coerce=int)
    active = BooleanField(_l("In use"))


class PlaceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A place to put containers."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    condition = SelectField(_l("Keeps"), choices=options({key: _l(words) for key, words in CONDITIONS.items()}))
    location_id = SelectField(_l("Place of care"), coerce=int)
    active = BooleanField(_l("In use"))


@screens.get("")
@requires("practice.read")
def index() -> str:
    """Devices, places, and who has a badge."""
    return render_template(
        "lab/bench_house.html",
        devices=devices(actor()),
        places=places(actor()),
        badges=badges(actor()),
        locations={row.id: row.name for row in _locations()},
        kinds=DEVICE_KINDS,
        conditions=CONDITIONS,
    )


@screens.route("/devices/new", methods=["GET", "POST"])
@requires("lab.catalogue")
def new_device() -> tuple[str, int] | AnyResponse:
    """Set a device up."""
    form = _with_places(DeviceForm(data={"active": True}))
    work = Edit(form)
    if work.takes(lambda _seen: set_up_furniture(actor(), _device(form))):
        return kept("devices.index")
    return _device_page(work, None), work.status


@screens.route("/devices/<int:device_id>", methods=["GET", "POST"])
@requires("lab.catalogue")
def edit_device(device_id: int) -> tuple[str, int] | AnyResponse:
    """Change a device."""
    row = one(actor(), Device, device_id)
    form = _with_places(DeviceForm(obj=row))
    work = Edit(form, furniture_facts(row))
    if work.takes(lambda seen: change_furniture(actor(), device_id, _device(form), seen)):
        return kept("devices.index")
    return _device_page(work, row), work.status


@screens.route("/places/new", methods=["GET", "POST"])
@requires("lab.catalogue")
def new_place() -> tuple[str, int] | AnyResponse:
    """Set a place up."""
    form = _with_places(PlaceForm(data={"active": True}))
    work = Edit(form)
    if work.takes(lambda _seen: set_up_furniture(actor(), _place(form))):
        return kept("devices.index")
    return _place_page(work, None), work.status


@screens.route("/places/<int:place_id>", methods=["GET", "POST"])
@requires("lab.catalogue")
def edit_place(place_id: int) -> tuple[str, int] | AnyResponse:
    """Change a place."""
    row = one(actor(), StoragePlace, place_id)
    form = _with_places(PlaceForm(obj=row))
    work = Edit(form, furniture_facts(row))
    if work.takes(lambda seen: change_furniture(actor(), place_id, _place(form), seen)):
        return kept("devices.index")
    return _place_page(work, row), work.status


@screens.get("/cards.pdf")
@requires("practice.read")
def cards() -> Response:
    """The cards of all steps, places and devices in use, to be cut and hung up."""
    found = [CardFacts(words=_(step.words), text=step_card(step.key)) for step in steps() if step.key not in NO_CARD]
    kept_at = [row for row in places(actor()) if row.active]
    found += [CardFacts(words=row.name, text=row.card, more=_(CONDITIONS[row.condition])) for row in kept_at]
    if not kept_at:
        found += [CardFacts(words=_(words), text=condition_card(key)) for key, words in CONDITIONS.items()]
    for row in devices(actor()):
        if row.active:
            more = _("radius %(length)s mm", length=row.radius_mm) if row.radius_mm else _(DEVICE_KINDS[row.kind])
            found.append(CardFacts(words=row.name, text=row.card, more=more))
    return pdf(_("Cards of the bench"), found)


def pdf(title: str, found: list[CardFacts]) -> Response:
    """Cards as a file to print."""
    body = cards_pdf(title, found, str(get_locale() or "en"))
    return Response(body, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=cards.pdf"})


def _locations() -> list[Location]:
    wanted = select(Location).where(Location.practice_id == actor().practice_id)
    return list(db.session.scalars(wanted.order_by(Location.active.desc(), Location.id)))


def _with_places(form: Any) -> Any:
    form.location_id.choices = [(row.id, row.name) for row in _locations()]
    return form


def _device(form: Any) -> DeviceFacts:
    return DeviceFacts(
        name=(form.name.data or "").strip(),
        kind=form.kind.data,
        location_id=form.location_id.data,
        radius_mm=form.radius_mm.data,
        active=bool(form.active.data),
    )


def _place(form: Any) -> PlaceFacts:
    return PlaceFacts(
        name=(form.name.data or "").strip(),
        condition=form.condition.data,
        location_id=form.location_id.data,
        active=bool(form.active.data),
    )


def _device_page(work: Edit, row: Device | None) -> str:
    return render_template(
        "lab/bench_device.html", edit=work, row=row, history=history("device", row.id) if row else None
    )


def _place_page(work: Edit, row: StoragePlace | None) -> str:
    return render_template(
        "lab/bench_place.html", edit=work, row=row, history=history("storage_place", row.id) if row else None
    )
