"""The table of the CMS-1500."""

import pytest

from billing.documents.cms1500_form import FORM


def test_the_table_has_every_field_once_and_on_the_paper():
    assert len(FORM.cells) == 273
    assert all(cell.column >= 1 and cell.end <= 80 and 2 <= cell.line <= 61 and cell.width > 0 for cell in FORM.cells)


def test_the_six_service_lines_are_alike():
    def shape(row: int):
        return [
            (cell.box.split(".")[0], cell.part, cell.line - 2 * row, cell.column, cell.width, cell.right)
            for cell in FORM.cells
            if cell.box.endswith(f".{row}")
        ]

    assert len(shape(1)) == 23
    assert all(shape(row) == shape(1) for row in range(2, 7))


@pytest.mark.parametrize(
    ("key", "line", "column", "width"),
    [
        ("1a id", 8, 50, 29),
        ("3 YYYY", 10, 37, 4),
        ("17 name", 34, 4, 24),
        ("21 indicator", 37, 42, 1),
        ("22 reference", 38, 62, 18),
        ("24A.6 to YY", 54, 16, 2),
        ("24D.2 code", 46, 25, 6),
        ("24F.1 dollars", 44, 50, 6),
        ("28 dollars", 56, 51, 7),
        ("33 phone", 57, 70, 9),
        ("33a npi", 61, 50, 10),
    ],
)
def test_some_fields_by_hand(key, line, column, width):
    cell = FORM[key]
    assert (cell.line, cell.column, cell.width) == (line, column, width)


def test_amounts_end_at_the_rule_and_cents_start_behind_it():
    dollars = [cell for cell in FORM.cells if cell.part.endswith("dollars")]
    assert len(dollars) == 9
    for cell in dollars:
        cents = FORM[cell.key.replace("dollars", "cents")]
        assert cell.right
        assert cell.end == cents.column
        assert cents.width == 2
