"""A superbill on paper: where each text of the sheet stands, then the PDF.

Texts are broken into further lines, never cut. Two pages at most: rows of the charge list that have no room on them
are counted on the last page, those that are ticked come first and always have room.
"""

from __future__ import annotations

from textwrap import wrap
from typing import NamedTuple

from msgspec.structs import replace

from billing.documents.superbill import Part, Row, Sheet
from clinic.domain.value import Value
from clinic.paper.font import NAME, legible, typeface
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH
from clinic.paper.sheets import Sheets

MARGIN, GUTTER = 36.0, 18.0
SMALL, PLAIN, LARGE = 7.5, 8.5, 13.0
LEAD = 11.0
"""From line to line."""
PACE = 0.6
"""Width of a letter of the typeface over its size."""
COLUMN = (PAGE_WIDTH - 2 * MARGIN - GUTTER) / 2
CODE, AMOUNT = 13, 10
"""Letters of a code and of an amount."""
TICK = 7.0
FOOT = 92.0
MOST_PAGES = 2


class Text(NamedTuple):
    """A text whose baseline begins, or where ``right`` ends, at a point counted from the lower left."""

    x: float
    y: float
    size: float
    text: str
    right: bool = False


class Box(NamedTuple):
    """A box to be ticked."""

    x: float
    y: float
    ticked: bool


class Rule(NamedTuple):
    """A line to write on, or under a head."""

    x: float
    y: float
    length: float


Drawn = Text | Box | Rule


class Laid(Value, frozen=True, kw_only=True):
    """The pages, and what of the sheet they do not say."""

    pages: tuple[tuple[Drawn, ...], ...]
    left_out: int
    """Rows of the charge list that had no room."""
    strange: str
    """Letters that the typeface does not have; they print as question marks."""


def lay_out(sheet: Sheet) -> Laid:
    """Where everything stands."""
    charges, diagnoses = sheet.parts
    keep = len(charges.rows)
    pages = _pages(sheet, (charges, diagnoses), 0)
    while len(pages) > MOST_PAGES and keep > 0 and not charges.rows[keep - 1].ticked:
        keep -= 1
        left = len(charges.rows) - keep
        pages = _pages(sheet, (replace(charges, rows=charges.rows[:keep]), diagnoses), left)
    everything = "".join(each.text for page in pages for each in page if isinstance(each, Text))
    known = typeface().face.charToGlyph
    return Laid(
        pages=tuple(tuple(page) for page in pages),
        left_out=len(charges.rows) - keep,
        strange="".join(dict.fromkeys(letter for letter in everything if ord(letter) not in known)),
    )


def render(laid: Laid, title: str, lang: str) -> bytes:
    """The pages as PDF. ``title`` names no patient."""
    sheets = Sheets(title, lang)
    canvas = sheets.canvas
    for page in laid.pages:
        canvas.setLineWidth(0.6)
        for each in page:
            if isinstance(each, Text):
                canvas.setFont(NAME, each.size)
                draw = canvas.drawRightString if each.right else canvas.drawString
                draw(each.x, each.y, legible(each.text))
            elif isinstance(each, Box):
                canvas.rect(each.x, each.y, TICK, TICK)
                if each.ticked:
                    canvas.line(each.x, each.y, each.x + TICK, each.y + TICK)
                    canvas.line(each.x, each.y + TICK, each.x + TICK, each.y)
            else:
                canvas.line(each.x, each.y, each.x + each.length, each.y)
        canvas.showPage()
    return sheets.finished()


