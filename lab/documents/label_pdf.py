"""Labels as PDF, a page each, for print servers and for viewers that print.

One unit of the page is one dot of the printer. Black rectangles are drawn 0.15 dot smaller on each side: renderers
paint every dot that a rectangle touches, so an edge on the border of two dots would come out a dot too fat.
"""

from __future__ import annotations

from collections.abc import Iterable

from clinic.paper.sheets import Sheets
from lab.documents.label_layout import PACE, Box, Laid, Put

TITLE = "Labels"
POINTS = 72
HAIR = 0.002
"""A page is this much smaller than its dots, in points: renderers round up, and one a hair wider gets a column more."""


def labels_pdf(labels: Iterable[Laid], *, lang: str = "en", right: int = 0, down: int = 0) -> bytes:
    """All labels in one file; they are of one stock and density. The offset is the printer's, in dots.

    Raises:
        ValueError: there is no label, or they differ in size.
    """
    sheets: Sheets | None = None
    size = None
    for laid in labels:
        if sheets is None:
            size = (laid.width, laid.height, laid.dpi)
            scale = POINTS / laid.dpi
            sheets = Sheets(TITLE, lang, (laid.width * scale - HAIR, laid.height * scale - HAIR))
        if size != (laid.width, laid.height, laid.dpi):
            raise ValueError("labels of one file are of one size")
        sheets.add(_page(sheets, laid, right, down))
    if sheets is None:
        raise ValueError("a file has at least one label")
    return sheets.finished()


def _page(sheets: Sheets, laid: Laid, right: int, down: int) -> str:
    scale = f"{POINTS / laid.dpi:.7f}"
    # counted in dots from the upper left; letters stand upright in a matrix of their own
    operators = [f"{scale} 0 0 {scale} 0 0 cm 1 0 0 1 {right} {laid.height - down} cm"]
    boxes = (*laid.bars, *laid.matrix)
    if boxes:
        operators += [*map(_rectangle, boxes), "f"]
    operators += ["BT", *(_line(sheets, put) for put in laid.texts), "ET"]
    return "\n".join(operators)


def _rectangle(box: Box) -> str:
    low = box.y + box.height
    return f"{box.x}.15 -{low - 1}.85 {box.width - 1}.7 {box.height - 1}.7 re"


def _line(sheets: Sheets, put: Put) -> str:
    placed = f"1 0 0 1 {put.x} -{put.baseline} Tm"
    size = f"{put.pitch / PACE:.4f} Tf"
    if put.text.isascii():
        return f"{sheets.font} {size} {placed} ({_escaped(put.text)}) Tj"
    pieces = (f"{font} {size} <{codes.hex()}> Tj" for font, codes in sheets.spell(put.text))
    return f"{placed} {' '.join(pieces)}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
