"""Where everything on a label stands, in whole dots of the printer: the one source of PDF, ZPL and picture.

Dots are counted from the upper left corner. No length is a fraction of a dot: a bar whose edge lies between two dots
comes out a dot too fat in one renderer and a dot too thin in another.
"""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.refusal import Refused
from clinic.domain.set_up import DENSITIES
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.paper.font import legible
from lab.documents.label import Label
from lab.documents.label_text import Shortened, fitted
from lab.documents.stock import NARROW_LEAST, NARROW_MOST, Line, Stock, nearest, within
from lab.documents.symbols import Symbol, code_128, data_matrix

QUIET_BARS = 10
"""Modules free at each end of Code 128."""
QUIET_MATRIX = 1
"""Modules free around the Data Matrix (ISO/IEC 16022)."""

FALL = 0.22
"""How far letters of the typeface reach below their line, in its size."""
PACE = 1229 / 2048
"""Width of each letter of the typeface, in its size."""

YIELDS = ("sent", "hazard")
"""Lines that give way, in this order, where a stock cannot hold all of them; told in ``left_out``."""


class Put(NamedTuple):
    """A text: left edge, the line it stands on, dots from letter to letter."""

    x: int
    baseline: int
    pitch: int
    text: str


class Box(NamedTuple):
    """A black rectangle."""

    x: int
    y: int
    width: int
    height: int


class Laid(Value, frozen=True, kw_only=True):
    """A label on its stock."""

    stock: str
    dpi: int
    width: int
    height: int
    texts: tuple[Put, ...]
    bars: tuple[Box, ...]
    """Code 128; none where the stock has no room for bars of a legal width."""
    matrix: tuple[Box, ...]
    shortened: tuple[Shortened, ...] = ()
    left_out: tuple[str, ...] = ()
    """Lines for which there was no room, and ``bars``."""
    strange: str | None = None
    """Letters that the typeface lacks; they print as question marks."""


def lay_out(label: Label, stock: Stock, dpi: int) -> Laid:
    """The label in dots.

    Raises:
        Refused: printers of that density are not known.
    """
    if dpi not in DENSITIES:
        raise Refused(N_("Labels are printed at 203, 300 or 600 dots to the inch."), where="dpi")
    sheet = _Sheet(label, stock, dpi)
    sheet.choose_lines()
    y = sheet.put_lines(sheet.over, sheet.edge, sheet.width - 2 * sheet.side)
    y = sheet.put_bars(y)
    room = sheet.put_matrix(y)
    sheet.put_lines(sheet.under, y, room)
    return sheet.laid()


class _Sheet:
    """One label while it is laid out."""

    def __init__(self, label: Label, stock: Stock, dpi: int) -> None:
        self.label, self.stock, self.dpi = label, stock, dpi
        self.width, self.height = within(stock.width, dpi), within(stock.height, dpi)
        self.side, self.edge, self.gap = (nearest(length, dpi) for length in (stock.side, stock.edge, stock.gap))
        self.over: list[Line] = []
        self.under: list[Line] = []
        self.texts: list[Put] = []
        self.bars: list[Box] = []
        self.matrix: list[Box] = []
        self.shortened: list[Shortened] = []
        self.left_out: list[str] = []
        self.strange = ""
        self.tall = 0
        """Dots of all lines."""

    def choose_lines(self) -> None:
        """Only lines that say something, and no more than the stock holds."""
        said = [
            line for line in (*self.stock.over, *self.stock.under) if fitted(line.part, self.label, self.width).shown
        ]
        for part in YIELDS:
            if self._height(said) > self.height - 2 * self.edge and any(line.part == part for line in said):
                said = [line for line in said if line.part != part]
                self.left_out.append(part)
        self.over = [line for line in self.stock.over if line in said]
        self.under = [line for line in self.stock.under if line in said]
        self.tall = self._height(said)

    def _height(self, lines: list[Line]) -> int:
        return sum(nearest(line.lead, self.dpi) for line in lines)

    def put_lines(self, lines: list[Line], y: int, room: int) -> int:
        """The texts from ``y`` down; gives where they end."""
        for line in lines:
            pitch, lead = nearest(line.pitch, self.dpi), nearest(line.lead, self.dpi)
            told = fitted(line.part, self.label, room // pitch)
            pitch = min(pitch, room // len(told.shown))
            if not told.complete:
                self.shortened.append(Shortened(line.part, told.whole, told.shown))
            text = legible(told.shown)
            self.strange += "".join(was for was, now in zip(told.shown, text, strict=True) if was != now)
            y += lead
            self.texts.append(Put(self.side, y - round(pitch / PACE * FALL), pitch, text))
        return y

    def put_bars(self, y: int) -> int:
        """Code 128 in the height that the lines leave, as wide as fits; gives where the next line begins."""
        least, most = self.stock.bars_least, self.stock.bars_most
        if least is None or most is None:
            return y
        symbol = code_128(self.label.number)
        left = self.height - 2 * self.edge - self.tall - 2 * self.gap
        module = self._module(symbol)
        if not module or left < nearest(least, self.dpi):
            self.left_out.append("bars")
            return y
        tall = min(left, nearest(most, self.dpi))
        x = (self.width - symbol.width * module) // 2
        self.bars = [Box(x + run.x * module, y + self.gap, run.width * module, tall) for run in symbol.runs]
        return y + self.gap + tall + self.gap

    def _module(self, symbol: Symbol) -> int:
        """The widest narrow bar within the standard's bounds that fits with its quiet zones; 0 where none does."""
        fits = self.width // (symbol.width + 2 * QUIET_BARS)
        widest = min(fits, within(NARROW_MOST, self.dpi))
        return widest if widest >= -(-NARROW_LEAST * self.dpi // 25_400) else 0

    def put_matrix(self, y: int) -> int:
        """The Data Matrix at the right of the lines below; gives the width that is left for them."""
        symbol = data_matrix(self.label.number)
        around = symbol.width + 2 * QUIET_MATRIX
        tall = self._height(self.under)
        module = max(min(tall // around, nearest(self.stock.matrix, self.dpi) // symbol.width), 1)
        size = symbol.width * module
        x = self.width - max(self.side, QUIET_MATRIX * module) - size
        top = y + (tall - size) // 2
        self.matrix = [
            Box(x + run.x * module, top + run.y * module, run.width * module, run.height * module)
            for run in symbol.runs
        ]
        return x - 2 * QUIET_MATRIX * module - self.side

    def laid(self) -> Laid:
        """What came of it."""
        return Laid(
            stock=self.stock.key,
            dpi=self.dpi,
            width=self.width,
            height=self.height,
            texts=tuple(self.texts),
            bars=tuple(self.bars),
            matrix=tuple(self.matrix),
            shortened=tuple(self.shortened),
            left_out=tuple(self.left_out),
            strange="".join(dict.fromkeys(self.strange)) or None,
        )
