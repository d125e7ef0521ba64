"""The sections of the house: what an administrator looks after, as tabs of one place. Each screen declares its own."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """One tab of the house: its words, the right that opens it, its endpoint (a GET without arguments)."""

    name: str
    words: str
    right: str
    endpoint: str
    order: int = 50


SECTIONS: dict[str, Section] = {}


def declare(*rows: Section) -> None:
    """Add sections to the registry."""
    SECTIONS.update((row.name, row) for row in rows)


def in_order() -> list[Section]:
    """All sections as the tabs have them."""
    return sorted(SECTIONS.values(), key=lambda row: (row.order, row.name))
