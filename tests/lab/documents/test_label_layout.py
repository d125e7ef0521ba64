"""Nothing of a label ever leaves its place, whatever it says; what is shortened is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.set_up import DENSITIES as OFFERED
from clinic.domain.set_up import LABEL_STOCKS
from lab.documents.label import Label, canonical, digest, read_label
from lab.documents.label_dots import patches, set_text
from lab.documents.label_layout import QUIET_BARS, lay_out
from lab.documents.label_text import MARK
from lab.documents.stock import CASSETTE, CRYO, STOCKS, TUBE, stock_of
from lab.documents.symbols import code_128, data_matrix
from tests.counts import count
from tests.lab.documents.labels import ALL, DENSITIES, NAMES, PLAIN, SIZES, WEST, area

WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
LABELS = st.builds(
    Label,
    number=st.text("C0123456789-", min_size=1, max_size=16),
    last=WORDS,
    first=st.none() | WORDS,
    middle=st.none() | WORDS,
    suffix=st.none() | WORDS,
    birth=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    sex=st.none() | st.sampled_from("FMU"),
    chart_number=WORDS,
    specimen=WORDS,
    site=st.none() | WORDS,
    collected=st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=WEST)),  # noqa: DTZ001
    initials=st.none() | WORDS,
    part=st.none() | st.integers(1, 99),
    parts=st.none() | st.integers(1, 99),
    storage=st.none() | WORDS,
    use_by=st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=WEST)),  # noqa: DTZ001
    account=st.none() | WORDS,
    requisition=st.none() | WORDS,
    hazard=st.none() | WORDS,
    heads=st.just(PLAIN.heads),
)


def check_inside(label, laid) -> None:
    """Every letter and bar on the label; no text in a symbol or its quiet zone."""
    symbol = code_128(label.number)
    module = min((box.width for box in laid.bars), default=0)
    for put in laid.texts:
        assert put.x >= 0
        assert put.x + len(put.text) * put.pitch <= laid.width
        patch = set_text(put)
        assert patch.y >= 0
        assert patch.y + len(patch.rows) <= laid.height
        left, top, _right, low = area(laid.matrix)
        if patch.y + len(patch.rows) > top and patch.y < low:
            assert put.x + len(put.text) * put.pitch <= left
        if laid.bars:
            _, top, _, low = area(laid.bars)
            assert patch.y + len(patch.rows) <= top or patch.y >= low
    for boxes in (laid.bars, laid.matrix):
        for box in boxes:
            assert box.x >= 0
            assert box.x + box.width <= laid.width
            assert box.y >= 0
            assert box.y + box.height <= laid.height
    if laid.bars:
        left, _, right, _ = area(laid.bars)
        assert right - left == symbol.width * module
        assert min(left, laid.width - right) >= QUIET_BARS * module
        assert 0.19 <= module / laid.dpi * 25.4 <= 0.33


@settings(max_examples=count(60, 3000), deadline=None, derandomize=True)
@given(LABELS, st.sampled_from(SIZES))
def test_nothing_overflows(label, size) -> None:
    stock, dpi = size
    laid = lay_out(label, stock, dpi)
    check_inside(label, laid)
    assert any(label.number in put.text for put in laid.texts)
    for each in laid.shortened:
        assert each.shown != each.text
    assert sum(len(patch.rows) for patch in patches(laid)) > 0
    assert read_label(canonical(label)) == label
    assert lay_out(read_label(canonical(label)), stock, dpi) == laid


@pytest.mark.parametrize(("stock", "dpi"), SIZES, ids=NAMES)
def test_ordinary_labels_are_whole(stock, dpi) -> None:
    for label in ALL:
        laid = lay_out(label, stock, dpi)
        check_inside(label, laid)
        if stock is TUBE:
            assert (laid.shortened, laid.left_out, laid.strange) == ((), (), None)
            assert laid.texts[0].text == "ŁUKASIEWICZ, ÉLÉONORE"
            if label.hazard:
                assert laid.texts[-1].text == "DANGER: FORMALIN, TOXIC"


def test_the_tube_label_says_all_of_it() -> None:
    laid = lay_out(replace(ALL[2], part=2, parts=3), TUBE, 203)
    assert [put.text for put in laid.texts] == [
        "ŁUKASIEWICZ, ÉLÉONORE",
        "DOB 1984-03-07 F MRN 0012345",
        "C000123  2/3",
        "Serum · left arm",
        "COL 2026-11-24 09:05 TI",
        "FRIDGE USE BY 2026-11-27 09:05",
        "ACC 88123 REQ R000042",
    ]


def test_the_size_is_the_stock_s() -> None:
    found = {(key, dpi): (lay_out(PLAIN, stock, dpi).width, lay_out(PLAIN, stock, dpi).height)
             for key, stock in STOCKS.items() for dpi in DENSITIES}  # fmt: skip
    assert found["tube", 203] == (406, 203)
    assert found["tube", 300] == (600, 300)
    assert found["tube", 600] == (1200, 600)
    assert found["cryo", 300] == (384, 150)
    assert found["vial", 600] == (900, 450)


def test_small_stock_tells_what_it_leaves_out() -> None:
    aliquot, jar = ALL[1], ALL[3]
    assert lay_out(aliquot, CRYO, 203).left_out == ("bars",)  # its longer number is too wide for legal bars
    assert lay_out(aliquot, CRYO, 600).left_out == ()
    assert "bars" in lay_out(jar, CRYO, 203).left_out
    assert not lay_out(PLAIN, CASSETTE, 203).bars
    assert lay_out(PLAIN, CASSETTE, 203).left_out == ()


def test_a_long_number_gets_smaller_letters_and_stays_whole() -> None:
    laid = lay_out(replace(PLAIN, number="C123456789012345", part=12, parts=34), CASSETTE, 203)
    assert any(put.text.startswith("C123456789012345") and put.text.endswith("12/34") for put in laid.texts)
    assert not [each for each in laid.shortened if each.part == "number"]


@pytest.mark.parametrize("number", ["", "C" * 17, "É1", "C\n1", "C\x00"])
def test_a_number_no_scanner_reads_is_refused(number) -> None:
    with pytest.raises(Refused) as refused:
        replace(PLAIN, number=number)
    assert refused.value.where == "number"


def test_other_densities_and_stocks_are_refused() -> None:
    with pytest.raises(Refused):
        lay_out(PLAIN, TUBE, 200)
    with pytest.raises(Refused):
        stock_of("postage")


def test_the_house_offers_what_there_is() -> None:
    assert set(LABEL_STOCKS) == set(STOCKS)
    assert OFFERED == DENSITIES


def test_the_digest_is_of_the_dots() -> None:
    one, again = lay_out(PLAIN, TUBE, 203), lay_out(read_label(canonical(PLAIN)), TUBE, 203)
    assert digest(one) == digest(again)
    assert digest(one) != digest(lay_out(PLAIN, TUBE, 300))
    assert digest(one) != digest(lay_out(replace(PLAIN, sex="M"), TUBE, 203))


@pytest.mark.parametrize("text", ["C000123", "C000123-12", "C123456789012345", "A", "C00012/3"])
def test_the_matrix_is_square_and_covers_each_module_once(text) -> None:
    symbol = data_matrix(text)
    assert symbol.width == symbol.height
    cells = [
        (x, y) for run in symbol.runs for x in range(run.x, run.x + run.width) for y in range(run.y, run.y + run.height)
    ]
    assert len(cells) == len(set(cells))
    # the finder pattern of ISO/IEC 16022: left column and bottom row dark, top row and right column alternating
    size = symbol.width
    dark = set(cells)
    assert all((0, y) in dark and (y, size - 1) in dark for y in range(size))
    assert [(x, 0) in dark for x in range(size)] == [x % 2 == 0 for x in range(size)]
    assert MARK == "…"
