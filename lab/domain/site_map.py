"""The map of the mouth: one drawing of our own for screen and paper, and how its lines are read.

The mouth is open and seen from in front, so the patient's right lies on the left; below, the tongue is lifted. Lines
are written as SVG writes them, with absolute M, L, C and Z alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

WIDTH, HEIGHT = 400, 610

_LIPS = (
    "M 200 22 C 225 8 262 16 290 34 C 350 76 385 150 385 232 C 385 350 320 446 200 446 "
    "C 80 446 15 350 15 232 C 15 150 50 76 110 34 C 138 16 175 8 200 22 Z"
)
_OPENING = "M 200 50 C 310 46 352 135 352 232 C 352 330 300 412 200 412 C 100 412 48 330 48 232 C 48 135 90 46 200 50 Z"
_UPPER_ARCH = (
    "M 92 208 C 86 122 138 82 200 82 C 262 82 314 122 308 208 L 278 208 "
    "C 281 146 246 112 200 112 C 154 112 119 146 122 208 Z"
)
_PALATE = (
    "M 122 208 C 119 146 154 112 200 112 C 246 112 281 146 278 208 C 252 226 214 222 208 226 "
    "C 207 242 193 242 192 226 C 186 222 148 226 122 208 Z"
)
_LOWER_ARCH = (
    "M 90 260 C 88 342 138 394 200 394 C 262 394 312 342 310 260 L 282 260 "
    "C 284 332 250 370 200 370 C 150 370 116 332 118 260 Z"
)
_TONGUE = (
    "M 128 292 C 118 252 150 242 200 246 C 250 242 282 252 272 292 "
    "C 272 336 245 366 200 366 C 155 366 128 336 128 292 Z"
)
_ARCH_BELOW = (
    "M 104 476 C 104 562 148 600 200 600 C 252 600 296 562 296 476 L 272 476 "
    "C 272 546 240 574 200 574 C 160 574 128 546 128 476 Z"
)
_FLOOR = "M 128 476 C 128 546 160 574 200 574 C 240 574 272 546 272 476 Z"
_LIFTED = "M 150 466 C 146 512 168 534 200 534 C 232 534 254 512 250 466 C 236 456 164 456 150 466 Z"

OUTLINES: tuple[tuple[str, str], ...] = (
    ("flesh", _LIPS),
    ("hollow", _OPENING),
    ("flesh", _UPPER_ARCH),
    ("roof", _PALATE),
    ("line", "M 200 112 L 200 180"),
    ("line", "M 126 182 C 160 192 240 192 274 182"),
    ("line", "M 112 216 C 103 236 106 254 118 266"),
    ("line", "M 288 216 C 297 236 294 254 282 266"),
    ("flesh", _LOWER_ARCH),
    ("tongue", _TONGUE),
    ("line", "M 200 256 L 200 346"),
    ("flesh", _ARCH_BELOW),
    ("hollow", _FLOOR),
    ("tongue", _LIFTED),
    ("line", "M 200 500 L 200 570"),
)
"""Kind and path of each line, from the back to the front. Kinds: ``flesh``, ``hollow``, ``roof``, ``tongue``,
``line``."""


class Stroke(NamedTuple):
    """One part of a path: ``M``, ``L``, ``C`` or ``Z`` with its numbers."""

    way: str
    at: tuple[float, ...]


_NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}


def strokes(path: str) -> Iterator[Stroke]:
    """The parts of a path.

    Raises:
        ValueError: it is written in another way.
    """
    words = path.split()
    place = 0
    while place < len(words):
        way = words[place]
        if way not in _NUMBERS:
            raise ValueError(f"{way} in a path of the map")
        count = _NUMBERS[way]
        yield Stroke(way, tuple(map(float, words[place + 1 : place + 1 + count])))
        place += 1 + count
