"""What claim forms are measured in, and how far one printer is off it.

The typewriter ``GRID``: ten characters and six lines to the inch on letter paper. Column 1 starts 0.3 inch from the
left edge; the baseline of line n lies 24 + 12 n points below the top edge. Three independent sources agree on it within
one column and two points (the public 1500 instructions, OpenEMR's margins, Open Dental's form table), nobody nearer:
each printer gets its ``Offset``.

``HUNDREDTHS``: forms that are not on it say where each box stands in hundredths of an inch from the page's upper left
corner, and are printed in eight-point type, fifteen letters to the inch.
"""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

PAGE_WIDTH = 612.0
PAGE_HEIGHT = 792.0
COLUMN = 7.2
LINE = 12.0
LEFT = 21.6
TOP = 24.0

POINTS_PER_TENTH = 72 / 254
"""A tenth of a millimetre in points."""

MAX_TENTHS = 200
"""No form is printed two centimetres off: such an offset is a slip of the hand."""


class Offset(Value, frozen=True):
    """Where one printer's page must go, in tenths of a millimetre: ``right`` and ``down`` are positive.

    Raises:
        Refused: more than two centimetres in either direction.
    """

    right: int
    down: int

    def __post_init__(self) -> None:
        if abs(self.right) > MAX_TENTHS or abs(self.down) > MAX_TENTHS:
            raise Refused(
                N_("A printer offset of %(right)s, %(down)s tenths of a millimetre is too far."),
                where="offset",
                remedy=N_("Give at most 200 tenths (2 cm) either way."),
                right=self.right,
                down=self.down,
            )

    @property
    def x(self) -> float:
        """Points to the right."""
        return self.right * POINTS_PER_TENTH

    @property
    def y(self) -> float:
        """Points up, as PDF counts."""
        return -self.down * POINTS_PER_TENTH


NO_OFFSET = Offset(0, 0)


class Grid(Value, frozen=True, kw_only=True):
    """Where columns and lines stand, and how large the type on them is. All in points."""

    left: float
    """Of column 1, from the left edge of the page."""
    top: float
    """Of line 0's baseline, from the top edge."""
    column: float
    """From one column to the next."""
    line: float
    """From one line to the next."""
    pitch: float
    """From one letter to the next."""
    size: float
    """Of the type."""

    @property
    def fixed(self) -> bool:
        """Whether each letter stands in a column of its own."""
        return self.column == self.pitch

    def left_of(self, column: int) -> float:
        """The left edge of a column's cells, from the left edge of the page."""
        return self.left + self.column * (column - 1)

    def baseline_of(self, line: int) -> float:
        """The baseline of a line, from the bottom edge of the page."""
        return PAGE_HEIGHT - self.top - self.line * line


GRID = Grid(left=LEFT, top=TOP, column=COLUMN, line=LINE, pitch=COLUMN, size=10.0)
HUNDREDTHS = Grid(left=0.72, top=0.0, column=0.72, line=0.72, pitch=4.8, size=8.0)
ASCENT = 11
"""Hundredths of an inch from the upper edge of a text of ``HUNDREDTHS`` down to its baseline."""