def _pages(sheet: Sheet, parts: tuple[Part, ...], left_out: int) -> list[list[Drawn]]:
    pages: list[list[Drawn]] = [[]]
    y = _head(pages[0], sheet)
    floor = MARGIN + FOOT
    for part in parts:
        rows = [(row, _lines(row)) for row in part.rows]
        while rows:
            room = int((y - LEAD - floor) // LEAD)
            if room < 2:
                pages.append([])
                y = _head_again(pages[-1], sheet)
                continue
            y = _part_head(pages[-1], part.head, y)
            left, right, rows = _columns(rows, int((y - floor) // LEAD))
            for x, column in ((MARGIN, left), (MARGIN + COLUMN + GUTTER, right)):
                _column(pages[-1], column, x, y)
            y -= max(_height(left), _height(right)) * LEAD + LEAD * 0.6
            if rows:
                y = floor
    _foot(pages[-1], sheet, left_out)
    for number, page in enumerate(pages, 1):
        words = sheet.page % {"page": number, "pages": len(pages)}
        page.append(Text(PAGE_WIDTH - MARGIN, MARGIN - 14, SMALL, words, right=True))
    return pages


def _letters(width: float, size: float) -> int:
    return int(width / (size * PACE))


_WORDS = _letters(COLUMN - TICK - 4, PLAIN) - CODE - AMOUNT - 2


def _lines(row: Row) -> list[tuple[str, str]]:
    """Code and words, side by side, in as many lines as they need."""
    codes, words = wrap(row.code, CODE) or [""], wrap(row.words, _WORDS) or [""]
    count = max(len(codes), len(words))
    return list(
        zip(codes + [""] * (count - len(codes)), words + [""] * (count - len(words)), strict=True),
    )


Rows = list[tuple[Row, list[tuple[str, str]]]]


def _height(rows: Rows) -> int:
    return sum(len(lines) for _, lines in rows)


def _columns(rows: Rows, room: int) -> tuple[Rows, Rows, Rows]:
    """Two columns of about the same height that fit, and what is left for the next page."""
    whole = _height(rows)
    aim = min(room, max(-(-whole // 2), *(len(lines) for _, lines in rows)))
    while True:
        left, rest = _fill(rows, aim)
        right, after = _fill(rest, room)
        if not after or aim >= room:
            return left, right, after
        aim += 1


def _fill(rows: Rows, room: int) -> tuple[Rows, Rows]:
    used, count = 0, 0
    for _, lines in rows:
        if used + len(lines) > room and count:
            break
        used += len(lines)
        count += 1
        if used >= room:
            break
    return rows[:count], rows[count:]


def _head(page: list[Drawn], sheet: Sheet) -> float:
    y = PAGE_HEIGHT - MARGIN - LARGE
    page.append(Text(PAGE_WIDTH - MARGIN, y, LARGE, sheet.title, right=True))
    name, *lines = sheet.practice
    for part in wrap(name, _letters(PAGE_WIDTH - 2 * MARGIN - 140, LARGE)):
        page.append(Text(MARGIN, y, LARGE, part))
        y -= LARGE + 2
    for line in lines:
        for part in wrap(line, _letters(PAGE_WIDTH - 2 * MARGIN, SMALL)):
            page.append(Text(MARGIN, y, SMALL, part))
            y -= SMALL + 2
    y -= 4
    page.append(Rule(MARGIN, y, PAGE_WIDTH - 2 * MARGIN))
    y -= LEAD
    pairs = list(sheet.facts)
    for index in range(0, len(pairs), 2):
        lows = [
            _fact(page, label, text, MARGIN + side * (COLUMN + GUTTER), y)
            for side, (label, text) in enumerate(pairs[index : index + 2])
        ]
        y = min(lows)
    return y - 4


_LABEL = 18
"""Letters of a label beside its text."""


def _fact(page: list[Drawn], label: str, text: str, x: float, y: float) -> float:
    page.append(Text(x, y, SMALL, label))
    start = x + _LABEL * SMALL * PACE
    width = COLUMN - _LABEL * SMALL * PACE
    parts = wrap(text, _letters(width, PLAIN))
    for part in parts:
        page.append(Text(start, y, PLAIN, part))
        y -= LEAD
    if not parts:
        page.append(Rule(start, y - 2, width))
        y -= LEAD
    return y - 1


def _head_again(page: list[Drawn], sheet: Sheet) -> float:
    y = PAGE_HEIGHT - MARGIN - PLAIN
    for part in wrap("  ".join(text for _, text in sheet.facts[:5] if text), _letters(PAGE_WIDTH - 2 * MARGIN, PLAIN)):
        page.append(Text(MARGIN, y, PLAIN, part))
        y -= LEAD
    return y


def _part_head(page: list[Drawn], head: str, y: float) -> float:
    page.append(Text(MARGIN, y - 2, SMALL, head))
    page.append(Rule(MARGIN, y - 5, PAGE_WIDTH - 2 * MARGIN))
    return y - LEAD - 6


def _column(page: list[Drawn], rows: Rows, x: float, y: float) -> None:
    words = x + TICK + 4 + (CODE + 1) * PLAIN * PACE
    for row, lines in rows:
        page.append(Box(x, y - 1, row.ticked))
        if row.amount:
            page.append(Text(x + COLUMN, y, PLAIN, row.amount, right=True))
        for code, part in lines:
            page += [Text(at, y, PLAIN, text) for at, text in ((x + TICK + 4, code), (words, part)) if text]
            y -= LEAD


def _foot(page: list[Drawn], sheet: Sheet, left_out: int) -> None:
    y = MARGIN + FOOT - LEAD
    page.append(Rule(MARGIN, y + LEAD - 3, PAGE_WIDTH - 2 * MARGIN))
    pairs = list(sheet.foot)
    for index in range(0, len(pairs), 2):
        for side, (label, text) in enumerate(pairs[index : index + 2]):
            _fact(page, label, text, MARGIN + side * (COLUMN + GUTTER), y - 4)
        y -= 22
    if left_out:
        page.append(Text(MARGIN, MARGIN - 14, SMALL, sheet.left_out % {"count": left_out}))
