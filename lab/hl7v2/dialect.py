"""How a sender writes: where its messages put our numbers, what its flags and units are called."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import lab.hl7v2.dialects
from clinic.domain.value import Value

Place = tuple[str, int, int, int]
"""Segment, field, component, subcomponent."""

PLACERS: tuple[Place, ...] = (("OBR", 2, 1, 1), ("ORC", 2, 1, 1))
CONTAINERS: tuple[Place, ...] = (("SPM", 2, 1, 1),)
FLAGS: tuple[tuple[str, str], ...] = (
    ("L", "L"),
    ("H", "H"),
    ("LL", "LL"),
    ("HH", "HH"),
    ("<", "L"),
    (">", "H"),
    ("A", "A"),
    ("AA", "AA"),
    ("POS", "A"),
    ("DET", "A"),
)
USUAL = frozenset({"", "N", "NEG", "ND", "NR", "WR"})
"""Flags that say nothing is the matter."""


class Dialect(Value, frozen=True, kw_only=True):
    """One sender's ways."""

    key: str
    applications: tuple[str, ...]
    """What MSH-3 or MSH-4 begins with, in capitals."""
    charset: str | None = None
    """Where MSH-18 is blank."""
    zone: str | None = None
    """Of times without an offset; None takes that of the practice."""
    placers: tuple[Place, ...] = ()
    containers: tuple[Place, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    """Their flags, in capitals, and ours: added to the table's, before it."""
    usual: tuple[str, ...] = ()
    """Further flags of theirs that say nothing is the matter."""
    units: tuple[tuple[str, str], ...] = ()
    """Their units and UCUM's."""
    status_in_values: bool = False
    """OBR-25 is left blank; OBX-11 alone says it."""
    lines_of_text: bool = False
    """A text comes a line an OBX of the same number."""

    def flag(self, text: str) -> tuple[str | None, bool]:
        """Our flag, and whether theirs is known."""
        said = text.upper()
        if said in USUAL or said in self.usual:
            return None, True
        found = dict((*FLAGS, *self.flags)).get(said)
        return found, found is not None

    def unit(self, text: str) -> str:
        """The unit as UCUM writes it; as it came where it is not known otherwise."""
        return dict(self.units).get(text, text)


PLAIN = Dialect(key="plain", applications=(), placers=PLACERS, containers=CONTAINERS)
"""Who is not known writes by the book."""


@cache
def dialects() -> tuple[Dialect, ...]:
    """Every file of the folder, by name."""
    names = [module.name for module in pkgutil.iter_modules(lab.hl7v2.dialects.__path__)]
    return tuple(importlib.import_module(f"lab.hl7v2.dialects.{name}").DIALECT for name in sorted(names))


def dialect_of(application: str, facility: str) -> Dialect:
    """That of a sender."""
    named = (application.upper(), facility.upper())
    for each in dialects():
        if any(name.startswith(each.applications) for name in named if name):
            return each
    return PLAIN
