"""One tooth, by the three ways people write it.

A ``Tooth`` is kept as claims write it, by the Universal system (ADA, X12 code list JP): 1 to 32 for permanent teeth,
A to T for primary ones; 51 to 82 and AS to TS for a supernumerary tooth beside the permanent tooth whose number is
fifty less, or beside the primary tooth of the letter.

ISO 3950 (FDI) writes quadrant and place from the midline: 11 to 48 permanent, 51 to 85 primary. It has no number for a
supernumerary tooth: here the tooth beside it is followed by ``S`` (``18S``), which no ISO number can be.
Palmer writes the place, or the letter of a primary tooth, inside the corner of its quadrant (``8⏌``); in plain ASCII
the quadrant stands before it (``UR8``, ``URE``), and a supernumerary tooth again has an ``S`` behind (``UR8S``).

The same text may be a tooth of two systems (11 to 18, 21 to 28, 31, 32, 51 to 55 …): a system is therefore given, never
guessed (``tooth_reading``).
"""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

Arch = Literal["upper", "lower"]
Quadrant = Literal["UR", "UL", "LL", "LR"]
"""Of the patient, in the order of the Universal numbers and of ISO 3950: upper right, upper left, lower left, right."""

Dentition = Literal["permanent", "primary"]
ToothKind = Literal["incisor", "canine", "premolar", "molar"]

QUADRANTS: tuple[Quadrant, ...] = ("UR", "UL", "LL", "LR")
PERMANENT = tuple(str(number) for number in range(1, 33))
PRIMARY = tuple("ABCDEFGHIJKLMNOPQRST")
SUPERNUMERARY = (*(str(number) for number in range(51, 83)), *(f"{letter}S" for letter in PRIMARY))
ALL = (*PERMANENT, *PRIMARY, *SUPERNUMERARY)
"""Every tooth there is a number for, in the order of the system."""

UPPER, LOWER = PERMANENT[:16], PERMANENT[16:]
UPPER_PRIMARY, LOWER_PRIMARY = PRIMARY[:10], PRIMARY[10:]
ROWS: tuple[tuple[str, ...], ...] = (UPPER, LOWER, UPPER_PRIMARY, LOWER_PRIMARY)
"""Teeth side by side, each row from end to end."""

_GLYPHS: dict[Quadrant, str] = {"UR": "{}\N{DENTISTRY SYMBOL LIGHT VERTICAL AND BOTTOM LEFT}",
                                "UL": "\N{DENTISTRY SYMBOL LIGHT VERTICAL AND BOTTOM RIGHT}{}",
                                "LL": "\N{DENTISTRY SYMBOL LIGHT VERTICAL AND TOP RIGHT}{}",
                                "LR": "{}\N{DENTISTRY SYMBOL LIGHT VERTICAL AND TOP LEFT}"}  # fmt: skip
"""The corner of the quadrant around the place, as it lies when one looks at the patient."""


class _Place(Value, frozen=True):
    """Where a tooth stands: quadrant, place from the midline (1 is the central incisor), dentition."""

    quadrant: Quadrant
    place: int
    dentition: Dentition
    beside: str | None = None
    """Of a supernumerary tooth: the tooth it stands beside."""


