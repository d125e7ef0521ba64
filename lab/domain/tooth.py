"""Teeth of dental work: the regular ones, in lists as they are typed and kept (``clinic.domain.tooth`` knows each).

Work is kept by Universal numbers; a supernumerary tooth is not restored, so lists have none.
"""

from __future__ import annotations

from clinic.domain.tooth import LOWER, LOWER_PRIMARY, PERMANENT, PRIMARY, ROWS, UPPER, UPPER_PRIMARY, Arch, Tooth
from clinic.domain.tooth_reading import LONGEST, read_teeth, row_of, shown_teeth, side_by_side

__all__ = [
    "ALL",
    "LONGEST",
    "LOWER",
    "LOWER_PRIMARY",
    "ROWS",
    "UPPER",
    "UPPER_PRIMARY",
    "Arch",
    "arch_of",
    "read_teeth",
    "row_of",
    "shown_teeth",
    "side_by_side",
]

ALL = (*PERMANENT, *PRIMARY)


def arch_of(tooth: str) -> Arch:
    """The jaw a tooth stands in.

    Raises:
        ValueError: it is none.
    """
    return Tooth(tooth).arch
