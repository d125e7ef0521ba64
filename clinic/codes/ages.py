"""The lists of the Medicare Code Editor: at which age, for which sex and in which place a diagnosis stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.numbers import number_of, packed, place_of

SHAPE = "ages"
LISTS = (
    "newborn", "pediatric", "maternity", "adult", "female", "male", "manifestation", "external", "unacceptable",
)  # fmt: skip
"""What a diagnosis may be listed as; its place is its bit in the file."""

AGES: dict[str, tuple[int, int]] = {"newborn": (0, 0), "pediatric": (0, 17), "maternity": (9, 64), "adult": (15, 124)}
"""Years of age, both included, where the file does not say otherwise (MCE definitions manual, age conflict)."""

_KEPT = 20_000


class Row(NamedTuple):
    """One diagnosis in one list, on its way into a file."""

    code: str
    """As claims carry it: without its dot."""
    listed: str
    """One of ``LISTS``."""


class Listed(NamedTuple):
    """What is said of a diagnosis."""

    lists: frozenset[str]
    ages: tuple[tuple[str, int, int], ...]
    """The lists of ages it stands in, with the first and last year of each."""


def age_sections(rows: Iterable[Row], ages: dict[str, tuple[int, int]]) -> Sections:
    """The sections of a file of these lists; ``ages`` are the years that the file itself names."""
    bits: dict[int, int] = {}
    count = 0
    for row in rows:
        number = number_of(row.code)
        before = bits.get(number, 0)
        bits[number] = before | 1 << LISTS.index(row.listed)
        count += bits[number] != before
    ordered = sorted(bits.items())
    return Sections(
        shape=SHAPE,
        sections={
            "codes": packed("Q", (number for number, _ in ordered)),
            "lists": packed("H", (each for _, each in ordered)),
        },
        rows=count,
        meta={"ages": {name: list(years) for name, years in {**AGES, **ages}.items()}},
    )


class AgesFile:
    """Reads one release of the lists; threads may share it."""

    def __init__(self, file: Mapped) -> None:
        self._codes = file.column("codes", "Q")
        self._lists = file.column("lists", "H")
        self._ages: dict[str, list[int]] = file.header.meta["ages"]
        self._known: dict[str, Listed | None] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def listed(self, code: str) -> Listed | None:
        """What is said of a diagnosis, None where nothing is."""
        try:
            return self._known[code]
        except KeyError:
            pass
        at = place_of(number_of(code), self._codes)
        found = None
        if at >= 0:
            lists = frozenset(name for bit, name in enumerate(LISTS) if self._lists[at] >> bit & 1)
            ages = tuple((name, low, high) for name, (low, high) in self._ages.items() if name in lists)
            found = Listed(lists, ages)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[code] = found
        return found
