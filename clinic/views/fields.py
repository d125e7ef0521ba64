"""Form fields that read amounts, quantities and days as the person's language writes them (law 13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import ValidationError

from clinic.domain.refusal import Refused
from clinic.views.formats import amount
from clinic.views.reading import read_amount, read_date, read_quantity


class _Read(StringField):  # type: ignore[misc]  # WTForms ships no types
    """A text that is read; what was typed comes back as it was where it cannot be."""

    mode = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        mode = {"inputmode": self.mode, "autocomplete": "off"}
        super().__init__(*args, render_kw=mode | (kwargs.pop("render_kw", None) or {}), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = self.reads(typed, self.name)
        except Refused as refused:
            parts = (refused.what, refused.remedy)
            raise ValidationError(" ".join(_(part, **refused.params) for part in parts if part)) from None

    def _value(self) -> str:
        if self.raw_data and (self.errors or self.data is None):
            return str(self.raw_data[0])
        return "" if self.data is None else self.written()

    def reads(self, text: str, where: str) -> Any:
        """What the text means.

        Raises:
            Refused: nothing, or two things.
        """
        raise NotImplementedError

    def written(self) -> str:
        """The value as it stands in the field."""
        return str(self.data)


class AmountField(_Read):
    """Money in cents: ``data`` is an ``int`` or None."""

    mode = "decimal"

    def reads(self, text: str, where: str) -> int:
        return read_amount(text, where).cents

    def written(self) -> str:
        return amount(self.data)


class QuantityField(_Read):
    """Units: ``data`` is a ``Decimal`` or None."""

    mode = "decimal"

    def reads(self, text: str, where: str) -> Decimal:
        return read_quantity(text, where)

    def written(self) -> str:
        whole = f"{self.data.normalize():f}" if isinstance(self.data, Decimal) else str(self.data)
        return whole.replace(".", ",") if str(get_locale() or "en").startswith("fr") else whole


class DayField(_Read):
    """A day: ``data`` is a ``date`` or None. It is shown as ISO, which every language reads the same way."""

    mode = "numeric"

    def reads(self, text: str, where: str) -> date:
        return read_date(text, where)

    def written(self) -> str:
        return str(self.data)
