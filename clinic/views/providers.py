"""Providers: who treats here, and the colleagues outside who refer or supervise."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import ProviderFacts
from clinic.domain.us_identifiers import read_npi, read_taxonomy
from clinic.domain.words import N_
from clinic.models import Provider
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.change_provider import change_provider
from clinic.services.changing import facts_of
from clinic.services.enter_provider import enter_provider
from clinic.services.find import Unknown, one
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, options, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.things import Kind

screens = Blueprint("providers", __name__, url_prefix="/house/providers")

sections.declare(Section("providers", N_("Providers"), "practice.read", "providers.index", order=25))
things.declare(provider=Kind(N_("provider"), "providers.edit", "provider_id"))

PROFESSION_WORDS = {"physician": _l("physician"), "dentist": _l("dentist"), "other": _l("other profession")}


class ProviderForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A colleague outside."""

    last = StringField(_l("Last name"), [DataRequired(), Length(max=60)])
    first = StringField(_l("First name"), [Optional(), Length(max=35)])
    middle = StringField(_l("Middle name"), [Optional(), Length(max=25)])
    suffix = StringField(_l("Suffix"), [Optional(), Length(max=10)])
    npi = StringField(_l("NPI"), [Reads(read_npi)])
    taxonomy = StringField(_l("Taxonomy"), [Reads(read_taxonomy)])
    profession = SelectField(_l("Profession"), choices=options(PROFESSION_WORDS))
    active = BooleanField(_l("May be chosen"))


@screens.get("")
@requires("practice.read")
def index() -> str:
    """All providers: those of the house, then colleagues outside."""
    rows = db.session.scalars(
        select(Provider)
        .where(Provider.practice_id == actor().practice_id)
        .order_by(Provider.active.desc(), Provider.last, Provider.first, Provider.id)
    ).all()
    return render_template(
        "house/providers.html",
        here_rows=[row for row in rows if row.staff_id is not None],
        outside_rows=[row for row in rows if row.staff_id is None],
        professions=PROFESSION_WORDS,
    )


@screens.route("/new", methods=["GET", "POST"])
@requires("practice.write")
def new() -> tuple[str, int] | Response:
    """Enter a colleague."""
    form = ProviderForm(data={"active": True})
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_provider(actor(), typed(form, ProviderFacts))):
        return kept("providers.index")
    return _page(edit, None), edit.status


@screens.route("/<int:provider_id>", methods=["GET", "POST"])
@requires("practice.write")
def edit(provider_id: int) -> tuple[str, int] | Response:
    """Change a colleague."""
    row = one(actor(), Provider, provider_id)
    if row.staff_id is not None:
        raise Unknown("provider")
    form = ProviderForm(obj=row)
    work = Edit(form, facts_of(ProviderFacts, row))
    if work.takes(lambda seen: change_provider(actor(), provider_id, typed(form, ProviderFacts), seen)):
        return kept("providers.index")
    return _page(work, row), work.status


def _page(work: Edit, row: Provider | None) -> str:
    return render_template(
        "house/provider.html", edit=work, row=row, history=history("provider", row.id) if row else None
    )
