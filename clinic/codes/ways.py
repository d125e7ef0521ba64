"""Search over an index of terms: from what is typed to the codes that the paths of an index lead to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from clinic.codes.columns import BILLABLE
from clinic.codes.index import search_sections
from clinic.codes.layout import Mapped, Within
from clinic.codes.release import Row
from clinic.codes.search import Index

_PREFIX = "ways_"
_SYSTEM = "icd10cm"
"""An index is of conditions: its words have the same families and weights as those of the list it leads into."""


def way_sections(terms: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """What search reads, from codes and the paths that lead to them."""
    paths: dict[str, dict[str, None]] = {}
    for code, path in terms:
        paths.setdefault(code, {})[path] = None
    if not paths:
        return {}
    rows = []
    for code in sorted(paths):
        shortest, *others = sorted(paths[code], key=len)
        rows.append(Row(value=code, display=shortest, billable=True, titles=tuple(others)))
    sections, _ = search_sections(rows, _SYSTEM, terms=())
    own = {
        "codes": "\n".join(row.value for row in rows).encode(),
        "flags": bytes([BILLABLE]) * len(rows),
        "parents": array("I", [0] * len(rows)).tobytes(),
    }
    return {_PREFIX + name: data for name, data in {**sections, **own}.items()}


def ways_of(file: Mapped) -> Ways | None:
    """The search of an opened file; None where it was written without one."""
    part = Within(file, _PREFIX)
    return Ways(part) if part.place("codes")[1] else None


class Ways:
    """Reads the sections of search; many threads may share it."""

    def __init__(self, part: Within) -> None:
        self._codes = part.bytes("codes").decode().split("\n")
        self._index = Index(part)

    def find(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Codes, as claims carry them, with the score of the path that says most of what was asked."""
        return [(self._codes[at], score) for at, score in self._index.find(text, limit)]
