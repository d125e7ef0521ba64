"""Every part screens are made of, alive: for whoever writes a screen, and for the eye that judges them."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from clinic import sections
from clinic.domain.words import N_
from clinic.policy import RoleName, requires
from clinic.sections import Section
from clinic.views.fields import AmountField, DayField, QuantityField

screens = Blueprint("parts", __name__, url_prefix="/house/parts")

sections.declare(Section("parts", N_("Parts"), "staff.write", "parts.show", order=95))


class Sample(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """One field of each kind."""

    last = StringField(_l("Last name"), [InputRequired(), Length(max=60)])
    first = StringField(_l("First name"), [Optional(), Length(max=35)])
    sex = SelectField(
        _l("Sex"), choices=[SelectChoice("", ""), SelectChoice("F", _l("female")), SelectChoice("M", _l("male"))]
    )
    birth = DayField(_l("Born"), [InputRequired()])
    charge = AmountField(_l("Charge"), [Optional()])
    units = QuantityField(_l("Units"), [Optional()])
    note = TextAreaField(_l("Note"), [Optional()])
    roles = SelectMultipleField(
        _l("Roles"),
        choices=[SelectChoice(role.value, _l(role.value)) for role in RoleName],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sure = BooleanField(_l("I have asked the patient"))


@screens.route("", methods=["GET", "POST"])
@requires("staff.write")
def show() -> tuple[str, int]:
    """The parts. The form is checked and kept nowhere."""
    sample = Sample()
    fine = not sample.is_submitted() or sample.validate()
    return render_template("house/parts.html", sample=sample, day_shown=date(2026, 5, 4)), 200 if fine else 422
