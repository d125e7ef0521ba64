"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain import us_identifiers
from clinic.domain.refusal import Refused
from clinic.domain.us_identifiers import (
    read_clia,
    read_npi,
    read_phone,
    read_postal_code,
    read_procedure,
    read_receiver,
    read_state,
    read_tax_id,
    read_taxonomy,
)
from tests.counts import count

READERS = (read_clia, read_npi, read_phone, read_postal_code, read_receiver, read_state, read_tax_id, read_taxonomy)


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (read_npi, " 12345 67893 ", "1234567893"),
        (read_tax_id, "12-3456789", "123456789"),
        (read_tax_id, "123-45-6789", "123456789"),
        (read_taxonomy, "207q00000x", "207Q00000X"),
        (read_clia, "24d0000001", "24D0000001"),
        (read_phone, "+1 (218) 555-0142", "2185550142"),
        (read_phone, "218.555.0142", "2185550142"),
        (read_postal_code, "55616-0588", "556160588"),
        (read_postal_code, "55616", "55616"),
        (read_state, "mn", "MN"),
        (read_receiver, "  north lake ", "NORTH LAKE"),
    ],
)
def test_read(read, typed, kept) -> None:
    assert read(typed, "x") == kept


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (read_npi, "1234567890"),
        (read_npi, "12345678931"),
        (read_npi, "3234567893"),
        (read_npi, "١٢٣٤٥٦٧٨٩٣"),
        (read_tax_id, "12345678"),
        (read_taxonomy, "207Q000000"),
        (read_taxonomy, "207Q00000X1"),
        (read_clia, "24E0000001"),
        (read_phone, "221855501"),
        (read_phone, "22185550142"),
        (read_postal_code, "5561605"),
        (read_state, "Minn"),
        (read_receiver, "A" * 16),
        (read_receiver, "A*B"),
        (read_receiver, ""),
        (read_procedure, "992133"),
        (read_procedure, "9921"),
        (read_procedure, "A123Z"),
    ],
)
def test_refused_at_its_field(read, typed) -> None:
    with pytest.raises(Refused) as refused:
        read(typed, "there")
    assert refused.value.where == "there"
    assert str(refused.value)


@settings(max_examples=count(150, 5000))
@given(st.text(max_size=24) | st.text("0123456789-. ()DXABd", max_size=16))
def test_any_text_is_read_the_same_twice_or_refused(text) -> None:
    for read in READERS:
        try:
            kept = read(text, "x")
        except Refused:
            continue
        assert read(kept, "x") == kept
        assert kept.isascii()
    try:
        code = read_procedure(text)
    except Refused:
        return
    assert len(code.value) == 5
    assert read_procedure(code.value) == code


def test_every_reader_is_tried_here() -> None:
    there = {name for name in vars(us_identifiers) if name.startswith("read_")}
    assert there == {read.__name__ for read in READERS} | {"read_procedure"}
