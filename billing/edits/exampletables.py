"""Rule tables of a few lines, for the examples of edits and for tests: dictionaries that answer as the files do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import NamedTuple

from billing.edits.ruled import ListRule, RuleTables
from clinic.domain.period import Period

ALWAYS = Period(date(1996, 1, 1))


class ExamplePair(NamedTuple):
    """A pair with its days."""

    indicator: str
    days: Period = ALWAYS
    rationale: str = ""

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.indicator != "9" and self.days.start <= on and (self.days.end is None or on <= self.days.end)


class ExamplePairs:
    """Pairs by column 1 and column 2."""

    def __init__(self, pairs: Mapping[tuple[str, str], ExamplePair]) -> None:
        self._pairs = pairs

    def among(self, codes: tuple[str, ...]) -> Sequence[tuple[int, int, ExamplePair]]:
        """The pairs among some codes."""
        first = {code: codes.index(code) for code in codes}
        found = []
        for one, two in permutations(first, 2):
            rule = self._pairs.get((one, two))
            if rule is not None:
                found.append((first[one], first[two], rule))
        return found


class ExampleLimit(NamedTuple):
    """A limit."""

    units: int
    indicator: str


class ExampleLimits:
    """Limits by code."""

    def __init__(self, limits: Mapping[str, ExampleLimit]) -> None:
        self._limits = limits

    def limit(self, code: str) -> ExampleLimit | None:
        """The limit of a code."""
        return self._limits.get(code)


class ExampleAddon(NamedTuple):
    """What an add-on needs beside it."""

    kind: str
    primaries: frozenset[str] = frozenset()


class ExampleAddons:
    """Add-ons by code."""

    def __init__(self, addons: Mapping[str, ExampleAddon]) -> None:
        self._addons = addons

    def __contains__(self, code: str) -> bool:
        """Whether it is one."""
        return code in self._addons

    def addon(self, code: str, _on: date) -> ExampleAddon | None:
        """What a code needs beside it."""
        return self._addons.get(code)


_AGES = {"newborn": (0, 0), "pediatric": (0, 17), "maternity": (9, 64), "adult": (15, 124)}


class ExampleListed(NamedTuple):
    """The lists a diagnosis stands in."""

    lists: frozenset[str]

    @property
    def ages(self) -> tuple[tuple[str, int, int], ...]:
        """Those of ages, with their years."""
        return tuple((name, *years) for name, years in _AGES.items() if name in self.lists)


class ExampleLists:
    """Lists by diagnosis."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._lists = {code: ExampleListed(frozenset(names.split())) for code, names in lists.items()}

    def listed(self, code: str) -> ListRule | None:
        """What is said of a diagnosis."""
        return self._lists.get(code)


def paired(first: str, second: str, indicator: str, days: Period = ALWAYS) -> RuleTables:
    """Tables with one pair."""
    return RuleTables(pairs=ExamplePairs({(first, second): ExamplePair(indicator, days)}))


def limited(code: str, units: int, indicator: str) -> RuleTables:
    """Tables with one limit."""
    return RuleTables(limits=ExampleLimits({code: ExampleLimit(units, indicator)}))


def added(code: str, kind: str, *primaries: str) -> RuleTables:
    """Tables with one add-on."""
    return RuleTables(addons=ExampleAddons({code: ExampleAddon(kind, frozenset(primaries))}))


def listing(**lists: str) -> RuleTables:
    """Tables in which these diagnoses stand in these lists, named apart by blanks."""
    return RuleTables(lists=ExampleLists(lists))


def lasting(**days: int) -> RuleTables:
    """Tables in which these codes, written behind an underscore, have these global days."""
    return RuleTables(global_days={code.strip("_"): each for code, each in days.items()}.get)
