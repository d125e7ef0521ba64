"""Decimals keep their digits both ways; what is not JSON is refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.fhir import json
from tests.clinic.fhir.jsons import anything
from tests.counts import count


@pytest.mark.parametrize("text", [b"135.50", b"12345678901234567.89", b"0.10", b"-1.00", b"1E+3"])
def test_a_number_keeps_its_digits(text):
    assert json.dumps(json.loads(text)) == text


def test_whole_numbers_stay_whole():
    assert json.loads(b'{"a":[1,2.0]}') == {"a": [1, Decimal("2.0")]}
    assert isinstance(json.loads(b"1"), int)


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert json.loads(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize("value", [Decimal("NaN"), [Decimal("Infinity")], {"a": [{"b": Decimal("-Infinity")}]}])
def test_a_number_that_is_not_finite_is_not_written(value):
    with pytest.raises(ValueError, match="finite"):
        json.dumps(value)


def test_letters_that_look_like_no_number_are_text():
    assert json.dumps({"name": "NaN Infinity"}) == b'{"name":"NaN Infinity"}'


@pytest.mark.parametrize(
    "text", [b"", b"{", b"NaN", b"\xff\xfe", b"{'a':1}", b"1e99999999999999999999", b"[" * 100_000]
)
def test_what_is_not_json_is_refused_with_its_place(text):
    with pytest.raises(Refused) as refusal:
        json.loads(text, where="bundle.json")
    assert refusal.value.where == "bundle.json"
    assert refusal.value.remedy


@settings(max_examples=count(50, 2000))
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(text):
    try:
        value = json.loads(text)
    except Refused:
        return
    assert json.loads(json.dumps(value)) == value


@settings(max_examples=count(50, 2000))
@given(anything.filter(lambda value: "\\ud" not in repr(value)))
def test_plain_values_come_back(value):
    text = json.dumps(json.loads(json.dumps(value)))
    assert json.dumps(json.loads(text)) == text
    assert json.loads(json.dumps(value, indent=2)) == json.loads(text)
