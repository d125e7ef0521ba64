"""A form of the house on its way: shown, sent back with what is wrong at its fields, overtaken, or taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.services.changing import Overtaken, print_of, said
from clinic.views.telling import told

Facts = TypeVar("Facts", bound=Value)


class Reads:
    """A validator that reads a text and puts what it is kept as in its place; blank stays blank."""

    def __init__(self, read: Callable[[str, str], str], *, needed: bool = False) -> None:
        self.read = read
        self.field_flags = {} if needed else {"optional": True}

    def __call__(self, form: Any, field: Field) -> None:
        del form
        if not (field.data or "").strip():
            field.data = None
            return
        try:
            field.data = self.read(field.data, field.name)
        except Refused as refused:
            raise ValidationError(told(refused)) from None


class MayBeBlank(Optional):  # type: ignore[misc]  # WTForms ships no types
    """``Optional`` for a search, where nothing needs to be filled and no label has to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, Any] = {}


def options(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """Values and their words as what a select offers."""
    return [SelectChoice(value, label) for value, label in words.items()]


def coded(words: Mapping[str, str]) -> list[SelectChoice]:
    """Codes and their words, both shown."""
    return options({code: f"{code}  {_(label)}" for code, label in words.items()})


class Newer(NamedTuple):
    """A field that someone else has changed meanwhile, and what it says now."""

    label: str
    now: Any


class Edit:
    """One form: ``shown`` is what its page shows of the thing, absent where the thing is new."""

    def __init__(self, form: FlaskForm, shown: Value | None = None) -> None:
        self.form = form
        self.status = 200
        self.seen = print_of(shown) if shown is not None else ""
        self.newer: list[Newer] = []
        self._shown = shown

    def takes(self, act: Callable[[str], Any]) -> bool:
        """Check what was sent and act on it; ``act`` is given the print of what the sender saw.

        False where the page is to be shown (again): nothing was changed.
        """
        if not self.form.is_submitted():
            return False
        self.status = 422
        if not self.form.validate():
            return False
        try:
            act(request.form.get("seen", ""))
        except Refused as refused:
            self.blame(refused)
        except Overtaken as overtaken:
            self._overtaken(overtaken.now)
        else:
            return True
        return False

    def blame(self, refused: Refused) -> None:
        """Put a refusal at the field it names, else on top of the form."""
        field = next((field for field in self.form if field.name == refused.where), None)
        if field is None:
            self.form.form_errors.append(told(refused))
        else:
            field.errors = [*field.errors, told(refused)]

    def _overtaken(self, now: Value) -> None:
        self.status = 409
        self.seen = print_of(now)
        typed = {field.name: field.data for field in self.form}
        labels = {field.name: field.label.text for field in self.form}
        self.newer = [
            Newer(labels.get(name, name), value)
            for name, value in said(now).items()
            if name not in typed or (typed[name] or None) != (value or None)
        ]


def typed(form: FlaskForm, kind: type[Facts], **more: Any) -> Facts:
    """What the form's fields say, as the value a service takes; ``more`` gives what is no field of it."""
    fields = {field.name: field.data for field in form}
    given = {name: fields[name] for name in kind.__struct_fields__ if name in fields and name not in more}
    return kind(
        **{name: ("" if value is None and _needed(kind, name) else value) for name, value in given.items()}, **more
    )


def _needed(kind: type[Value], name: str) -> bool:
    return name in kind.__struct_fields__[: len(kind.__struct_fields__) - len(kind.__struct_defaults__)]


def kept(endpoint: str, **values: Any) -> Response:
    """To the page that shows what was kept, with the word of it."""
    flash(_("Kept."), "success")
    return redirect(url_for(endpoint, **values), code=303)
