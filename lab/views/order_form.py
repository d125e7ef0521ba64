"""The forms of an order: its head when it is entered, and its details with what its tests ask."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from clinic.domain.words import N_
from clinic.models import Location, Provider
from clinic.views.editing import options
from clinic.views.fields import DayField
from lab.domain.order_check import AT_THE_DRAW
from lab.domain.questions import Question
from lab.models import LabOrder
from lab.services.change_order import Details
from lab.services.order_questions import PREFIX, asked_fields, question

PRIORITY = {"routine": N_("routine"), "urgent": N_("urgent"), "stat": N_("stat: at once")}
ANSWERS = {
    "yes": N_("yes"),
    "no": N_("no"),
    "midstream": N_("midstream"),
    "catheter": N_("catheter"),
    "bag": N_("bag"),
    "other": N_("other"),
}
"""Words of what may be chosen; the catalogue's own choices are shown as they stand where none is here."""


class OrderForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What stands at the top of an order."""

    provider_id = SelectField(_l("Ordered by"))
    priority = SelectField(_l("Priority"))
    planned_on = DayField(_l("To be collected on"), [Optional()])
    pediatric = BooleanField(_l("Small volumes (pediatric)"))
    reason = StringField(_l("Reason"), [Optional(), Length(max=200)])

    def offer(self, providers: list[Provider]) -> None:
        """Fill its choices."""
        named = {str(row.id): row.name for row in providers}
        self.provider_id.choices = options({"": _("nobody yet"), **named})
        self.priority.choices = options({key: _(words) for key, words in PRIORITY.items()})


class NewOrderForm(OrderForm):
    """An order on its way: also where it is collected, and its first test."""

    location_id = SelectField(_l("Collected at"))
    test = StringField(_l("Test"))

    def offer_places(self, places: list[Location]) -> None:
        """Fill its places."""
        self.location_id.choices = options({str(row.id): row.name for row in places})


def details_form(order: LabOrder, providers: list[Provider], shown: Details) -> OrderForm:
    """The form of an order's details, a field for each question its tests ask."""
    asked = asked_fields(order)
    made = {name: answer_field(question(key), name) for name, (key, _lines) in asked.items()}
    kind: Any = type("DetailsForm", (OrderForm,), made)
    data = {name: getattr(shown, name) for name in Details.__struct_fields__ if name != "answers"}
    data["provider_id"] = str(shown.provider_id or "")
    form: OrderForm = kind(data=data | dict(shown.answers))
    form.offer(providers)
    return form


def answer_field(asked: Question, name: str) -> Field:
    """The field that answers a question; the text as typed is read by the service."""
    del name
    label = _(asked.words)
    if asked.kind in ("yes_no", "choice"):
        values = asked.options or ("yes", "no")
        first = SelectChoice("", _("not answered yet"))
        return SelectField(label, choices=[first, *(SelectChoice(each, _(ANSWERS.get(each, each))) for each in values)])
    attributes: dict[str, str] = {"autocomplete": "off"}
    if asked.kind == "date_time":
        attributes["type"] = "datetime-local"
    elif asked.kind == "number":
        attributes["inputmode"] = "decimal"
    return StringField(label, [Optional(), Length(max=200)], render_kw=attributes)


def typed_details(form: OrderForm) -> Details:
    """What the form says."""
    fields = {field.name: field.data for field in form}
    answers = tuple((name, value or "") for name, value in fields.items() if name.startswith(PREFIX))
    chosen = fields["provider_id"] or ""
    return Details(
        priority=fields["priority"] or "",
        provider_id=int(chosen) if chosen.isdigit() else None,
        planned_on=fields["planned_on"],
        pediatric=bool(fields["pediatric"]),
        reason=fields["reason"] or None,
        answers=answers,
    )


class AskedField:
    """A question's field as the page shows it: whether the draw tells its answer, and of which lines it is."""

    def __init__(self, field: Field, key: str, tests: list[str], *, several: bool) -> None:
        self.field = field
        self.at_the_draw = key in AT_THE_DRAW
        self.tests = tests
        self.several = several
        """Whether another line of the order has a field of its own for the same question."""


def asked_of(form: OrderForm, order: LabOrder) -> list[AskedField]:
    """The fields of the questions: what must be known now first, then what the draw tells."""
    asked = asked_fields(order)
    keys = [key for key, _lines in asked.values()]
    found = [
        AskedField(form[name], key, [line.test_key for line in lines], several=keys.count(key) > 1)
        for name, (key, lines) in asked.items()
    ]
    return sorted(found, key=lambda each: each.at_the_draw)
