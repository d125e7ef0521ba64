"""The National Provider Identifier and its check digit."""

from __future__ import annotations

_PREFIX_SUM = 24
"""What the issuer prefix 80840 adds to the Luhn sum of ten digits (45 CFR 162.406; ISO/IEC 7812)."""

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def is_npi(text: str) -> bool:
    """Whether the text is ten digits that start with 1 or 2 and end in the right check digit."""
    if len(text) != 10 or not text.isascii() or not text.isdigit() or text[0] not in "12":
        return False
    digits = [int(character) for character in text]
    return (_PREFIX_SUM + sum(digits[1::2]) + sum(_DOUBLED[digit] for digit in digits[0::2])) % 10 == 0
