"""The forms of a visit and of what is written at it."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from clinic.models import Location, Provider
from clinic.services.write_note import SECTIONS
from clinic.views.fields import DayField, QuantityField
from clinic.views.patient_form import text

SECTION_WORDS = {
    "subjective": _l("What the patient says"),
    "objective": _l("What was found"),
    "assessment": _l("Assessment"),
    "plan": _l("Plan"),
    "document": _l("Note"),
}


class VisitForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """When, where, by whom and why."""

    on = DayField(_l("Day"), [InputRequired(_l("This is needed."))])
    location_id = SelectField(_l("Place"), [InputRequired(_l("This is needed."))])
    provider_id = SelectField(_l("Provider"))
    reason = text(_l("Reason"), 200)
    department = SelectField(
        _l("Kind"), choices=[SelectChoice("medical", _l("medical")), SelectChoice("dental", _l("dental"))]
    )

    def offer(self, places: list[Location], providers: list[Provider]) -> None:
        """Fill the choices; the only place there is is chosen."""
        self.location_id.choices = [SelectChoice(str(row.id), row.name) for row in places]
        if len(places) != 1:
            self.location_id.choices.insert(0, SelectChoice("", _("choose")))
        self.provider_id.choices = [
            SelectChoice("", _("not known yet")),
            *(SelectChoice(str(row.id), row.name) for row in providers),
        ]


class NoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A note: written once."""

    section = SelectField(
        _l("Part"), choices=[SelectChoice(each, SECTION_WORDS[each]) for each in SECTIONS], default="document"
    )
    text = TextAreaField(_l("Note"), [InputRequired(_l("This is needed."))])


class ProblemForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A problem: what was typed, or the code of the list that was chosen."""

    text = StringField(_l("Add a problem"))
    code = StringField(_l("Code"))
    onset = DayField(_l("Since"), [Optional()])


class ActForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Something done: what was typed, or the row of the charge list that was chosen."""

    text = StringField(_l("Add what was done"))
    code = IntegerField(_l("Charge"), [Optional()])
    quantity = QuantityField(_l("Units"), [Optional()], default=Decimal(1))


class MoveForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Whose visit it is, and why it stood with another."""

    other = StringField(_l("The right patient"), [InputRequired(_l("Choose one of the list."))])
    reason = text(_l("Why it stood with another"), 200, needed=True)