def _places() -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    rows: tuple[tuple[Dentition, tuple[str, ...], int], ...] = (("permanent", PERMANENT, 8), ("primary", PRIMARY, 5))
    for dentition, teeth, most in rows:
        for at, tooth in enumerate(teeth):
            quadrant, along = QUADRANTS[at // most], at % most
            # The right quadrants are counted towards the midline above, away from it below.
            place = most - along if quadrant in ("UR", "LL") else along + 1
            found[tooth] = _Place(quadrant, place, dentition)
    for tooth in (*PERMANENT, *PRIMARY):
        extra = str(int(tooth) + 50) if tooth in PERMANENT else f"{tooth}S"
        where = found[tooth]
        found[extra] = _Place(where.quadrant, where.place, where.dentition, tooth)
    return found


_PLACES = _places()
_BY_PLACE = {(each.quadrant, each.place, each.dentition, each.beside is not None): key for key, each in _PLACES.items()}
ORDER = {tooth: at for at, tooth in enumerate(ALL)}
"""Where a tooth stands in ``ALL``."""


class Tooth(Value, frozen=True, order=False):
    """A tooth that there is; ``universal`` is how it is kept and sent (X12 TOO02, DN201).

    Raises:
        ValueError: the Universal system has no such tooth.
    """

    universal: str

    def __post_init__(self) -> None:
        if self.universal not in _PLACES:
            raise ValueError(f"{self.universal!r} is no tooth of the Universal system")

    def _where(self) -> _Place:
        return _PLACES[self.universal]

    @property
    def quadrant(self) -> Quadrant:
        """Which quarter of the mouth it stands in."""
        return self._where().quadrant

    @property
    def place(self) -> int:
        """Counted from the midline: 1 to 8, of primary teeth 1 to 5."""
        return self._where().place

    @property
    def dentition(self) -> Dentition:
        """Whether it is one of the first teeth; a supernumerary tooth goes with the one beside it."""
        return self._where().dentition

    @property
    def supernumerary(self) -> bool:
        """Whether it is one more than there should be."""
        return self._where().beside is not None

    @property
    def beside(self) -> Tooth:
        """The regular tooth a supernumerary one stands beside; of a regular one itself."""
        beside = self._where().beside
        return self if beside is None else Tooth(beside)

    @property
    def arch(self) -> Arch:
        """The jaw it stands in."""
        return "upper" if self.quadrant in ("UR", "UL") else "lower"

    @property
    def front(self) -> bool:
        """Whether it is an incisor or canine: then it has an incisal edge and a facial surface."""
        return self.place <= 3

    @property
    def kind(self) -> ToothKind:
        """Incisor, canine, premolar or molar; primary teeth have no premolars."""
        if self.place <= 2:
            return "incisor"
        if self.place == 3:
            return "canine"
        return "premolar" if self.dentition == "permanent" and self.place <= 5 else "molar"

    @property
    def sextant(self) -> int:
        """1 to 6 (ISO 3950): upper right, upper front, upper left, lower left, lower front, lower right."""
        first, side = (1, "UR") if self.arch == "upper" else (4, "LL")
        if self.front:
            return first + 1
        return first if self.quadrant == side else first + 2

    @property
    def successor(self) -> Tooth | None:
        """The permanent tooth that takes the place of a primary one."""
        return self._other("permanent") if self.dentition == "primary" and not self.supernumerary else None

    @property
    def predecessor(self) -> Tooth | None:
        """The primary tooth whose place a permanent one took; permanent molars have none."""
        if self.dentition == "primary" or self.supernumerary or self.place > 5:
            return None
        return self._other("primary")

    def _other(self, dentition: Dentition) -> Tooth:
        return Tooth(_BY_PLACE[self.quadrant, self.place, dentition, False])

    @property
    def fdi(self) -> str:
        """By ISO 3950: ``18``, ``55``; a supernumerary tooth ``18S``."""
        number = QUADRANTS.index(self.quadrant) + (1 if self.dentition == "permanent" else 5)
        return f"{number}{self.place}{'S' if self.supernumerary else ''}"

    @property
    def _palmer_sign(self) -> str:
        sign = str(self.place) if self.dentition == "permanent" else "ABCDE"[self.place - 1]
        return sign + ("S" if self.supernumerary else "")

    @property
    def palmer(self) -> str:
        """By Palmer, with the corner of its quadrant: ``8⏌``."""
        return _GLYPHS[self.quadrant].format(self._palmer_sign)

    @property
    def palmer_ascii(self) -> str:
        """By Palmer in plain letters: ``UR8``."""
        return self.quadrant + self._palmer_sign


def tooth_at(quadrant: Quadrant, place: int, dentition: Dentition, *, supernumerary: bool = False) -> Tooth | None:
    """The tooth of a quadrant at a place from the midline; None where none stands there."""
    found = _BY_PLACE.get((quadrant, place, dentition, supernumerary))
    return None if found is None else Tooth(found)


def tooth_of(universal: str) -> Tooth | None:
    """The tooth of a Universal number as claims write it; None where there is none."""
    return Tooth(universal) if universal in _PLACES else None
