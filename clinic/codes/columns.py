"""Rows as the columns of a release file: a sorted key column with a hash table over it, texts, parents, notes."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable

import msgspec

from clinic.codes.release import Contents, Row

BILLABLE = 1
SUFFIX = 2
GROUP = 1 << 31
"""In the parent column: the rest of the number is a place in the list of groups."""


def slot_of(key: bytes, mask: int) -> int:
    """Where the search for a padded key starts in a hash table of ``mask + 1`` slots."""
    return zlib.crc32(key) & mask


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows as the file keeps them: by code, so that those with one beginning stand together."""
    return sorted(rows, key=lambda row: row.value)


def entry_sections(rows: list[Row], contents: Contents) -> dict[str, bytes]:
    """The sections that lookup reads, from rows sorted by code."""
    width = max((len(row.value) for row in rows), default=1)
    place = {row.value: number for number, row in enumerate(rows)}
    groups = {group.id: number for number, group in enumerate(contents.groups)}
    keys = [row.value.encode("ascii").ljust(width, b"\0") for row in rows]
    parents = array("I", (_parent(row, place, groups) for row in rows))
    notes = [(number, msgspec.json.encode(row.notes)) for number, row in enumerate(rows) if row.notes]
    facts = [(number, msgspec.json.encode(row.facts)) for number, row in enumerate(rows) if row.facts]
    texts = [row.display.encode() for row in rows]
    sections = {
        "keys": b"".join(keys),
        "slots": _slots(keys),
        "flags": bytes((BILLABLE if row.billable else 0) | (SUFFIX if row.suffix else 0) for row in rows),
        "parents": parents.tobytes(),
        "texts": b"".join(texts),
        "text_at": _offsets(texts),
        "notes": b"".join(text for _, text in notes),
        "note_of": array("I", (number for number, _ in notes)).tobytes(),
        "note_at": _offsets([text for _, text in notes]),
        "facts": b"".join(text for _, text in facts),
        "fact_of": array("I", (number for number, _ in facts)).tobytes(),
        "fact_at": _offsets([text for _, text in facts]),
        "groups": msgspec.json.encode(contents.groups),
    }
    if any(row.start or row.end for row in rows):
        sections["starts"] = array("I", (row.start.toordinal() if row.start else 0 for row in rows)).tobytes()
        sections["ends"] = array("I", (row.end.toordinal() if row.end else 0 for row in rows)).tobytes()
    return sections


def _parent(row: Row, place: dict[str, int], groups: dict[str, int]) -> int:
    """1 + the parent's place, a group's place with the top bit set, or 0."""
    if row.parent is not None:
        return place[row.parent] + 1
    return 0 if row.group is None else GROUP | groups[row.group]


def _slots(keys: list[bytes]) -> bytes:
    """Open addressing with linear steps, at most half full: a code is found in one or two probes."""
    mask = (1 << max(1, (2 * len(keys)).bit_length())) - 1
    slots = array("I", bytes(4 * (mask + 1)))
    for number, key in enumerate(keys, 1):
        slot = slot_of(key, mask)
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = number
    return slots.tobytes()


def _offsets(parts: list[bytes]) -> bytes:
    """Where each part starts, and where the last one ends."""
    offsets = array("I", [0])
    at = 0
    for part in parts:
        at += len(part)
        offsets.append(at)
    return offsets.tobytes()
