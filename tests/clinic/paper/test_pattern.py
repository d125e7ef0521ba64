from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.paper.pattern import Pattern
from clinic.paper.sheets import Sheets
from tests.clinic.paper.reading import grid, letters, text_in
from tests.counts import count

FORM = Form(
    "every corner",
    [
        Cell("1", "first", 2, 1, 7, "text"),
        Cell("1", "touching", 2, 8, 3, "money", right=True),
        Cell("2", "far", 2, 76, 4, "text"),
        Cell("3", "middle", 3, 40, 40, "text"),
        Cell("4", "one", 30, 79, 1, "check"),
        Cell("5", "last", 61, 1, 79, "text"),
    ],
)


def printed(page: Page, offset: Offset = NO_OFFSET) -> bytes:
    sheets = Sheets("test", "en")
    sheets.add(Pattern(FORM, sheets.font, offset).content(page))
    return sheets.finished()


@st.composite
def fitting_pages(draw):
    alphabet = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    return Page(FORM, tuple(draw(st.text(alphabet, max_size=cell.width)).strip() for cell in FORM.cells))


@settings(max_examples=count(60, 1500))
@given(fitting_pages(), st.integers(-200, 200), st.integers(-200, 200))
def test_every_text_comes_back_from_its_cell(page, right, down):
    """Whatever ASCII a text holds, parentheses and backslashes too, each character stands in its cell."""
    offset = Offset(right, down)
    found = grid(letters(printed(page, offset))[0], offset)
    assert {cell.key: text_in(cell, found) for cell in FORM.cells} == dict(page)
    assert len(found) == sum(len(text.replace(" ", "")) for text in page.texts)


def test_letters_are_centred_and_do_not_touch():
    found = letters(printed(Page(FORM, ("WMWMWMW", "WWW", "", "", "", ""))))[0]
    for left, right in pairwise(found):
        assert right.left - left.right > 1
    assert found[0].left - 21.6 == pytest.approx(0.6, abs=0.05)


def test_an_offset_moves_every_letter_by_itself():
    page = Page(FORM, ("NAME", "12", "FAR", "(MIDDLE)", "X", "LAST"))
    still, moved = letters(printed(page))[0], letters(printed(page, Offset(10, -25)))[0]
    for before, after in zip(still, moved, strict=True):
        assert after.left - before.left == pytest.approx(72 / 25.4, abs=0.02)
        assert after.low - before.low == pytest.approx(2.5 * 72 / 25.4, abs=0.02)
