"""Our own neutral picture of a grid form: where its cells are framed and where each box's number stands.

No artwork, no titles of the printed form: frames and numbers follow from the table alone. Lengths in points from the
lower left corner of the page.
"""

from __future__ import annotations

import math

from clinic.domain.value import Value
from clinic.paper.form import Cell, Form
from clinic.paper.grid import COLUMN, baseline_of, left_of

FRAME_BELOW = 2.6
FRAME_HEIGHT = 11.0
"""A frame reaches from ``FRAME_BELOW`` under the baseline; lines are twelve points apart, so frames never touch."""

LABEL_SIZE = 5.0
_LETTER = LABEL_SIZE * 0.6
_GAP = 1.6


class Frame(Value, frozen=True):
    """A rectangle: left and lower edge, width and height."""

    x: float
    y: float
    width: float
    height: float


class Label(Value, frozen=True):
    """A box's number; ``x`` is its left edge, ``y`` its baseline."""

    text: str
    x: float
    y: float


def frame(cell: Cell) -> Frame:
    """The frame around one cell."""
    return Frame(left_of(cell.column), baseline_of(cell.line) - FRAME_BELOW, cell.width * COLUMN, FRAME_HEIGHT)


def around(cells: tuple[Cell, ...]) -> Frame:
    """The frame around all cells of a box."""
    frames = [frame(cell) for cell in cells]
    left, low = min(one.x for one in frames), min(one.y for one in frames)
    right, high = max(one.x + one.width for one in frames), max(one.y + one.height for one in frames)
    return Frame(left, low, right - left, high - low)


def labels(form: Form) -> tuple[Label, ...]:
    """The number of each box: above its first cell where that is free, else left of it, else below.

    A box that repeats by line (``24F.2``) has its number over the first line, and the line's number in the margin.
    """
    taken = {(cell.line, column) for cell in form.cells for column in range(cell.column, cell.end)}
    found = []
    for box, cells in form.boxes().items():
        name, _, row = box.partition(".")
        if not row:
            found.append(_beside(name, cells[0], taken))
        elif name.isdigit():
            found.append(_left(row, cells[0]))
        elif row == "1":
            top = min(cell.line for cell in form.cells if cell.box.endswith(".1"))
            found.append(_above(name, Cell(box, "", top, cells[0].column, 1, "text")))
    return tuple(found)


def _beside(text: str, cell: Cell, taken: set[tuple[int, int]]) -> Label:
    columns = math.ceil((len(text) * _LETTER + _GAP) / COLUMN)
    if not any((cell.line - 1, column) in taken for column in range(cell.column, cell.column + columns)):
        return _above(text, cell)
    if not any((cell.line, column) in taken for column in range(cell.column - columns, cell.column)):
        return _left(text, cell)
    return Label(text, left_of(cell.column), baseline_of(cell.line) - FRAME_BELOW - LABEL_SIZE + 0.4)


def _above(text: str, cell: Cell) -> Label:
    return Label(text, left_of(cell.column), baseline_of(cell.line) - FRAME_BELOW + FRAME_HEIGHT + 1)


def _left(text: str, cell: Cell) -> Label:
    return Label(text, left_of(cell.column) - len(text) * _LETTER - _GAP, baseline_of(cell.line) + 1.2)
