import pytest

from clinic.paper.form import Cell, Form, Page
from clinic.paper.overflow import Overflow, fits, overflows, shown

FORM = Form(
    "x",
    [
        Cell("1", "name", 1, 1, 5, "text"),
        Cell("2", "dollars", 1, 6, 4, "money", right=True),
        Cell("3", "YYYY", 2, 1, 4, "date"),
    ],
)


def page(*texts: str) -> Page:
    return Page(FORM, texts)


def test_what_fits_is_silent():
    assert fits(page("ABCDE", "1234", "2025"))
    assert overflows([page("ABCDE", "1234", "2025"), page("", "", "")]) == ()


def test_what_is_lost_is_told_by_box_and_page():
    told = overflows([page("", "", ""), page("ABCDEFG", "12345", "")])
    assert told == (
        Overflow(2, "1", "name", "ABCDEFG", "FG", "width"),
        Overflow(2, "2", "dollars", "12345", "1", "width"),
    )


@pytest.mark.parametrize("letter", ["É", "Œ", "\t", "\n", "\x7f", "€", "\u200b", "中"])
def test_letters_outside_the_alphabet_are_told(letter):
    assert overflows([page(f"A{letter}B{letter}", "", "")]) == (
        Overflow(1, "1", "name", f"A{letter}B{letter}", letter, "character"),
    )


def test_a_draft_never_shows_a_part_of_an_amount_or_year():
    assert shown(FORM["1 name"], "ABCDEFG") == "ABCDE"
    assert shown(FORM["1 name"], "AÉB") == "A?B"
    assert shown(FORM["2 dollars"], "12345") == "####"
    assert shown(FORM["3 YYYY"], "20255") == "####"
