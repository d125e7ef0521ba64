"""What the numbering of dental codes tells by itself: kinds of acts, surfaces of fillings. Numbers only.

Attributes of single codes (ages, whether a tooth or surface is needed) come with the practice's own CDT list; what
stands here follows from the ranges the public numbering has.
"""

from __future__ import annotations

from datetime import date

SURFACES_OF: dict[str, int] = {
    "D2140": 1,
    "D2150": 2,
    "D2160": 3,
    "D2161": 4,
    "D2330": 1,
    "D2331": 2,
    "D2332": 3,
    "D2335": 4,
    "D2391": 1,
    "D2392": 2,
    "D2393": 3,
    "D2394": 4,
}
"""How many surfaces a filling covers; the last of each row and more."""

MOST_COUNTED = 4
FRONT_FILLINGS = frozenset({"D2330", "D2331", "D2332", "D2335"})
BACK_FILLINGS = frozenset({"D2391", "D2392", "D2393", "D2394"})
BY_QUADRANT = frozenset({"D4210", "D4211", "D4240", "D4241", "D4260", "D4261", "D4341", "D4342"})
QUADRANTS = frozenset({"10", "20", "30", "40"})
SHOWN = ("D434", *(f"D2{each}" for each in range(71, 80)))
"""How the codes begin with which payers usually ask to see a radiograph or the periodontal chart."""

GROWN = 16
"""Years from which on a primary tooth is unlikely."""

SMALL, WISE = 4, 14
"""Years before which no permanent tooth, and no third molar, has come."""

WISDOM = 8
"""Place of the third molar from the midline."""


def is_restoration(code: str) -> bool:
    """Whether it fills a tooth or treats its root."""
    return "D2000" <= code <= "D3999"


def is_extraction(code: str) -> bool:
    """Whether it takes a tooth out."""
    return "D7111" <= code <= "D7250"


def needs_tooth(code: str) -> bool:
    """Whether it is done on a tooth."""
    return is_restoration(code) or is_extraction(code)


def is_prosthesis(code: str) -> bool:
    """Whether it is a crown, a denture, or a part of a bridge."""
    return "D2710" <= code <= "D2799" or "D5110" <= code <= "D5286" or "D6205" <= code <= "D6799"


def is_orthodontic(code: str) -> bool:
    """Whether it is orthodontic treatment."""
    return "D8010" <= code <= "D8698"


def age(birth: date | None, day: date) -> int | None:
    """Full years on a day; None where the birth is not known."""
    if birth is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
