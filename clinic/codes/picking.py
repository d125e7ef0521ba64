"""What a search found, as a person picks from it: what the practice uses further up, families instead of siblings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import log2

import msgspec

from clinic.codes.release import Entry, Hit, shown
from clinic.domain.value import Value

_LIFT = 0.06
_MOST_LIFT = 5.0
_SIDED = re.compile(r"\b(?:right|left|bilateral)\b|\bunspecified (?!with)")


class Picked(Value, frozen=True, kw_only=True):
    """One row of the picker: a code, or a family of codes that differ by side, kind or visit."""

    value: str
    code: str
    """As people read it; a family's with a hyphen behind it: ``S52.5-``."""
    display: str
    billable: bool
    used: int | None = None
    """How often the practice wrote it down; None for a family, and where it never did."""
    family: bool = False


def boosted(hits: Sequence[Hit], used: Mapping[str, int]) -> list[Hit]:
    """The hits again, what the practice itself uses moved up: a code used often passes those that fit little better.

    ``used`` is how often by code, as claims carry it. The score of each is lifted by at most 30 %, and the order of
    codes never used stays as it was.
    """
    if not any(hit.value in used for hit in hits):
        return list(hits)
    lifted = [(hit.score * (1 + _LIFT * min(_MOST_LIFT, log2(1 + used.get(hit.value, 0)))), hit) for hit in hits]
    # Headers stay behind what may stand on a claim, however often a record names them.
    order = sorted(range(len(hits)), key=lambda at: (not hits[at].billable, -lifted[at][0], at))
    return [msgspec.structs.replace(hits[at], score=round(min(1.0, lifted[at][0]), 4)) for at in order]


def picked(
    hits: Sequence[Hit], entry_of: Callable[[str], Entry | None], used: Mapping[str, int], limit: int
) -> list[Picked]:
    """At most ``limit`` rows: the best hit as it is, its family, then other codes and families, each once."""
    entries = {hit.value: entry_of(hit.value) for hit in hits}
    families = {value: None if entry is None else _family(entry) for value, entry in entries.items()}
    members: dict[str, int] = {}
    for family in families.values():
        if family is not None:
            members[family] = members.get(family, 0) + 1
    rows: list[Picked] = []
    told: set[str] = set()
    for number, hit in enumerate(hits):
        family = families[hit.value]
        crowded = family is not None and members[family] > 1
        if hit.billable and (number == 0 or not crowded or hit.value in used):
            rows.append(_row(hit, used))
        if not hit.billable and hit.value not in told:
            told.add(hit.value)
            rows.append(Picked(value=hit.value, code=f"{hit.code}-", display=hit.display, billable=False, family=True))
        if family is not None and crowded and family not in told:
            told.add(family)
            above = entry_of(family)
            if above is not None:
                code = f"{shown(hit.system, family)}-"
                rows.append(Picked(value=family, code=code, display=above.display, billable=False, family=True))
        if len(rows) >= limit:
            break
    return rows[:limit]


def _row(hit: Hit, used: Mapping[str, int]) -> Picked:
    return Picked(value=hit.value, code=hit.code, display=hit.display, billable=True, used=used.get(hit.value))


def _family(entry: Entry) -> str | None:
    """The header above visit and side; None for a code without such siblings."""
    above = list(entry.parents)
    visit = len(entry.value) == 7 and ", " in entry.display
    if visit and len(above) > 1 and len(above[0]) > 3:
        sided = above[0]
        return above[1] if len(sided) > 4 else sided
    if above and len(entry.value) > 4 and _SIDED.search(entry.display):
        return above[0]
    return None
