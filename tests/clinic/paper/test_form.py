import pytest

from clinic.paper.form import Cell, Form, Page


def test_overlapping_or_doubled_cells_are_no_form():
    with pytest.raises(ValueError, match="overlap"):
        Form("x", [Cell("1", "a", 1, 1, 3, "text"), Cell("2", "a", 1, 3, 1, "text")])
    with pytest.raises(ValueError, match="same box and part"):
        Form("x", [Cell("1", "a", 1, 1, 1, "text"), Cell("1", "a", 2, 1, 1, "text")])


def test_a_page_is_a_mapping_equal_by_content():
    form = Form("x", [Cell("1", "a", 1, 1, 3, "text"), Cell("2", "b", 2, 1, 3, "text")])
    page = Page(form, ("ABC", ""))
    assert dict(page) == {"1 a": "ABC", "2 b": ""}
    assert page["1 a"] == "ABC"
    assert [cell.key for cell, _ in page.filled()] == ["1 a"]
    assert page == Page(form, ("ABC", ""))
    assert hash(page) == hash(Page(form, ("ABC", "")))
    assert page != Page(form, ("ABC", "D"))
    with pytest.raises(KeyError):
        page["3 c"]
