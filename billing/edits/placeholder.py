"""Texts that stand in a field only because it may not stay empty."""

from __future__ import annotations

from functools import lru_cache

_WORDS = frozenset(
    {
        *("NA", "NO", "NONE", "NONENEEDED", "NONEREQUIRED", "NOTAPPLICABLE", "NOTNEEDED", "NOTREQUIRED", "NR", "YES"),
        *("ONFILE", "PENDING", "PEND", "REQUESTED", "TBD", "TBA", "UNK", "UNKNOWN", "UNAVAILABLE", "VERBAL", "TEST"),
        *("123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "987654321"),
    }
)


def made_of_one(text: str) -> bool:
    """Whether a text of three characters or more repeats one: 000000000, XXX."""
    return len(text) > 2 and text == text[0] * len(text)


@lru_cache(maxsize=4096)
def is_placeholder(text: str) -> bool:
    """Whether a number says only that there is none: a word, a row of one character, digits in their order."""
    bare = "".join([character for character in text.upper() if character.isalnum()])
    return bare in _WORDS or made_of_one(bare)
