"""A label as the black and white dots that a printer burns.

Letters are set dot by dot, so that no printer's own fonts decide whether an accent comes out.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from clinic.paper.font import FILE
from lab.documents.label_layout import PACE, Box, Laid, Put

_DRAWING = threading.Lock()
"""FreeType keeps the glyph under way in the face."""


class Patch(NamedTuple):
    """A rectangle of dots: its rows from the top, each a whole number whose highest bit is the leftmost dot."""

    x: int
    y: int
    width: int
    rows: tuple[int, ...]


class _Glyph(NamedTuple):
    """A letter's dots in its cell."""

    top: int
    """Rows from the line it stands on up to its first row."""
    rows: tuple[int, ...]


@lru_cache(maxsize=16)
def _face(pitch: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FILE), pitch / PACE)


@lru_cache(maxsize=4096)
def _glyph(letter: str, pitch: int) -> _Glyph:
    """A letter as the font's own instructions set it in black and white."""
    with _DRAWING:
        face = _face(pitch)
        rise, fall = round(pitch / PACE), round(pitch / PACE * 0.4)
        cell = Image.new("1", (pitch, rise + fall), 0)
        ImageDraw.Draw(cell).text((0, rise), letter, fill=1, font=face, anchor="ls")
    packed = cell.tobytes()
    stride = (pitch + 7) // 8
    lines = [
        int.from_bytes(packed[start : start + stride], "big") >> (stride * 8 - pitch)
        for start in range(0, len(packed), stride)
    ]
    inked = [number for number, line in enumerate(lines) if line]
    if not inked:
        return _Glyph(0, ())
    return _Glyph(rise - inked[0], tuple(lines[inked[0] : inked[-1] + 1]))


def set_text(put: Put) -> Patch:
    """A line of text in dots."""
    glyphs = [_glyph(letter, put.pitch) for letter in put.text]
    top = max((glyph.top for glyph in glyphs if glyph.rows), default=0)
    low = max((len(glyph.rows) - glyph.top for glyph in glyphs if glyph.rows), default=0)
    rows = [0] * (top + low)
    for place, glyph in enumerate(reversed(glyphs)):
        shift = place * put.pitch
        for number, line in enumerate(glyph.rows, start=top - glyph.top):
            rows[number] |= line << shift
    return Patch(put.x, put.baseline - top, put.pitch * len(put.text), tuple(rows))


def fill(boxes: tuple[Box, ...]) -> Patch:
    """Rectangles in dots: the least patch that holds all of them."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    wide = max(box.x + box.width for box in boxes) - left
    rows = [0] * (max(box.y + box.height for box in boxes) - top)
    for box in boxes:
        line = ((1 << box.width) - 1) << (left + wide - box.x - box.width)
        for number in range(box.y - top, box.y - top + box.height):
            rows[number] |= line
    return Patch(left, top, wide, tuple(rows))


def patches(laid: Laid) -> list[Patch]:
    """Everything on a label: lines of text, bars, matrix."""
    shapes = [fill(boxes) for boxes in (laid.bars, laid.matrix) if boxes]
    return [*(set_text(put) for put in laid.texts), *shapes]


def moved(patch: Patch, right: int, down: int, laid: Laid) -> Patch | None:
    """The patch as a printer's offset moves it, without what falls off the label; None where nothing is left."""
    x, y = patch.x + right, patch.y + down
    rows = patch.rows[max(-y, 0) : max(laid.height - y, 0)]
    off = max(x + patch.width - laid.width, 0)
    wide = patch.width - off - max(-x, 0)
    if wide <= 0 or not rows:
        return None
    seen = tuple((row >> off) & ((1 << wide) - 1) for row in rows)
    return Patch(max(x, 0), max(y, 0), wide, seen)


def picture(laid: Laid) -> Image.Image:
    """The label as a black and white picture, a pixel a dot."""
    rows = [0] * laid.height
    for patch in patches(laid):
        seen = moved(patch, 0, 0, laid)
        if seen is not None:
            for number, line in enumerate(seen.rows, start=seen.y):
                rows[number] |= line << (laid.width - seen.x - seen.width)
    stride = (laid.width + 7) // 8
    pad = stride * 8 - laid.width
    packed = b"".join((line << pad).to_bytes(stride, "big") for line in rows)
    inverted = bytes(255 - byte for byte in packed)
    return Image.frombytes("1", (laid.width, laid.height), inverted)
