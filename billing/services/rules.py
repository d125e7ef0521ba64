"""The rule tables of an installation, as the edits ask them: by day, one object a batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from billing.edits.facts import Setting
from billing.edits.ruled import RuleTables
from clinic.codes.library import Library
from clinic.codes.opened import Judging
from clinic.codes.release import Release
from clinic.domain.code import ICD10CM

_SYSTEMS: dict[Setting, dict[str, str]] = {
    "practitioner": {
        "pairs": "ncci-ptp",
        "limits": "ncci-mue",
        "addons": "ncci-addon",
        "lists": "mce",
        "coverage": "coverage",
    },
    "supplier": {"limits": "ncci-mue-dme", "lists": "mce", "coverage": "coverage"},
}
"""Which tables judge whom. Pairs are published for practitioners and hospitals."""

_WITH_PERIODS = "cpt"
"""The code set whose entries say how many days a surgery's payment covers."""

_DAYS_KEPT = 4096
_CODES_KEPT = 20_000


class Rules:
    """Answers ``Facts.tables`` from a library. Days that the same releases judge share one object and its memory.

    What is loaded or withdrawn after a day was first asked for is not seen: a batch is judged by one state of things.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._days: dict[tuple[date, Setting], RuleTables | None] = {}
        self._shared: dict[tuple[tuple[str, str, bool], ...], RuleTables] = {}

    def __call__(self, day: date, setting: Setting) -> RuleTables | None:
        """The tables that judge a day; None where none is loaded."""
        try:
            return self._days[day, setting]
        except KeyError:
            pass
        if len(self._days) >= _DAYS_KEPT:
            self._days.clear()
        found = self._days[day, setting] = self._open(day, setting)
        return found

    def _open(self, day: date, setting: Setting) -> RuleTables | None:
        judging: dict[str, Judging] = {}
        for name, system in _SYSTEMS[setting].items():
            table = self._library.table(system, day)
            if table is not None:
                judging[name] = table
        periods = self._library.release(_WITH_PERIODS, day)
        classified = self._library.release(ICD10CM, day)
        if not judging and periods is None and classified is None:
            return None
        chosen = [(each.release, each.covers) for each in judging.values()] + ([periods] if periods else [])
        by = [*chosen, classified] if classified else chosen
        key = tuple((release.system, release.name, covers) for release, covers in by)
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = RuleTables(
                **{name: each.table for name, each in judging.items()},
                notes=self._library.cross_notes(ICD10CM, day),
                global_days=None if periods is None else _periods(self._library, day),
                # That no release of diagnoses covers a day is told of them by an edit of its own.
                nearest=tuple(_called(release) for release, covers in chosen if not covers),
            )
        return found


def _called(release: Release) -> str:
    return f"{release.system} {release.name}"


def _periods(library: Library, day: date) -> Callable[[str], int | None]:
    """What tells the days of a code's global period, by the release that judges a day."""
    known: dict[str, int | None] = {}

    def days(code: str) -> int | None:
        if code not in known:
            if len(known) >= _CODES_KEPT:
                known.clear()
            entry: Any = library.lookup(_WITH_PERIODS, code, day)
            said = None if entry is None else entry.fact("global_days")
            known[code] = (
                int(said) if said is not None and said in {"0", "00", "000", "10", "010", "90", "090"} else None
            )
        return known[code]

    return days
