"""A page of a form as one printf pattern, built once from its table: a whole page is a single ``%``.

On a typewriter grid fixed pitch turns each line into ``%-28.28s`` fields with blanks between, many times as fast as
placing each field, and every character is on the grid by construction. On a finer one each field has its own place.

On the typewriter grid type is ten points on a pitch of 7.2 (``Tc`` adds what the letter lacks): at twelve points
Liberation Mono's M and W reach from edge to edge of their cells, and characters on a claim may not touch.
"""

from __future__ import annotations

from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import Grid, Offset
from clinic.paper.outline import frame
from clinic.paper.overflow import overflowing, shown

_LETTER = 1229 / 2048
"""How far one letter of Liberation Mono moves the pen, at a size of one point."""


class Pattern:
    """Turns pages of one form, in one font, at one offset, into page content."""

    __slots__ = ("_escaped", "_form", "_offset", "_plain")

    def __init__(self, form: Form, font: str, offset: Offset) -> None:
        """``font`` is the resource name the page knows its font by, ``/F1+0``."""
        self._form = form
        self._offset = offset
        self._plain = _content(form, font, offset, plain=True)
        self._escaped = _content(form, font, offset, plain=False)

    def content(self, page: Page) -> str:
        """The page as PDF operators. It must fit (``overflow.fits``): a longer text would push the rest of its line."""
        return self._fill(page.texts)

    def draft(self, page: Page) -> str:
        """The same for a page that does not fit: each such text as ``overflow.shown`` shows it, in a frame."""
        edges = [frame(self._form, cell) for cell, text in page.filled() if overflowing(cell, text)]
        frames = [
            f"{edge.x + self._offset.x:.2f} {edge.y + self._offset.y - 0.4:.2f} {edge.width:.2f} {edge.height + 1:g} re"
            for edge in edges
        ]
        return "\n".join(
            ["q 0.75 0 0 RG 1 w", *frames, "S Q", self._fill(tuple(map(shown, self._form.cells, page.texts)))]
        )

    def _fill(self, texts: tuple[str, ...]) -> str:
        everything = "".join(texts)
        if "(" in everything or ")" in everything or "\\" in everything:
            return self._escaped % tuple(map(_escape, texts, self._form.cells))
        return self._plain % texts


def _content(form: Form, font: str, offset: Offset, *, plain: bool) -> str:
    grid = form.grid
    begin = f"BT {font} {grid.size:g} Tf {grid.pitch - _LETTER * grid.size:.5f} Tc"
    lines = _by_line if grid.fixed else _by_cell
    return "\n".join([begin, *lines(form, offset, plain=plain), "ET"])


def _inset(grid: Grid) -> float:
    """Centres the letter in its cell."""
    return (grid.pitch - _LETTER * grid.size) / 2


def _by_line(form: Form, offset: Offset, *, plain: bool) -> list[str]:
    parts, above, grid = [], None, form.grid
    for line, cells in form.lines().items():
        if above is None:
            x, y = grid.left + _inset(grid) + offset.x, grid.baseline_of(line) + offset.y
            parts.append(f"{x:.4f} {y:.4f} Td")
        else:
            parts.append(f"0 {(above - line) * grid.line:g} Td")
        above = line
        row, column = "", 1
        for cell in cells:
            row += " " * (cell.column - column) + _field(cell, plain=plain)
            column = cell.end
        parts.append(f"({row}) Tj")
    return parts


def _by_cell(form: Form, offset: Offset, *, plain: bool) -> list[str]:
    inset = _inset(form.grid) + offset.x
    return [
        f"1 0 0 1 {form.left_of(cell) + inset:.2f} {form.baseline_of(cell) + offset.y:.2f} Tm"
        f" ({_field(cell, plain=plain)}) Tj"
        for cell in form.cells
    ]


def _field(cell: Cell, *, plain: bool) -> str:
    return f"%{'' if cell.right else '-'}{cell.width}s" if plain else "%s"


def _escape(text: str, cell: Cell) -> str:
    """Padded first, escaped after: an escape is two bytes but one character on paper."""
    padded = text.rjust(cell.width) if cell.right else text.ljust(cell.width)
    return padded.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
