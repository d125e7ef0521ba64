"""The practice: the names and numbers under which it bills, and what its claims need before they leave."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import STEPS, PracticeFacts
from clinic.domain.us_identifiers import (
    read_npi,
    read_phone,
    read_postal_code,
    read_state,
    read_tax_id,
    read_taxonomy,
)
from clinic.domain.words import N_
from clinic.models import Practice
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.change_practice import change_practice
from clinic.services.changing import facts_of
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, options, typed
from clinic.views.guard import actor, may
from clinic.views.history import history
from clinic.views.things import Kind

screens = Blueprint("practice", __name__, url_prefix="/house/practice")

sections.declare(Section("practice", N_("Practice"), "practice.read", "practice.show", order=10))
things.declare(practice=Kind(N_("practice")))


class PracticeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The practice, field by field as claims need it."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    npi = StringField(_l("NPI"), [Reads(read_npi)])
    tax_system = SelectField(_l("Tax id is an"), choices=options({"ein": "EIN", "ssn": "SSN"}))
    tax_id = StringField(_l("Tax id"), [Reads(read_tax_id)])
    taxonomy = StringField(_l("Taxonomy"), [Reads(read_taxonomy)])
    street = StringField(_l("Street"), [DataRequired(), Length(max=55)])
    street_2 = StringField(_l("Second line"), [Optional(), Length(max=55)])
    city = StringField(_l("City"), [DataRequired(), Length(max=30)])
    state = StringField(_l("State"), [Reads(read_state)])
    postal_code = StringField(_l("ZIP code"), [Reads(read_postal_code)])
    pay_to_street = StringField(_l("Street"), [Optional(), Length(max=55)])
    pay_to_city = StringField(_l("City"), [Optional(), Length(max=30)])
    pay_to_state = StringField(_l("State"), [Reads(read_state)])
    pay_to_postal_code = StringField(_l("ZIP code"), [Reads(read_postal_code)])
    contact_name = StringField(_l("Contact"), [Optional(), Length(max=60)])
    phone = StringField(_l("Telephone"), [Reads(read_phone)])
    step_review = BooleanField(_l("A claim is reviewed before it leaves"))
    step_sign = BooleanField(_l("A claim is signed by who rendered it before it leaves"))
    eyes_review = BooleanField(_l("Reviewed by someone else than coded it"))
    eyes_sign = BooleanField(_l("Signed by someone else than coded it"))


@screens.get("")
@requires("practice.read")
def show() -> str:
    """The practice: to read, and for those who may, to change."""
    row = db.session.get_one(Practice, actor().practice_id)
    facts = facts_of(PracticeFacts, row)
    form = PracticeForm(
        None,
        obj=row,
        **{f"step_{step}": step in facts.steps for step in STEPS},
        **{f"eyes_{step}": step in facts.four_eyes for step in STEPS},
    )
    return _page(Edit(form, facts), facts)


@screens.post("")
@requires("practice.write")
def change() -> tuple[str, int] | Response:
    """Change it."""
    facts = facts_of(PracticeFacts, db.session.get_one(Practice, actor().practice_id))
    form = PracticeForm()
    edit = Edit(form, facts)
    if edit.takes(lambda seen: change_practice(actor(), _typed(form), seen)):
        return kept("practice.show")
    return _page(edit, facts), edit.status


def _typed(form: PracticeForm) -> PracticeFacts:
    return typed(
        form,
        PracticeFacts,
        steps=tuple(step for step in STEPS if form[f"step_{step}"].data),
        four_eyes=tuple(step for step in STEPS if form[f"eyes_{step}"].data),
    )


def _page(edit: Edit, facts: PracticeFacts) -> str:
    return render_template(
        "house/practice.html",
        edit=edit,
        facts=facts,
        writes=may("practice.write"),
        history=history("practice", actor().practice_id),
    )
