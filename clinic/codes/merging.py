"""What an index of terms adds to what the titles of a release gave."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from clinic.codes.reader import ReleaseFile
from clinic.codes.release import Entry, Hit

SURE = 0.9
"""From this score on a title of the list says what was asked: no index is asked beside it."""

_TRUST = 0.92
"""What a term of an index counts beside a title of the list itself, which says what the code means."""


def with_ways(hits: list[Hit], ways: Iterable[tuple[str, float]], file: ReleaseFile, limit: int) -> list[Hit]:
    """The hits and those an index led to, each code once with its better score, in the order of a search.

    A header that an index names stands for the code below it that is meant when no more is known.
    """
    found = {hit.value: hit for hit in hits}
    for value, said in ways:
        hit = file.hit(_usual(file, value), round(said * _TRUST, 4))
        if hit is not None and (hit.value not in found or found[hit.value].score < hit.score):
            found[hit.value] = hit
    order = sorted(found.values(), key=lambda hit: (not hit.billable, -hit.score))
    lowest, merged = 1.0, []
    for hit in order[:limit]:
        lowest = min(lowest, hit.score)
        merged.append(hit if hit.score == lowest else msgspec.structs.replace(hit, score=lowest))
    return merged


def _usual(file: ReleaseFile, value: str) -> str:
    below = file.below(value)
    if len(below) < 2:
        return value
    billable = [entry for entry in below if entry.billable]
    return min(billable, key=_openness).value if billable else value


def _openness(entry: Entry) -> tuple[bool, bool, int, str]:
    """The less it says, the earlier: unspecified first, of visits the first."""
    return "unspecified" not in entry.display, entry.value[6:] not in {"", "A"}, len(entry.value), entry.value
