"""Invented rule tables of the shape of the real ones: none of CMS's pairs is in them.

Shape of NCCI PTP, practitioners, third quarter 2024: 2.5 million pairs of some eleven thousand codes, most of them in a
few hundred long rows; 57 in a hundred deleted; indicator 1 for most. And 14,677 limits, 7,465 add-on rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from clinic.codes import addons, ages, limits, pairs
from clinic.codes.kind import Sections
from clinic.codes.library import Library
from clinic.codes.release import Release

PAIRS, CODES, LIMITS, ADDONS = 2_500_000, 11_000, 14_677, 7_465
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SPARED = ("99213", "99214", "36415", "85025", "80053", "93000")
"""Codes of the plain visits: paired with thousands of others, not with each other, as in a practice's day."""


def codes(count: int = CODES) -> list[str]:
    """Procedure codes, five digits or a letter and four; those of the plain visits among them."""
    chance = Random(1)
    numbers = chance.sample(range(10000, 99999), count * 5 // 6)
    letters = [f"{letter}{number:04d}" for letter in "ABCEGHJKLQV" for number in range(0, 9999, 9)]
    found = {*(str(number) for number in numbers), *SPARED, *chance.sample(letters, count // 6)}
    return sorted(found)[:count] if len(found) > count + 100 else sorted(found)


def pair_rows(known: Sequence[str], count: int = PAIRS) -> Iterator[pairs.Row]:
    """So many pairs; row lengths are skewed: a tenth of the codes has more than half of the pairs."""
    chance = Random(2)
    spared = set(SPARED)
    began = date(1996, 1, 1)
    reasons = [f"Reason {number}" for number in range(20)]
    for first, size in zip(known, _sizes(len(known), count, chance), strict=True):
        others = [code for code in known if code != first and not (first in spared and code in spared)]
        for second in chance.sample(others, size):
            since = began + timedelta(days=91 * chance.randrange(120))
            gone = chance.random()
            indicator = "9" if gone < 0.1 else chance.choices("01", (2, 8))[0]
            until = None if gone >= 0.57 else since + timedelta(days=0 if gone < 0.1 else 91 * chance.randrange(1, 40))
            yield pairs.Row(first, second, since, until, indicator, reasons[chance.randrange(20)])


def _sizes(codes: int, count: int, chance: Random) -> list[int]:
    """How many pairs each code has as column 1: together ``count``, none with more than a third of all codes."""
    weights = [chance.paretovariate(1.1) for _ in range(codes)]
    scale, most = count / sum(weights), codes // 3
    sizes = [min(most, int(weight * scale)) for weight in weights]
    while (left := count - sum(sizes)) > 0:
        room = [at for at, size in enumerate(sizes) if size < most]
        for at in chance.sample(room, min(left, len(room))):
            sizes[at] += min(most - sizes[at], max(1, left // len(room)))
    return sizes


def limit_rows(known: Sequence[str], count: int = LIMITS) -> Iterator[limits.Row]:
    """Limits of nearly every code, most of them small."""
    chance = Random(3)
    more = [f"{letter}{number:04d}" for letter in "STUWXYZ" for number in range(9999)]
    for code in [*known, *more][:count]:
        units = 4 if code in SPARED else chance.choice((0, 1, 1, 1, 1, 2, 3, 4, 6, 12))
        yield limits.Row(code, units, chance.choices("123", (1, 4, 5))[0], f"Reason {chance.randrange(8)}")


def addon_rows(known: Sequence[str], count: int = ADDONS) -> Iterator[addons.Row]:
    """Five hundred add-ons with their primaries."""
    chance = Random(4)
    some = [code for code in chance.sample(list(known), 500) if code not in SPARED]
    for _ in range(count):
        kind = chance.choices("123", (8, 1, 1))[0]
        yield addons.Row(chance.choice(some), addons.ANY if kind == "2" else chance.choice(known), kind)


def put_tables(library: Library, count: int = PAIRS) -> int:
    """Write all tables into a library and give the number of pairs."""
    known = codes()
    built = pairs.pair_sections(pair_rows(known, count))
    lists = [ages.Row(f"O{number:03d}", "maternity") for number in range(1000)]
    _put(library, "ncci-ptp", built)
    _put(library, "ncci-mue", limits.limit_sections(limit_rows(known)))
    _put(library, "ncci-addon", addons.addon_sections(addon_rows(known)))
    _put(library, "mce", ages.age_sections(lists, {}))
    return built.rows


def _put(library: Library, system: str, body: Sections) -> None:
    library.add(
        Release(
            system=system,
            name="invented",
            title=f"Invented {system}",
            effective=FIRST,
            start=FIRST,
            end=LAST,
            licence="none",
            source="bench",
            complete=True,
        ),
        body,
    )


def path_of_pairs(library: Library) -> Path:
    """Where the pairs stand."""
    return library.folder / "ncci-ptp--invented.codes"
