"""Our own neutral picture of a form: where its cells are framed and where each box's number stands.

No artwork, no titles of the printed form: frames and numbers follow from the table alone. Lengths in points from the
lower left corner of the page.
"""

from __future__ import annotations

import math

from clinic.domain.value import Value
from clinic.paper.form import Cell, Form

FRAME_BELOW = 2.6
FRAME_HEIGHT = 11.0
"""A frame reaches from ``FRAME_BELOW`` under the baseline; lines are twelve points apart, so frames never touch."""

LABEL_SIZE = 5.0
_LETTER = LABEL_SIZE * 0.6
_GAP = 1.6
_NEAR = 0.01


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


def frame(form: Form, cell: Cell) -> Frame:
    """The frame around one cell."""
    return Frame(form.left_of(cell), form.baseline_of(cell) - FRAME_BELOW, cell.width * form.grid.pitch, FRAME_HEIGHT)


def around(form: Form, cells: tuple[Cell, ...]) -> Frame:
    """The frame around all cells of a box."""
    frames = [frame(form, cell) for cell in cells]
    left, low = min(one.x for one in frames), min(one.y for one in frames)
    right, high = max(one.x + one.width for one in frames), max(one.y + one.height for one in frames)
    return Frame(left, low, right - left, high - low)


def labels(form: Form) -> tuple[Label, ...]:
    """The number of each box: above its first cell where that is free, else left of it, else below.

    A box that repeats by line (``24F.2``) has its number over the first line; the line's number stands in the margin,
    before the leftmost of them.
    """
    frames = [frame(form, cell) for cell in form.cells]
    found = []
    boxes = form.boxes()
    top = min((cell.line for cell in form.cells if cell.box.endswith(".1")), default=0)
    first = _leftmost(form)
    for box, cells in boxes.items():
        name, _, row = box.partition(".")
        if not row:
            found.append(_beside(name, form, cells[0], frames))
            continue
        if first[row] == box:
            found.append(_left(row, form, cells[0]))
        if row == "1" and (first[row] != box or f"{name}A.1" not in boxes):
            found.append(_above(name, form, Cell(box, "", top, cells[0].column, 1, "text")))
    return tuple(found)


def _leftmost(form: Form) -> dict[str, str]:
    """By line number, the box that stands furthest left on it."""
    found: dict[str, Cell] = {}
    for cell in form.cells:
        row = cell.box.partition(".")[2]
        if row and (row not in found or cell.column < found[row].column):
            found[row] = cell
    return {row: cell.box for row, cell in found.items()}


def _beside(text: str, form: Form, cell: Cell, frames: list[Frame]) -> Label:
    pitch = form.grid.pitch
    width = math.ceil((len(text) * _LETTER + _GAP) / pitch) * pitch
    left, base = form.left_of(cell), form.baseline_of(cell)
    if _free(Frame(left, base - FRAME_BELOW + FRAME_HEIGHT + 1, width, LABEL_SIZE), frames):
        return _above(text, form, cell)
    if _free(Frame(left - width, base, width, LABEL_SIZE), frames):
        return _left(text, form, cell)
    return Label(text, left, base - FRAME_BELOW - LABEL_SIZE + 0.4)


def _free(wanted: Frame, frames: list[Frame]) -> bool:
    """Whether a place touches no cell."""
    right, high = wanted.x + wanted.width - _NEAR, wanted.y + wanted.height - _NEAR
    return not any(
        each.x < right
        and wanted.x + _NEAR < each.x + each.width
        and each.y < high
        and wanted.y + _NEAR < each.y + each.height
        for each in frames
    )


def _above(text: str, form: Form, cell: Cell) -> Label:
    return Label(text, form.left_of(cell), form.baseline_of(cell) - FRAME_BELOW + FRAME_HEIGHT + 1)


def _left(text: str, form: Form, cell: Cell) -> Label:
    return Label(text, form.left_of(cell) - len(text) * _LETTER - _GAP, form.baseline_of(cell) + 1.2)
