"""The form of a test: an input for each of its fields, read as the cells of a file are."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.validators import Optional as MayBeAbsent
from wtforms.widgets import CheckboxInput, ListWidget

from clinic.views.editing import options
from clinic.views.fields import DayField
from lab.domain.catalogue import TestFacts
from lab.domain.catalogue_csv import assemble
from lab.domain.catalogue_fields import FIELDS, Field, read_cell, write_cell
from lab.domain.whole_catalogue import Catalogue
from lab.views.words_of_tests import CHOICES, LABELS

_PICKED = ("settings", "ask")
_LONG = ("preparation", "handling", "note", "storage", "companions", "procedures", "choices", "dental", "uncertain")


class Picks(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TestForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is said beside the fields: from when, and why."""

    __test__ = False  # pytest takes classes by their name

    effective_on = DayField(_l("From"), [InputRequired()])
    reason = StringField(_l("Reason"), [DataRequired(), Length(max=300)])
    previewed = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for name, field in FIELDS.items():
            if name not in self:
                continue
            _value, told = read_cell(field, self.text_of(name))
            if told is not None:
                what, params = told
                self[name].errors = [*self[name].errors, _(what, **dict(params))]
                fine = False
        return fine

    def text_of(self, name: str) -> str:
        """What a field says, as a cell has it."""
        data = self[name].data
        if isinstance(data, bool):
            return "yes" if data else ""
        if isinstance(data, list):
            return "|".join(data)
        text = (data or "").strip()
        if FIELDS[name].shape in {"list", "some_of"}:
            return "|".join(line.strip() for line in text.splitlines() if line.strip())
        return " ".join(text.split())

    def day(self) -> date:
        """From when; only after ``validate``."""
        found: Any = self.effective_on.data
        day: date = found
        return day

    def test(self, key: str) -> TestFacts:
        """The test as it was typed; only after ``validate``."""
        stated = {name: read_cell(FIELDS[name], self.text_of(name))[0] for name in FIELDS if name in self}
        test, missing = assemble(None, {**stated, "key": stated.get("key") or key})
        if test is None:
            raise AssertionError(missing)
        return test


def form_for(catalogue: Catalogue, shown: TestFacts | None, on: date, like: TestFacts | None = None) -> TestForm:
    """The form with a test's values in it; with a field for the key where the test is new, ``like`` another one."""
    fields: dict[str, Any] = {}
    for name, field in FIELDS.items():
        if name == "key" and shown is not None:
            continue
        fields[name] = _input(name, field, catalogue, shown)
    kind = type("FormOfTest", (TestForm,), fields)
    data: dict[str, Any] = {"effective_on": on}
    if (values := shown or like) is not None:
        data |= {name: _shown(name, getattr(values, name)) for name in fields}
    made: TestForm = kind(data=data)
    return made


def _input(name: str, field: Field, catalogue: Catalogue, shown: TestFacts | None) -> Any:
    label = _l(LABELS[name]) if name in LABELS else _l("Key")
    needed = [DataRequired()] if field.needed else [MayBeAbsent()]
    if name in _PICKED or name == "container" or field.shape == "one_of":
        return _choice(name, field, catalogue, label)
    if field.shape == "flag":
        return BooleanField(label)
    if field.shape == "number":
        return StringField(label, [MayBeAbsent()], render_kw={"inputmode": "numeric", "autocomplete": "off"})
    if name in _LONG:
        size = len(getattr(shown, name) or ()) if shown is not None and name != "note" else 0
        return TextAreaField(label, needed, render_kw={"rows": max(2, size)})
    return StringField(label, needed)


def _choice(name: str, field: Field, catalogue: Catalogue, label: Any) -> Any:
    if name in _PICKED:
        words = CHOICES.get(name) or {key: row.words for key, row in catalogue.questions.items()}
        return Picks(label, choices=options({key: _(text) for key, text in words.items()}))
    if name == "container":
        named = sorted((_(row.name), key) for key, row in catalogue.holders.items())
        return SelectField(label, [DataRequired()], choices=options({key: text for text, key in named}))
    words = CHOICES[name]
    return SelectField(label, choices=options({"": "–"} | {key: _(words[key]) for key in field.options}))


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if name in _PICKED:
        return list(value)
    if isinstance(value, tuple):
        return "\n".join(value)
    return write_cell(value)
