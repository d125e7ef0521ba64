"""Values and sentences of a claim as the reader is shown them: in their language, with what rows are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import singledispatchmethod
from typing import Any

import msgspec
from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from billing.coding.coding import CodedLine, Reason
from billing.coding.labels import QUALIFIERS, label, place_of
from billing.coding.narrate import LETTERS, Ref, Telling, Word
from billing.domain.claim import Act
from billing.domain.professional import ClaimDate
from billing.services.named import called
from clinic.domain.code import Code, Identifier, pointed
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.person import PersonName
from clinic.domain.quantity import Quantity
from clinic.views.formats import amount, day
from clinic.views.guard import may

NOTHING = "–"

_PAGES: dict[str, tuple[str, str, str]] = {
    "claim": ("claims.show", "claim_id", "claim.read"),
    "submission": ("submissions.show", "submission_id", "claim.read"),
    "visit": ("visits.show", "visit_id", "patient.read"),
}
"""Rows with a page of their own: endpoint, its argument, and the right to open it."""


class Sayer:
    """Says values of one page: ``names`` holds what the rows are called that it names."""

    def __init__(self, practice_id: int, wanted: Iterable[Ref]) -> None:
        self.names: Mapping[Ref, str] = called(practice_id, wanted)

    def sentence(self, telling: Telling) -> Markup:
        """A sentence with its parameters in place; what stood there before is struck, what stands there now marked."""
        params: dict[str, Any] = dict(telling.params or {})
        marked = {name: self._marked(name, value) for name, value in params.items()}
        words = Markup(_(telling.what))  # noqa: S704  a message id of ours; what it is filled with is escaped
        return words % marked if marked else words

    def _marked(self, name: str, value: Any) -> Markup:
        said = self.link(value) if isinstance(value, Ref) else escape(self.say(value))
        if name in {"before", "after"} and value not in (None, ()):
            mark = "del" if name == "before" else "ins"
            return Markup("<{0}>{1}</{0}>").format(mark, said)
        return said

    def link(self, ref: Ref) -> Markup:
        """The row's name, as a link where it has a page that the reader may open."""
        said = escape(self.say(ref))
        if ref.kind not in _PAGES or ref not in self.names:
            return said
        endpoint, argument, right = _PAGES[ref.kind]
        if not may(right):
            return said
        values: dict[str, Any] = {argument: ref.id}
        address = url_for(endpoint, **values)
        return Markup('<a href="{}">{}</a>').format(address, said)

    def who(self, staff_id: int | None) -> str:
        """Who did it; empty where the command line or an import did."""
        return "" if staff_id is None else self.say(Ref("staff", staff_id))

    def claim(self, claim_id: int) -> Markup:
        """Another claim, as a link."""
        return self.link(Ref("claim", claim_id))

    def field(self, path: str) -> str:
        """A field of a claim or coding in words: ``Line 2 · Charge``, ``Diagnosis A``."""
        words, whose = label(path)
        said = str(_(words, who=_(whose)) if whose else _(words))
        if (place := place_of(path, "diagnoses")) is not None and place < len(LETTERS):
            return str(_("Diagnosis %(letter)s", letter=LETTERS[place]))
        row = next((found for name in ("acts", "lines") if (found := place_of(path, name)) is not None), None)
        if row is not None:
            line = _("Line %(row)s", row=row + 1)
            return line if path.endswith("]") else f"{line} · {said}"
        other = place_of(path, "other_coverages")
        return said if other is None else f"{_('Other policy %(row)s', row=other + 1)} · {said}"

    @singledispatchmethod
    def say(self, value: Any) -> str:
        """A value in words."""
        return NOTHING if value is None or value == "" else str(value)

    @say.register
    def _(self, value: bool) -> str:
        return str(_("yes") if value else _("no"))

    @say.register
    def _(self, value: tuple) -> str:  # type: ignore[type-arg]  # dispatch is on the plain class
        return ", ".join(self.say(each) for each in value) or NOTHING

    @say.register
    def _(self, value: msgspec.Struct) -> str:
        said = (getattr(value, name) for name in value.__struct_fields__)
        return ", ".join(self.say(each) for each in said if each not in (None, (), False)) or NOTHING

    @say.register
    def _(self, value: Word) -> str:
        return str(_(value.text))

    @say.register
    def _(self, value: Ref) -> str:
        said = self.names.get(value)
        if said is None:
            return f"#{value.id}"
        return day(date.fromisoformat(said)) if value.kind == "visit" else said

    @say.register
    def _(self, value: date) -> str:
        return day(value)

    @say.register
    def _(self, value: Money) -> str:
        return amount(value.cents)

    @say.register
    def _(self, value: Quantity) -> str:
        return value.plain() if value.unit == "UN" else f"{value.plain()} {value.unit}"

    @say.register
    def _(self, value: Period) -> str:
        return day(value.start) if value.end is None else f"{day(value.start)} – {day(value.end)}"

    @say.register
    def _(self, value: Code) -> str:
        return pointed(value)

    @say.register
    def _(self, value: Identifier) -> str:
        return value.value

    @say.register
    def _(self, value: PersonName) -> str:
        return " ".join(part for part in (value.first, value.middle, value.last, value.suffix) if part)

    @say.register
    def _(self, value: ClaimDate) -> str:
        return f"{_(QUALIFIERS.get(value.qualifier, value.qualifier))} {day(value.on)}"

    @say.register
    def _(self, value: Reason) -> str:
        return f"{value.finding}: {value.text}"

    @say.register(Act)
    @say.register(CodedLine)
    def _(self, value: Act[Any] | CodedLine) -> str:
        return f"{value.code.value} × {self.say(value.quantity)}, {self.say(value.charge)}"
