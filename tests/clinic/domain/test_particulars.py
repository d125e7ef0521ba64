"""Who a patient is, cleaned and looked over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from clinic.domain.particulars import WIDTHS, Particulars, cleaned
from clinic.domain.refusal import Refused
from tests.counts import count

TODAY = date(2026, 5, 4)


def test_blanks_and_dividers_go() -> None:
    found = cleaned(
        Particulars(
            last="  Van  der Berg ",
            first="",
            sex="f",
            state="mn",
            postal_code="55616-1234",
            phone="(218) 555-0142",
            birth=date(1967, 3, 14),
        ),
        TODAY,
    )
    assert found == Particulars(
        last="Van der Berg",
        sex="F",
        state="MN",
        postal_code="556161234",
        phone="2185550142",
        birth=date(1967, 3, 14),
    )


def test_what_has_letters_keeps_its_dividers() -> None:
    found = cleaned(Particulars(last="Roy", postal_code="H2X 1Y4", phone="555-0142 ext. 3"), TODAY)
    assert (found.postal_code, found.phone) == ("H2X 1Y4", "555-0142 ext. 3")


@pytest.mark.parametrize(
    ("given_", "where"),
    [
        ({"last": " "}, "last"),
        ({"sex": "X"}, "sex"),
        ({"birth": date(2026, 5, 5)}, "birth"),
        ({"birth": date(1865, 1, 1)}, "birth"),
        *(({name: "x" * (width + 1)}, name) for name, width in WIDTHS.items()),
    ],
)
def test_refused_at_its_field(given_, where: str) -> None:
    with pytest.raises(Refused) as caught:
        cleaned(Particulars(**{"last": "Calloway"} | given_), TODAY)
    assert caught.value.where == where


TEXTS = st.none() | st.text(max_size=70)


@examples(max_examples=count(150, 20_000))
@given(
    st.fixed_dictionaries({name: TEXTS for name in Particulars.__struct_fields__ if name not in ("birth", "last")}),
    st.text(max_size=70),
    st.none() | st.dates(),
)
def test_anything_typed_is_cleaned_once_or_refused_at_a_field(texts, last, birth) -> None:
    where = ""
    found = Particulars(last=last, birth=birth, **texts)
    try:
        found = cleaned(found, TODAY)
    except Refused as refused:
        where = refused.where
    assert where in Particulars.__struct_fields__ if where else cleaned(found, TODAY) == found
