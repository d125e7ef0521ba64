"""A page that shows how far a printer is off: crosses on the grid, and rulers from the paper's edges."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from clinic.domain.words import N_
from clinic.paper.font import NAME, legible
from clinic.paper.form import Form
from clinic.paper.grid import COLUMN, GRID, LINE, PAGE_HEIGHT, PAGE_WIDTH, Offset
from clinic.paper.sheets import Sheets

MILLIMETRE = 72 / 25.4

TEXT = (
    N_("Offset right %(right)s mm, down %(down)s mm"),
    N_("Print at 100 %%, without fitting to the page, and hold it over a blank form against the light."),
    N_("The crosses stand in the tick boxes, one in each corner of the grid."),
    N_("Add to the offset what is missing; left and up are negative."),
)
"""What the page says; pass translations in the same order."""

_TEXT_LINE, _MEASURE = 43, 72
"""Where the words begin if no cross stands there, and as many letters as stand left of the ruler."""

_RULERS = 165 * MILLIMETRE, PAGE_HEIGHT - 135 * MILLIMETRE
"""The upright one's distance from the left edge, and the level one's from the bottom."""

CORNERS = ((1, 2), (79, 2), (1, 61), (79, 61))
"""Columns and lines that claim forms reach to."""


def calibration_page(form: Form, offset: Offset, *, text: Sequence[str] = TEXT, lang: str = "en") -> bytes:
    """The page as PDF. Crosses and words move with the offset; the rulers do not."""
    sheets = Sheets(form.name, lang)
    _rulers(sheets)
    canvas = sheets.canvas
    canvas.saveState()
    canvas.translate(offset.x, offset.y)
    canvas.setLineWidth(0.5)
    corners = [(GRID.left_of(column) + COLUMN / 2, GRID.baseline_of(line) + LINE / 4) for column, line in CORNERS]
    ticks = [
        (form.left_of(cell) + form.grid.pitch / 2, form.baseline_of(cell) + LINE / 4)
        for cell in form.cells
        if cell.kind == "check"
    ]
    for x, y in corners + ticks:
        _cross(sheets, x, y)
    canvas.setFont(NAME, 9)
    filled = {"right": f"{offset.right / 10:.1f}", "down": f"{offset.down / 10:.1f}"}
    wrapped = [part for sentence in text for part in wrap(legible(sentence % filled), _MEASURE)]
    first = _clear(ticks, len(wrapped))
    for number, part in enumerate(wrapped):
        canvas.drawString(GRID.left_of(6), GRID.baseline_of(first + number), part)
    canvas.restoreState()
    canvas.showPage()
    return sheets.finished()


def _clear(ticks: Sequence[tuple[float, float]], lines: int) -> int:
    """The lowest line from which on so many have no cross among them."""
    levels = [y for x, y in ticks if x < _RULERS[0]]
    for first in range(_TEXT_LINE, 0, -1):
        low, high = GRID.baseline_of(first + lines), GRID.baseline_of(first - 1)
        if not any(low < y < high for y in levels):
            return first
    return _TEXT_LINE


def _cross(sheets: Sheets, x: float, y: float) -> None:
    reach = COLUMN / 2
    sheets.canvas.line(x - reach, y, x + reach, y)
    sheets.canvas.line(x, y - reach, x, y + reach)


def _rulers(sheets: Sheets) -> None:
    """Millimetres from the upper left corner of the paper, where there are no crosses."""
    canvas = sheets.canvas
    canvas.setLineWidth(0.3)
    canvas.setFont(NAME, 6)
    down, across = _RULERS
    for count in range(1, int(PAGE_WIDTH / MILLIMETRE)):
        x = count * MILLIMETRE
        canvas.line(x, across, x, across + _tick(count))
        if count % 10 == 0:
            canvas.drawCentredString(x, across - 7, str(count))
    for count in range(1, int(PAGE_HEIGHT / MILLIMETRE)):
        y = PAGE_HEIGHT - count * MILLIMETRE
        canvas.line(down, y, down + _tick(count), y)
        if count % 10 == 0:
            canvas.drawRightString(down - 3, y - 2, str(count))


def _tick(count: int) -> float:
    return 9 if count % 10 == 0 else 6 if count % 5 == 0 else 3
