"""Check digits of the codes a catalogue carries: LOINC's (mod 10) and SNOMED CT's (Verhoeff)."""

from __future__ import annotations

import re

_LOINC = re.compile(r"(\d{1,7})-(\d)")
_SNOMED = re.compile(r"\d{6,18}")

# Verhoeff 1969: multiplication in the dihedral group D5, and its powers of one permutation.
_TIMES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_FIRST = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def loinc_ok(code: str) -> bool:
    """Whether it is a LOINC number with its check digit right (LOINC Users' Guide, appendix on check digits)."""
    match = _LOINC.fullmatch(code)
    if match is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(match[1])):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(match[2])


def snomed_ok(code: str) -> bool:
    """Whether it is a SNOMED CT identifier with its check digit right (SNOMED CT Technical Guide, SCTID)."""
    if _SNOMED.fullmatch(code) is None:
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = _FIRST[value]
        check = _TIMES[check][value]
    return check == 0
