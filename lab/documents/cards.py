"""Cards to scan: steps, places, devices, badges. Letter sheets of ten cards, each its words over its bars.

Ten modules of quiet zone stand on either side; a module is a third of a millimetre, which any scanner reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from clinic.domain.value import Value
from clinic.paper.font import NAME, legible
from clinic.paper.sheets import Sheets
from lab.documents.symbols import code_128

COLUMNS, ROWS = 2, 5
WIDE, HIGH = 95 * mm, 50 * mm
LEFT, TOP = 12.5 * mm, 265 * mm
MODULE = 0.33 * mm
QUIET = 10
BARS = 16 * mm
SIZES = (17.0, 14.0, 11.0, 9.0)


class CardFacts(Value, frozen=True, omit_defaults=False, kw_only=True):
    """A card: what people read, what scanners read, and a smaller line."""

    words: str
    text: str
    more: str = ""


def cards_pdf(title: str, cards: Iterable[CardFacts], lang: str) -> bytes:
    """The cards in their order, ten a sheet; words are in the reader's language already.

    Raises:
        ValueError: there is no card.
    """
    found: Sequence[CardFacts] = tuple(cards)
    if not found:
        raise ValueError("a file has at least one card")
    sheets = Sheets(title, lang)
    each = COLUMNS * ROWS
    for first in range(0, len(found), each):
        for place, card in enumerate(found[first : first + each]):
            row, column = divmod(place, COLUMNS)
            _draw(sheets.canvas, card, LEFT + column * WIDE, TOP - (row + 1) * HIGH)
        sheets.canvas.showPage()
    return sheets.finished()


def _draw(canvas: Canvas, card: CardFacts, x: float, y: float) -> None:
    canvas.setLineWidth(0.25)
    canvas.setDash(1, 2)
    canvas.rect(x, y, WIDE, HIGH)
    canvas.setDash()
    room = WIDE - 12 * mm
    words = legible(card.words)
    size = next((size for size in SIZES if canvas.stringWidth(words, NAME, size) <= room), SIZES[-1])
    while canvas.stringWidth(words, NAME, size) > room:
        words = words[:-1]
    canvas.setFont(NAME, size)
    canvas.drawString(x + 6 * mm, y + HIGH - 11 * mm, words)
    if card.more:
        canvas.setFont(NAME, 9)
        canvas.drawString(x + 6 * mm, y + HIGH - 17 * mm, legible(card.more)[:44])
    symbol = code_128(card.text)
    module = min(MODULE, (WIDE - 2 * mm) / (symbol.width + 2 * QUIET))
    start = x + (WIDE - symbol.width * module) / 2
    for run in symbol.runs:
        canvas.rect(start + run.x * module, y + 10 * mm, run.width * module, BARS, stroke=0, fill=1)
    canvas.setFont(NAME, 9)
    canvas.drawCentredString(x + WIDE / 2, y + 5 * mm, card.text)
