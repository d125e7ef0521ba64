"""What templates of results say: values, ranges and analytes in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from babel.numbers import get_decimal_symbol
from flask import Blueprint
from flask_babel import get_locale
from flask_babel import gettext as _

from lab.domain.result_words import ANALYTES, CHOICES, FLAGS, SOURCES, STATUS
from lab.domain.results import Measured, as_number
from lab.models import LabResult

_BRACKETS = str.maketrans("", "", "[]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def values_of(row: LabResult) -> tuple[Measured, ...]:
    """The values of a report."""
    return msgspec.convert(row.values, tuple[Measured, ...])


def said_value(text: str) -> str:
    """A value as the reader writes it: a number with their sign for decimals, a choice of ours in their language."""
    if text in CHOICES:
        return str(_(text))
    return _local(text) if as_number(text) else text


def said_range(text: str | None) -> str:
    """A range of ours as the reader writes it; another laboratory's stays as it came."""
    return _local(text or "")


def said_unit(code: str) -> str:
    """A UCUM unit as it is written by hand: its brackets mark what is no SI unit (``m[IU]/L`` is mIU/L)."""
    return code.translate(_BRACKETS)


def _local(text: str) -> str:
    return _POINT.sub(get_decimal_symbol(get_locale() or "en"), text)


def typed_number(text: str) -> str:
    """What was typed, with a point for the decimals where the reader's language has a comma."""
    point = get_decimal_symbol(get_locale() or "en")
    return text if point == "." or text.count(point) != 1 or "." in text else text.replace(point, ".")


def analyte_name(text: str) -> str:
    """An analyte as it is called; another laboratory's name stays as it came."""
    return str(_(text)) if text in ANALYTES else text


def set_up(screens: Blueprint) -> None:
    """Make them known to templates."""

    def known() -> dict[str, Any]:
        return {
            "values_of": values_of,
            "said_value": said_value,
            "said_range": said_range,
            "said_unit": said_unit,
            "analyte_name": analyte_name,
            "flag_words": FLAGS,
            "status_words": STATUS,
            "source_words": SOURCES,
        }

    screens.context_processor(known)
