"""Sheets that fill from the top: heads, facts side by side, tables, lines to sign, and bar codes.

Texts are broken into further lines, rows go on to further pages; nothing is cut. Letters that the typeface lacks are
reported. Bars are whole dots of a 300 dpi printer and begin on one, so that they print as they were meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap
from typing import Any, NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from clinic.domain.value import Value
from clinic.paper.font import NAME, legible, typeface
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH
from clinic.paper.sheets import Sheets
from lab.documents.symbols import code_128
from lab.domain.site_map import strokes

MARGIN = 36.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
SMALL, PLAIN, LARGE = 7.5, 8.5, 13.0
LEAD = 11.0
"""From line to line."""
PACE = 0.6
"""Width of a letter of the typeface over its size."""
DOT = 72 / 300
MODULE = 4 * DOT
"""Narrow bar: 0.34 mm."""
QUIET = 10 * MODULE
BAR = 22.0
FOOT = 20.0
LABEL = 20
"""Letters of a label beside its text."""


class Text(NamedTuple):
    """A text whose baseline begins, or where ``right`` ends, at a point counted from the lower left."""

    x: float
    y: float
    size: float
    text: str
    right: bool = False


class Rule(NamedTuple):
    """A line to write on, or under a head."""

    x: float
    y: float
    length: float


class Bars(NamedTuple):
    """Code 128 whose quiet zone begins at ``x`` and whose bars stand on ``y``."""

    x: float
    y: float
    height: float
    text: str


class Path(NamedTuple):
    """Lines as ``lab.domain.site_map`` writes them, their upper left corner at a point, drawn at a scale."""

    x: float
    y: float
    scale: float
    path: str


class Spot(NamedTuple):
    """A black disc around a point, with the number beside it."""

    x: float
    y: float
    text: str


class Image(NamedTuple):
    """A PNG or JPEG whose lower left corner stands at a point."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Drawn = Text | Rule | Bars | Path | Spot | Image


class Cell(NamedTuple):
    """One cell of a table: words, or bars."""

    text: str = ""
    bars: bool = False


class Laid(Value, frozen=True, kw_only=True):
    """The pages, and what of the texts they do not say."""

    pages: tuple[tuple[Drawn, ...], ...]
    strange: str
    """Letters that the typeface does not have; they print as question marks."""


def letters(width: float, size: float) -> int:
    """How many letters of a size a width holds."""
    return int(width / (size * PACE) + 1e-9)


def bars_width(text: str) -> float:
    """Of a bar code with its quiet zones."""
    return code_128(text).width * MODULE + 2 * QUIET


