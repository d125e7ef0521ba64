"""Reading a PDF by position with pdfium: which character stands in which cell."""

from dataclasses import dataclass

import pypdfium2 as pdfium

from clinic.paper.form import Cell
from clinic.paper.grid import COLUMN, LEFT, LINE, NO_OFFSET, PAGE_HEIGHT, TOP, Offset


@dataclass(frozen=True)
class Letter:
    """A visible character and its box in points, y counted up."""

    text: str
    left: float
    low: float
    right: float
    high: float

    def cell(self, offset: Offset = NO_OFFSET) -> tuple[int, int]:
        """Line and column, by the centre of the character and the line its baseline is nearest to."""
        centre = (self.left + self.right) / 2 - offset.x
        middle = (self.low + self.high) / 2 - offset.y
        return round((PAGE_HEIGHT - TOP - middle + 3) / LINE), int((centre - LEFT) // COLUMN) + 1


def letters(pdf: bytes) -> list[list[Letter]]:
    """The visible characters of each page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_letters(page) for page in document]
    finally:
        document.close()


def _letters(page: pdfium.PdfPage) -> list[Letter]:
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        # pdfium takes a hyphen before the next line's text for a broken word, and says U+FFFE
        letter = text.get_text_range(index, 1).replace("\ufffe", "-")
        if letter.strip():
            left, low, right, high = text.get_charbox(index, loose=True)
            found.append(Letter(letter, left, low, right, high))
    text.close()
    page.close()
    return found


def grid(page: list[Letter], offset: Offset = NO_OFFSET) -> dict[tuple[int, int], str]:
    """Line and column to character; two on one spot fail."""
    found: dict[tuple[int, int], str] = {}
    for letter in page:
        spot = letter.cell(offset)
        assert spot not in found, f"{found[spot]} and {letter.text} both at {spot}"
        found[spot] = letter.text
    return found


def text_in(cell: Cell, found: dict[tuple[int, int], str]) -> str:
    """What stands in a cell, blanks at both ends taken off."""
    return "".join(found.get((cell.line, column), " ") for column in range(cell.column, cell.end)).strip()
