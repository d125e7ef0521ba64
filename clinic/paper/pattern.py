"""A page of a grid form as one printf pattern, built once from its table.

Fixed pitch turns each line into ``%-28.28s`` fields with blanks between, so a whole page is a single ``%``: many
times as fast as placing each field, and every character is on the grid by construction.

Type is ten points on a pitch of 7.2 (``Tc`` adds what the letter lacks): at twelve points Liberation Mono's M and W
reach from edge to edge of their cells, and characters on a claim may not touch.
"""

from __future__ import annotations

from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import COLUMN, LEFT, LINE, Offset, baseline_of, left_of
from clinic.paper.overflow import overflowing, shown

SIZE = 10.0
ADVANCE = 1229 / 2048 * SIZE
"""How far one letter of Liberation Mono moves the pen at ``SIZE``."""

INSET = (COLUMN - ADVANCE) / 2
"""Centres the letter in its cell."""


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
        frames = [
            f"{left_of(cell.column) + self._offset.x:.2f} {baseline_of(cell.line) + self._offset.y - 3:.2f}"
            f" {cell.width * COLUMN:.2f} {LINE:g} re"
            for cell, text in page.filled()
            if overflowing(cell, text)
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
    parts = [f"BT {font} {SIZE:g} Tf {COLUMN - ADVANCE:.5f} Tc"]
    above = None
    for line, cells in form.lines().items():
        if above is None:
            parts.append(f"{LEFT + INSET + offset.x:.4f} {baseline_of(line) + offset.y:.4f} Td")
        else:
            parts.append(f"0 {(above - line) * LINE:g} Td")
        above = line
        row, column = "", 1
        for cell in cells:
            row += " " * (cell.column - column) + ("%s" if not plain else f"%{'' if cell.right else '-'}{cell.width}s")
            column = cell.end
        parts.append(f"({row}) Tj")
    return "\n".join([*parts, "ET"])


def _escape(text: str, cell: Cell) -> str:
    """Padded first, escaped after: an escape is two bytes but one character on paper."""
    padded = text.rjust(cell.width) if cell.right else text.ljust(cell.width)
    return padded.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
