"""A key that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like another, None where none is like it."""
    found = difflib.get_close_matches(word[:40].lower(), list(known), n=1)
    return found[0] if found else None
