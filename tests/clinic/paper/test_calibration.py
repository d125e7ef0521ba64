import pytest

from clinic.paper.calibration import calibration_page
from clinic.paper.form import Cell, Form
from clinic.paper.grid import Offset
from tests.clinic.paper.reading import letters

FORM = Form("x", [Cell("1", "a", 8, 1, 1, "check")])


def test_words_move_with_the_offset_and_rulers_do_not():
    still = letters(calibration_page(FORM, Offset(0, 0), text=("MARK",)))[0]
    moved = letters(calibration_page(FORM, Offset(20, 30), text=("MARK",)))[0]
    for before, after in zip(still, moved, strict=True):
        by = (5.669, -8.504) if before.text in "MARK" else (0, 0)
        assert after.left - before.left == pytest.approx(by[0], abs=0.01)
        assert after.low - before.low == pytest.approx(by[1], abs=0.01)


def test_the_offset_is_printed_and_long_sentences_are_wrapped():
    page = letters(calibration_page(FORM, Offset(3, -12), text=("R %(right)s D %(down)s", "é " * 100)))[0]
    assert "R0.3D-1.2" in "".join(letter.text for letter in page)
    assert sum(letter.text == "é" for letter in page) == 100
    assert max(letter.right for letter in page if letter.text == "é") < 160 * 72 / 25.4


def test_a_letter_that_the_typeface_lacks_is_a_question_mark():
    page = letters(calibration_page(FORM, Offset(0, 0), text=("A中B",)))[0]
    assert "A?B" in "".join(letter.text for letter in page)


def test_the_ruler_counts_millimetres_from_the_corner_of_the_paper():
    page = letters(calibration_page(FORM, Offset(0, 0), text=()))[0]
    level = [letter for letter in page if abs(letter.low - page[0].low) < 1]
    ones = [letter for letter in level if letter.text == "1"]
    assert (ones[0].left + ones[0].right) / 2 == pytest.approx(10 * 72 / 25.4 - 1.8, abs=0.2)
