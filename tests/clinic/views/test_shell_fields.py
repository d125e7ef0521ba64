"""Fields read and write as the person's language does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import Form

from clinic.views.fields import AmountField, DayField, QuantityField


class Some(Form):
    amount = AmountField()
    units = QuantityField()
    day = DayField()


def read(locale: str, **typed: str) -> Some:
    with force_locale(locale):
        form = Some(MultiDict(typed))
        form.validate()
    return form


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("locale", "typed", "cents"),
    [
        ("en", "1,234.50", 123450),
        ("fr", "1 234,50", 123450),
        ("en", "12", 1200),
        ("en", "", None),
        ("en", "-3.5", -350),
    ],
)
def test_amounts(locale, typed, cents) -> None:
    form = read(locale, amount=typed)
    assert form.amount.data == cents
    assert not form.errors


@pytest.mark.parametrize(("locale", "typed"), [("en", "12,5"), ("fr", "12.5"), ("en", "twelve"), ("en", "1.234")])
def test_what_is_no_amount_comes_back_as_typed(locale, typed) -> None:
    form = read(locale, amount=typed)
    assert len(form.amount.errors) == 1
    assert form.amount._value() == typed


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en", "9/14/2026", date(2026, 9, 14)),
        ("fr", "14/09/2026", date(2026, 9, 14)),
        ("en", "2026-09-14", date(2026, 9, 14)),
    ],
)
def test_days(locale, typed, day) -> None:
    form = read(locale, day=typed)
    assert form.day.data == day
    assert form.day._value() == "2026-09-14"


def test_quantities() -> None:
    assert read("en", units="1.5").units.data == Decimal("1.5")
    form = read("fr", units="1,5")
    with force_locale("fr"):
        assert form.units._value() == "1,5"


def test_values_are_shown_by_the_locale() -> None:
    with force_locale("en"):
        assert Some(data={"amount": 410200}).amount._value() == "4,102.00"
    with force_locale("fr"):
        assert Some(data={"amount": 410200}).amount._value() == "4\u202f102,00"
