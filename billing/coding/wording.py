"""Text as claims carry it: capitals, ASCII, no character that separates, nothing at the edges.

X12 has no escape, so a delimiter may never occur in data (reference: basic and extended character sets, X12.6);
accents are transliterated, because a payer that refuses them refuses the file.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ß": "SS",
        "æ": "AE",
        "Æ": "AE",
        "œ": "OE",
        "Œ": "OE",
        "ø": "O",
        "Ø": "O",
        "ł": "L",
        "Ł": "L",
        "đ": "D",
        "Đ": "D",
        "ð": "D",
        "Ð": "D",
        "þ": "TH",
        "Þ": "TH",
        "ı": "I",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
    }
)
_NEVER = re.compile(r"[^A-Z0-9 !\"&'()+,\-./;?=%@_#$]")
"""What no claim may hold: everything outside the basic set, and our own four separators."""
_POSTAL = re.compile(r"[^A-Z0-9 &'\-/]")
"""What the CMS-1500 asks to leave out of names and addresses: points, commas, symbols."""


def claim_text(text: str) -> str:
    """The text in the claim alphabet. What has no counterpart there becomes a blank; blanks are folded."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).upper()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(_NEVER.sub(" ", plain).split())


def postal_text(text: str) -> str:
    """A name or address line as forms want it: the claim alphabet without points, commas and symbols."""
    return " ".join(_POSTAL.sub("", claim_text(text).replace(",", " ")).split())


def optional_text(text: str | None) -> str | None:
    """``claim_text``, and None where nothing is left."""
    return (claim_text(text) or None) if text else None


def optional_postal(text: str | None) -> str | None:
    """``postal_text``, and None where nothing is left."""
    return (postal_text(text) or None) if text else None


def digits(text: str | None) -> str | None:
    """Only the digits, and None where there are none: phones, tax ids, ZIP codes."""
    return "".join(character for character in text or "" if character.isascii() and character.isdigit()) or None
