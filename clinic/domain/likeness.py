"""By what two names are taken for alike."""

from __future__ import annotations

import unicodedata


def name_key(last: str, first: str | None = None) -> str:
    """Last and first name in small letters, without accents, punctuation or blanks: ``oneil mary``."""
    return " ".join(part for part in (_letters(last), _letters(first or "")) if part)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if letter.isalnum())
