"""A form is a table of boxes; a page fills it.

The table is a CSV in reference/forms with the columns box, part, line, col, width, align, kind, status, drop,
confidence, source and note; where boxes stand on no typewriter grid, with x and y instead of col and line: the upper
left corner of the text in inches from the page's. A cell's key is its box and part, ``24F.2 dollars``: box as findings
name it, part as we do.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from clinic.domain.value import Value
from clinic.paper.grid import ASCENT, GRID, HUNDREDTHS, Grid

Kind = Literal["text", "date", "check", "money"]
_TOUCH = 0.01
"""Points by which cells may touch: rounding."""


class Cell(Value, frozen=True):
    """One field of a box: ``width`` characters from ``column`` on, on ``line``, counted on the form's grid."""

    box: str
    part: str
    line: int
    column: int
    width: int
    kind: Kind
    right: bool = False
    """Whether the text ends at the right edge."""
    drop: str | None = None
    """Characters that this box is printed without."""

    @property
    def key(self) -> str:
        """``24F.2 dollars``."""
        return f"{self.box} {self.part}"

    @property
    def end(self) -> int:
        """The first column to the right of the cell, where each letter stands in a column of its own."""
        return self.column + self.width


class Form:
    """A table of cells in reading order (line, then column). Built once, never changed.

    Raises:
        ValueError: two cells have one key, or stand on the same ground.
    """

    __slots__ = ("cells", "grid", "index", "name", "widths")

    def __init__(self, name: str, cells: Sequence[Cell], grid: Grid = GRID) -> None:
        self.name = name
        self.grid = grid
        self.cells = tuple(sorted(cells, key=lambda cell: (cell.line, cell.column)))
        self.index = {cell.key: position for position, cell in enumerate(self.cells)}
        self.widths = tuple(cell.width for cell in self.cells)
        if len(self.index) != len(self.cells):
            raise ValueError(f"{name}: two cells have the same box and part")
        for left, right in zip(self.cells, self.cells[1:], strict=False):
            if left.line == right.line and self.right_of(left) > grid.left_of(right.column) + _TOUCH:
                raise ValueError(f"{name}: {left.key} and {right.key} overlap")

    def __getitem__(self, key: str) -> Cell:
        return self.cells[self.index[key]]

    def left_of(self, cell: Cell) -> float:
        """The left edge of a cell, in points from the left edge of the page."""
        return self.grid.left_of(cell.column)

    def right_of(self, cell: Cell) -> float:
        """Its right edge."""
        return self.left_of(cell) + cell.width * self.grid.pitch

    def baseline_of(self, cell: Cell) -> float:
        """Its baseline, in points from the bottom edge of the page."""
        return self.grid.baseline_of(cell.line)

    def lines(self) -> dict[int, tuple[Cell, ...]]:
        """The cells of each line that has any, top to bottom."""
        found: dict[int, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.line, []).append(cell)
        return {line: tuple(cells) for line, cells in found.items()}

    def boxes(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of each box, in reading order of their first cells."""
        found: dict[str, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.box, []).append(cell)
        return {box: tuple(cells) for box, cells in found.items()}


class Page(Mapping[str, str]):
    """What stands on one page of a form: cell key to text, blank where nothing does. Equal by content."""

    __slots__ = ("form", "texts")

    def __init__(self, form: Form, texts: tuple[str, ...]) -> None:
        """``texts`` holds one text for each cell, in the form's order."""
        self.form = form
        self.texts = texts

    def __getitem__(self, key: str) -> str:
        return self.texts[self.form.index[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.form.index)

    def __len__(self) -> int:
        return len(self.texts)

    def __hash__(self) -> int:
        return hash(self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Page) and self.form is other.form and self.texts == other.texts

    def filled(self) -> list[tuple[Cell, str]]:
        """The cells that say something, in reading order."""
        return [(cell, text) for cell, text in zip(self.form.cells, self.texts, strict=True) if text]


_KINDS: dict[str, Kind] = {"text": "text", "date": "date", "check": "check", "money": "money"}


def read_form(name: str, path: Path, year: str | None = None) -> Form:
    """The form that a table in reference/forms describes; ``year`` names columns of an older layout (``x_2019``).

    Boxes without a place in that layout are not part of it.

    Raises:
        KeyError, ValueError: the table is not one (a bug: it ships with the house).
        OSError: it cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    placed = "x" in rows[0]
    x, y = (f"{axis}_{year}" if year else axis for axis in "xy")
    cells = []
    for row in rows:
        if placed and not row[x]:
            continue
        line, column = (_line(row[y]), _hundredths(row[x])) if placed else (int(row["line"]), int(row["col"]))
        cells.append(
            Cell(
                box=row["box"],
                part=row["part"],
                line=line,
                column=column,
                width=int(row["width"]),
                kind=_KINDS[row["kind"]],
                right=row["align"] == "right",
                drop=row.get("drop") or None,
            )
        )
    return Form(name, cells, HUNDREDTHS if placed else GRID)


def _hundredths(inches: str) -> int:
    return round(float(inches) * 100)


def _line(inches: str) -> int:
    """The baseline of text whose upper edge is given."""
    return _hundredths(inches) + ASCENT
