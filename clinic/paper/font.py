"""The one typeface of paper: Liberation Mono, embedded in every file.

None of PDF's fourteen standard fonts is ever used: they are not embedded, so what prints depends on the printer.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

NAME = "LiberationMono"
FILE = Path(__file__).parent / "fonts" / "LiberationMono-Regular.ttf"


@cache
def typeface() -> TTFont:
    """Liberation Mono, read and made known to reportlab once a process."""
    font = TTFont(NAME, str(FILE))
    registerFont(font)
    return font


def legible(text: str) -> str:
    """Words to be drawn, with ``?`` for each letter that the typeface lacks: it would print as a black box."""
    known = typeface().face.charToGlyph
    return "".join(letter if ord(letter) in known else "?" for letter in text)
