"""What a page cannot hold. Told by box; nothing is ever cut in silence."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Literal

from clinic.domain.value import Value
from clinic.paper.form import Cell, Page


class Overflow(Value, frozen=True):
    """One cell that cannot say all of its text.

    ``width``: longer than the cell, ``lost`` is the part that stands outside. ``character``: letters that the form's
    alphabet (printable ASCII) does not have, ``lost`` is those letters.
    """

    page: int
    """1-based."""
    box: str
    part: str
    text: str
    lost: str
    why: Literal["width", "character"]


def fits(page: Page) -> bool:
    """Whether every text of the page is inside its cell and alphabet. The quick look: a few microseconds."""
    texts = page.texts
    everything = "".join(texts)
    return (
        everything.isascii()
        and everything.isprintable()
        and not any(map(operator.gt, map(len, texts), page.form.widths))
    )


def overflows(pages: Iterable[Page]) -> tuple[Overflow, ...]:
    """Every cell of the pages that cannot say all of its text, in reading order."""
    return tuple(
        problem
        for number, page in enumerate(pages, start=1)
        if not fits(page)
        for cell, text in page.filled()
        for problem in _problems(number, cell, text)
    )


def _problems(number: int, cell: Cell, text: str) -> list[Overflow]:
    found = []
    strange = "".join(dict.fromkeys(letter for letter in text if not printable(letter)))
    if strange:
        found.append(Overflow(number, cell.box, cell.part, text, strange, "character"))
    if len(text) > cell.width:
        lost = text[: len(text) - cell.width] if cell.right else text[cell.width :]
        found.append(Overflow(number, cell.box, cell.part, text, lost, "width"))
    return found


def printable(letter: str) -> bool:
    """Whether the alphabet of claim forms has the letter: ASCII from blank to tilde."""
    return letter.isascii() and letter.isprintable()


def overflowing(cell: Cell, text: str) -> bool:
    """Whether the cell cannot say all of the text."""
    return len(text) > cell.width or not (text.isascii() and text.isprintable())


def shown(cell: Cell, text: str) -> str:
    """What a draft shows of a text that may not fit: letters replaced by ``?``, the end cut off.

    An amount or date that does not fit becomes ``#`` all over: a part of it would be another one.
    """
    clean = "".join(letter if printable(letter) else "?" for letter in text)
    if len(clean) <= cell.width:
        return clean
    return clean[: cell.width] if cell.kind == "text" else "#" * cell.width
