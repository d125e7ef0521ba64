"""What a scanned text means. One input takes everything: what is on a label or card says by itself what it is.

Cards begin with a word and a hyphen; whatever is none of them is taken for the number of a container. A digit alone is
the key of an act. A keyboard does the same as a scanner.
"""

from __future__ import annotations

import re
from typing import Literal

from clinic.domain.value import Value

Kind = Literal["container", "step", "place", "condition", "device", "badge", "package", "key"]

LONGEST = 64
_CARDS: dict[str, Kind] = {
    "STEP": "step",
    "PLACE": "place",
    "KEEP": "condition",
    "DEV": "device",
    "BADGE": "badge",
}
"""The word a card begins with. What follows it is the card's own: a step's key, or what the practice gave out."""

_PACKAGE = re.compile(r"P[0-9]{4,}\Z")
_SYMBOLOGY = re.compile(r"\][A-Za-z]\d")
"""Scanners may say first which symbol they read: ``]C1`` for Code 128, ``]d2`` for Data Matrix (ISO/IEC 15424)."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9._/-]*\Z")

_FRENCH = str.maketrans("à&é\"'(-è_ç)§qwaz" + "QWAZ", "0123456789-6azqw" + "AZQW")
"""A scanner set to American keys on a computer set to French ones: digits come as the signs of the upper row."""
_FRENCH_SIGNS = re.compile(r"[à&é\"'(è)ç§]")


class Scan(Value, frozen=True):
    """A text and what it is. ``text`` is the number, the step's key, the key, or the whole text of a card."""

    kind: Kind
    text: str


def read_scan(typed: str) -> Scan | None:
    """What was scanned or typed; None where it can be nothing of the bench.

    Surrounding blanks, control signs and the symbology's name are dropped; letters count as capitals.
    """
    plain = _plain(typed)
    if not plain or len(plain) > LONGEST:
        return None
    found = _read(plain.upper())
    if (found is None or found.kind == "container") and _FRENCH_SIGNS.search(plain):
        found = _read(plain.translate(_FRENCH).upper()) or found
    return found


def _plain(typed: str) -> str:
    bare = _CONTROLS.sub("", typed[: 4 * LONGEST]).strip()
    return _SYMBOLOGY.sub("", bare, count=1).strip() if bare.startswith("]") else bare


def _read(text: str) -> Scan | None:
    if len(text) == 1:
        return Scan("key", text.lower())
    if not _NUMBER.match(text):
        return None
    word, hyphen, rest = text.partition("-")
    if hyphen and rest and word in _CARDS:
        kind = _CARDS[word]
        return Scan(kind, rest.lower() if kind in ("step", "condition") else text)
    if _PACKAGE.match(text):
        return Scan("package", text)
    return Scan("container", text)


def step_card(key: str) -> str:
    """What the card of a step says."""
    return f"STEP-{key.upper()}"


def condition_card(condition: str) -> str:
    """What the card of a way to keep something says."""
    return f"KEEP-{condition.upper()}"
