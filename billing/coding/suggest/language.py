"""Which language a note is in, told by its small words."""

from __future__ import annotations

from collections.abc import Iterable

_FRENCH = "le la les des du une pas depuis avec sous pour dans est sur par et de au aux chez ce jour jours ans"
_FRENCH_SIGNS = frozenset(_FRENCH.split())
_ENGLISH = "the and with of for is on in no to was has at he she by not denies"
_ENGLISH_SIGNS = frozenset(_ENGLISH.split())

_FEW = 12
"""Words of a note that may have no small word in it and tell no language."""


def languages_of(words: Iterable[str]) -> tuple[str, ...]:
    """The languages terms are looked for in, that of the note first: French notes hold English abbreviations too."""
    found = list(words)
    french = sum(word in _FRENCH_SIGNS for word in found)
    english = sum(word in _ENGLISH_SIGNS for word in found)
    if not french and not english:
        return ("en", "fr") if len(found) < _FEW else ("en",)
    return ("fr", "en") if french > english else ("en",)
