"""Staff: who works here, with which roles; taken on, changed, let go, and given a new pass phrase."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from clinic import sections
from clinic.base import db
from clinic.domain.set_up import StaffFacts
from clinic.domain.us_identifiers import read_npi, read_taxonomy
from clinic.domain.words import N_
from clinic.models import Provider, Staff
from clinic.policy import RoleName, requires
from clinic.sections import Section
from clinic.services.change_staff import change_staff, staff_facts
from clinic.services.find import one
from clinic.services.reset_pass_phrase import reset_pass_phrase
from clinic.services.take_on_staff import take_on_staff
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, options, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.providers import PROFESSION_WORDS
from clinic.views.things import Kind

screens = Blueprint("staff", __name__, url_prefix="/house/staff")

sections.declare(Section("staff", N_("Staff"), "practice.read", "staff.index", order=20))
things.declare(staff=Kind(N_("member of staff"), "staff.edit", "staff_id"))


ROLE_WORDS = {
    RoleName.ASSISTANT: N_("assistant"),
    RoleName.BILLER: N_("biller"),
    RoleName.PROVIDER: N_("provider"),
    RoleName.MANAGER: N_("manager"),
    RoleName.ADMINISTRATOR: N_("administrator"),
}
"""The roles as people call them. Their names are these words, so that any page can translate a name."""


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A member of staff; the second half is read where the role provider is given."""

    first = StringField(_l("First name"), [DataRequired(), Length(max=35)])
    last = StringField(_l("Last name"), [DataRequired(), Length(max=60)])
    roles = SelectMultipleField(
        _l("Roles"),
        choices=options({role.value: _l(words) for role, words in ROLE_WORDS.items()}),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    active = BooleanField(_l("Works here"))
    npi = StringField(_l("NPI"), [Reads(read_npi)])
    taxonomy = StringField(_l("Taxonomy"), [Reads(read_taxonomy)])
    profession = SelectField(_l("Profession"), choices=options({"": ""} | PROFESSION_WORDS))
    middle = StringField(_l("Middle name"), [Optional(), Length(max=25)])
    suffix = StringField(_l("Suffix"), [Optional(), Length(max=10)])


class NewStaffForm(StaffForm):
    """Someone who is taken on."""

    username = StringField(_l("User name"), [DataRequired(), Length(max=64)])


@screens.get("")
@requires("practice.read")
def index() -> str:
    """Everyone, those who work here now first."""
    rows = db.session.scalars(
        select(Staff)
        .where(Staff.practice_id == actor().practice_id)
        .order_by(Staff.active.desc(), Staff.last, Staff.first, Staff.id)
    ).all()
    return render_template("house/staff.html", rows=rows, roles=[role.value for role in RoleName])


@screens.route("/new", methods=["GET", "POST"])
@requires("staff.write")
def new() -> tuple[str, int] | Response:
    """Take someone on. The answer shows their pass phrase, this once."""
    form = NewStaffForm(data={"active": True})
    edit = Edit(form)
    made: list[tuple[int, str]] = []
    if edit.takes(lambda _seen: made.append(take_on_staff(actor(), form.username.data or "", _typed(form)))):
        staff_id, phrase = made[0]
        return _phrase_page(one(actor(), Staff, staff_id), phrase), 200
    return _page(edit, None), edit.status


@screens.route("/<int:staff_id>", methods=["GET", "POST"])
@requires("staff.write")
def edit(staff_id: int) -> tuple[str, int] | Response:
    """Change someone, or let them go."""
    row = one(actor(), Staff, staff_id)
    provider = db.session.scalar(
        select(Provider)
        .where(Provider.practice_id == row.practice_id, Provider.staff_id == row.id)
        .order_by(Provider.id)
        .limit(1)
    )
    facts = staff_facts(row, provider)
    form = StaffForm(
        data={name: getattr(facts, name) for name in facts.__struct_fields__} | {"roles": list(facts.roles)}
    )
    work = Edit(form, facts)
    if work.takes(lambda seen: change_staff(actor(), staff_id, _typed(form), seen)):
        return kept("staff.index")
    return _page(work, row), work.status


@screens.post("/<int:staff_id>/pass-phrase")
@requires("staff.write")
def pass_phrase(staff_id: int) -> str:
    """Give a new pass phrase. The answer shows it, this once."""
    row = one(actor(), Staff, staff_id)
    return _phrase_page(row, reset_pass_phrase(actor(), staff_id))


def _typed(form: StaffForm) -> StaffFacts:
    return typed(form, StaffFacts, roles=tuple(form.roles.data or ()))


def _phrase_page(row: Staff, phrase: str) -> str:
    return render_template("house/pass_phrase.html", row=row, phrase=phrase)


def _page(work: Edit, row: Staff | None) -> str:
    return render_template("house/member.html", edit=work, row=row, history=history("staff", row.id) if row else None)
