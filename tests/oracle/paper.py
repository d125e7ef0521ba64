"""A CMS-1500 read back from its PDF by the place of each character.

The grid is built here from the facts of the form (ten characters an inch, six lines an inch, Letter; column 1 at
21.6 pt, the baseline of line n at 24 + 12 n pt from the top), not from anything that drew the page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

FACTS = Path(__file__).with_name("cms1500_grid.csv")
_LEFT, _COLUMN = 21.6, 7.2
_TOP, _LINE = 24.0, 12.0
_HEIGHT = 792.0
_BELOW_BASELINE = 3.0


@dataclass(frozen=True)
class Box:
    """One row of the form's facts: a run of cells."""

    key: str
    name: str
    line: int
    column: int
    width: int
    kind: str
    align: str

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


@dataclass(frozen=True)
class Page:
    """What stands in the cells of one page, and what stands outside them."""

    cells: dict[tuple[int, int], str]
    astray: tuple[str, ...]

    def text(self, box: Box) -> str:
        """The box's cells from the first, blanks at the end left off."""
        return "".join(
            self.cells.get((box.line, column), " ") for column in range(box.column, box.column + box.width)
        ).rstrip()


@cache
def boxes() -> tuple[Box, ...]:
    """The boxes of the form, as its facts list them."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Box(
                row["box"], row["name"], int(row["line"]), int(row["col"]), int(row["width"]), row["kind"], row["align"]
            )
            for row in csv.DictReader(file)
        )


@cache
def covered() -> frozenset[tuple[int, int]]:
    """Every cell that belongs to a box."""
    return frozenset((box.line, column) for box in boxes() for column in range(box.column, box.column + box.width))


def pages(pdf: bytes) -> list[Page]:
    """The pages of a PDF that holds data only."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pdfium.PdfPage) -> Page:
    cells: dict[tuple[int, int], str] = {}
    astray = []
    text = page.get_textpage()
    for character, (left, bottom, right, top), baseline in characters(text):
        column = int(((left + right) / 2 - _LEFT) // _COLUMN) + 1
        line = round((_HEIGHT - _TOP - baseline) / _LINE)
        place = f"{character!r} at line {line}, column {column}"
        cell_left, cell_bottom = _LEFT + _COLUMN * (column - 1), _HEIGHT - _TOP - _LINE * line - _BELOW_BASELINE
        inside = cell_left <= left and right <= cell_left + _COLUMN
        if not inside or not cell_bottom <= bottom <= top <= cell_bottom + _LINE:
            astray.append(f"{place} leaves its cell")
        if (line, column) not in covered():
            astray.append(f"{place} stands in no box")
        if (line, column) in cells:
            astray.append(f"{place} stands on another")
        cells[line, column] = character
    text.close()
    page.close()
    return Page(cells, tuple(astray))


def characters(text: pdfium.PdfTextPage) -> Iterator[tuple[str, tuple[float, float, float, float], float]]:
    """Each character that leaves ink, its ink's box and its baseline."""
    x, y = c_double(), c_double()
    for index in range(text.count_chars()):
        # pdfium takes a hyphen at the end of a line for one that only divides a word, and gives a code of its own.
        character = "-" if raw.FPDFText_IsHyphen(text, index) == 1 else chr(raw.FPDFText_GetUnicode(text, index))
        if character.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield character, text.get_charbox(index), y.value
