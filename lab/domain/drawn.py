"""Containers as pictures: the colours of caps with their names, and how a tube is drawn."""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.words import N_

CAPS: dict[str, str] = {
    "gold": N_("gold"),
    "red": N_("red"),
    "light_blue": N_("light blue"),
    "green": N_("green"),
    "light_green": N_("light green"),
    "lavender": N_("lavender"),
    "pink": N_("pink"),
    "royal_blue": N_("royal blue"),
    "gray": N_("gray"),
    "yellow": N_("yellow"),
    "purple": N_("purple"),
    "white": N_("white"),
    "clear": N_("clear"),
    "orange": N_("orange"),
    "aerobic": N_("aerobic"),
    "anaerobic": N_("anaerobic"),
    "by_maker": N_("by maker"),
    "by_kit": N_("by kit"),
    "none": N_("no cap"),
}
"""The words of each cap, by its key. A colour's key is also the value of ``data-cap`` in the page."""

KINDS: dict[str, str] = {
    "tube": N_("tube"),
    "cup": N_("cup"),
    "swab": N_("swab"),
    "vial": N_("vial"),
    "bottle": N_("bottle"),
    "slide": N_("slide"),
    "card": N_("card"),
    "jar": N_("jar"),
    "jug": N_("jug"),
    "direct": N_("fingerstick"),
}

TOP, BOTTOM = 30, 92
"""Inside of the drawn vessel, in the units of its view box (40 wide, 100 high)."""


class Picture(NamedTuple):
    """Where a drawn vessel's contents stand."""

    shape: str
    """``tube``, ``wide`` or ``flat``."""
    level: int
    """The y of the surface; ``BOTTOM`` where it is empty."""
    height: int
    gel: bool


_WIDE = frozenset({"cup", "jar", "jug", "bottle", "vial"})
_FLAT = frozenset({"swab", "slide", "card", "direct"})


def picture(kind: str, volume_ul: int | None, capacity_ul: int | None, *, gel: bool = False) -> Picture:
    """How a container with some volume in it is drawn. What has no volume is drawn half full, so that it is seen."""
    shape = "flat" if kind in _FLAT else "wide" if kind in _WIDE else "tube"
    inside = BOTTOM - TOP
    height = inside // 2
    if volume_ul is not None and capacity_ul:
        height = max(1 if volume_ul else 0, min(inside, volume_ul * inside // capacity_ul))
    return Picture(shape=shape, level=BOTTOM - height, height=height, gel=gel)


def cap_words(cap: str) -> str:
    """The message id of a cap's colour; the key itself where nobody knows it."""
    return CAPS.get(cap, cap.replace("_", " "))