class Flow:
    """Pages in the making. ``again`` is what the head of each further page says."""

    def __init__(self, again: str) -> None:
        """Begin the first page."""
        self._again = again
        self._pages: list[list[Drawn]] = [[]]
        self._y = PAGE_HEIGHT - MARGIN

    def room(self, lines: float) -> None:
        """Go on to a further page where so many lines have no room here."""
        if self._y - lines * LEAD < MARGIN + FOOT:
            self.turn()

    def turn(self) -> None:
        """A further page."""
        self._pages.append([])
        self._y = PAGE_HEIGHT - MARGIN - PLAIN
        for part in parts_of(self._again, letters(WIDTH, PLAIN)):
            self._put(Text(MARGIN, self._y, PLAIN, part))
            self._y -= LEAD
        self._y -= 4

    def head(self, title: str, lines: Sequence[str], bars: str) -> None:
        """Title and sender on the left, the number as bars on the right."""
        wide = bars_width(bars)
        left = WIDTH - wide - 12
        top = self._y
        self._put(Bars(PAGE_WIDTH - MARGIN - wide, top - 30, 30, bars))
        self._put(Text(PAGE_WIDTH - MARGIN - QUIET, top - 42, PLAIN, bars, right=True))
        self._y -= LARGE
        for part in parts_of(title, letters(left, LARGE)):
            self._put(Text(MARGIN, self._y, LARGE, part))
            self._y -= LARGE + 2
        for line in lines:
            for part in parts_of(line, letters(left, PLAIN)):
                self._put(Text(MARGIN, self._y, PLAIN, part))
                self._y -= LEAD
        self._y = min(self._y, top - 50)
        self._put(Rule(MARGIN, self._y + 4, WIDTH))
        self._y -= LEAD - 2

    def facts(self, pairs: Sequence[tuple[str, str]], columns: int = 2) -> None:
        """Labels with their texts, in columns; what is not known is left to be written."""
        wide = (WIDTH - (columns - 1) * 18) / columns
        for index in range(0, len(pairs), columns):
            row = [
                (parts_of(label, LABEL - 1), parts_of(text, letters(wide - LABEL * SMALL * PACE, PLAIN)))
                for label, text in pairs[index : index + columns]
            ]
            height = max(max(len(label), len(text), 1) for label, text in row)
            self.room(height)
            for side, (label, text) in enumerate(row):
                x = MARGIN + side * (wide + 18)
                start = x + LABEL * SMALL * PACE
                for line, part in enumerate(label):
                    self._put(Text(x, self._y - line * LEAD, SMALL, part))
                for line, part in enumerate(text):
                    self._put(Text(start, self._y - line * LEAD, PLAIN, part))
                if not text:
                    self._put(Rule(start, self._y - 2, wide - LABEL * SMALL * PACE))
            self._y -= height * LEAD + 1
        self._y -= 3

    def words(self, text: str, size: float = PLAIN) -> None:
        """A paragraph."""
        for part in parts_of(text, letters(WIDTH, size)):
            self.room(1)
            self._put(Text(MARGIN, self._y, size, part))
            self._y -= LEAD

    def title(self, text: str) -> None:
        """The head of a part."""
        self.room(4)
        self._y -= 4
        self._put(Text(MARGIN, self._y, PLAIN, text))
        self._put(Rule(MARGIN, self._y - 3, WIDTH))
        self._y -= LEAD + 4

    def table(self, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows under their heads, which stand on each page again. ``widths`` are shares of the sheet."""
        lefts = [MARGIN + WIDTH * sum(widths[:index]) / sum(widths) for index in range(len(widths))]
        wides = [WIDTH * width / sum(widths) - 6 for width in widths]
        self._heads(heads, lefts, wides)
        for row in rows:
            cells = [
                [] if cell.bars else parts_of(cell.text, letters(wide, PLAIN))
                for cell, wide in zip(row, wides, strict=True)
            ]
            bars = any(cell.bars for cell in row)
            height = max(*(len(lines) for lines in cells), 0, 3 if bars else 1) * LEAD + (6 if bars else 2)
            if self._y - height < MARGIN + FOOT and self._pages[-1]:
                self.turn()
                self._heads(heads, lefts, wides)
            for cell, lines, x in zip(row, cells, lefts, strict=True):
                if cell.bars:
                    self._put(Bars(x, self._y - BAR + PLAIN, BAR, cell.text))
                    self._put(Text(x + QUIET, self._y - BAR - 1, SMALL, cell.text))
                for line, part in enumerate(lines):
                    self._put(Text(x, self._y - line * LEAD, PLAIN, part))
            self._y -= height
            self._put(Rule(MARGIN, self._y + PLAIN - 1, WIDTH))
            self._y -= 2

    def space(self, height: float) -> float:
        """Room for a drawing of so many points; gives where its upper edge is. On a sheet of its own if need be."""
        self.room(height / LEAD)
        top = self._y + PLAIN
        self._y -= height + LEAD / 2
        return top

    def put(self, *drawn: Drawn) -> None:
        """Draw something within a room that was made."""
        for each in drawn:
            self._put(each)

    def sign(self, labels: Sequence[str]) -> None:
        """Lines to be filled by hand, in two columns."""
        self.room(3 * -(-len(labels) // 2))
        self._y -= LEAD
        wide = (WIDTH - 18) / 2
        for index, label in enumerate(labels):
            x = MARGIN + (index % 2) * (wide + 18)
            self._put(Rule(x, self._y, wide))
            self._put(Text(x, self._y - SMALL - 1, SMALL, label))
            if index % 2 or index == len(labels) - 1:
                self._y -= 2.6 * LEAD

    def finished(self, page_words: str) -> Laid:
        """The pages with their numbers: ``page_words`` has ``%(page)s`` and ``%(pages)s``."""
        for number, page in enumerate(self._pages, 1):
            words = page_words % {"page": number, "pages": len(self._pages)}
            page.append(Text(PAGE_WIDTH - MARGIN, MARGIN - 12, SMALL, words, right=True))
        known = typeface().face.charToGlyph
        everything = "".join(each.text for page in self._pages for each in page if isinstance(each, Text))
        return Laid(
            pages=tuple(tuple(page) for page in self._pages),
            strange="".join(dict.fromkeys(letter for letter in everything if ord(letter) not in known)),
        )

    def _put(self, drawn: Drawn) -> None:
        self._pages[-1].append(drawn)

    def _heads(self, heads: Sequence[str], lefts: Sequence[float], wides: Sequence[float]) -> None:
        broken = [parts_of(head, letters(wide, SMALL)) for head, wide in zip(heads, wides, strict=True)]
        for lines, x in zip(broken, lefts, strict=True):
            for line, part in enumerate(lines):
                self._put(Text(x, self._y - line * LEAD, SMALL, part))
        self._y -= (max(len(lines) for lines in broken) - 1) * LEAD
        self._put(Rule(MARGIN, self._y - 3, WIDTH))
        self._y -= LEAD + 4


def parts_of(text: str, most: int) -> list[str]:
    """A text in lines of at most so many letters; lines of its own stay such."""
    return [part for line in text.splitlines() for part in wrap(line, max(1, most))]


def render(laid: Sequence[Laid], title: str, lang: str) -> bytes:
    """All pages in one file. ``title`` names no patient."""
    sheets = Sheets(title, lang)
    canvas = sheets.canvas
    for page in (page for each in laid for page in each.pages):
        canvas.setLineWidth(0.5)
        for each in page:
            if isinstance(each, Text):
                canvas.setFont(NAME, each.size)
                draw = canvas.drawRightString if each.right else canvas.drawString
                draw(each.x, each.y, legible(each.text))
            elif isinstance(each, Rule):
                canvas.line(each.x, each.y, each.x + each.length, each.y)
            elif isinstance(each, Bars):
                _bars(canvas, each)
            else:
                _draw(canvas, each)
        canvas.showPage()
    return sheets.finished()


def _bars(canvas: object, bars: Bars) -> None:
    # a rectangle is a little smaller than its dots: renderers paint every dot it touches
    hair = DOT / 10
    left = round((bars.x + QUIET) / DOT) * DOT
    path = canvas.beginPath()  # type: ignore[attr-defined]  # reportlab ships no types
    for run in code_128(bars.text).runs:
        path.rect(left + run.x * MODULE + hair, bars.y, run.width * MODULE - 2 * hair, bars.height)
    canvas.drawPath(path, stroke=0, fill=1)  # type: ignore[attr-defined]  # reportlab ships no types


def _draw(canvas: Canvas, drawn: Path | Spot | Image) -> None:
    if isinstance(drawn, Path):
        path = canvas.beginPath()
        for way, at in strokes(drawn.path):
            flat = [
                drawn.x + value * drawn.scale if place % 2 == 0 else drawn.y - value * drawn.scale
                for place, value in enumerate(at)
            ]
            ways: dict[str, Any] = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
            ways[way](*flat)
        canvas.drawPath(path, stroke=1, fill=0)
    elif isinstance(drawn, Spot):
        canvas.circle(drawn.x, drawn.y, 3, stroke=0, fill=1)
        canvas.setFont(NAME, SMALL)
        canvas.drawString(drawn.x + 5, drawn.y - 2, legible(drawn.text))
    else:
        picture = ImageReader(BytesIO(drawn.data))
        canvas.drawImage(picture, drawn.x, drawn.y, drawn.width, drawn.height)
