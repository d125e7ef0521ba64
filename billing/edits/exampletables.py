"""Rule tables of a few lines, for the examples of edits and for tests: dictionaries that answer as the files do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import NamedTuple

from billing.edits.ruled import CoverageRule, ListRule, RuleTables
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


class ExampleCoverage(NamedTuple):
    """What a policy says of an act. ``spans`` are codes, beginnings with a star, or ranges, apart by blanks."""

    rule: str
    spans: str = ""
    times: int = 0
    per: int = 0
    filing: str = ""
    payer: str = ""
    policy: str = "P-1"
    source: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def whatever(self) -> bool:
        """Whether it holds whatever the diagnosis is."""
        return not self.spans

    def names(self, diagnosis: str, /) -> bool:
        """Whether it speaks of a diagnosis."""
        for first, last in self.diagnoses(100):
            begins = last.rstrip("*")
            if first <= diagnosis and (diagnosis <= begins or (last != begins and diagnosis.startswith(begins))):
                return True
        return False

    def diagnoses(self, most: int, /) -> tuple[tuple[str, str], ...]:
        """The first of its diagnoses."""
        found = []
        for span in self.spans.split()[:most]:
            first, _, last = span.rstrip("*").partition("-")
            found.append((first, f"{last or first}*" if last or span.endswith("*") else first))
        return tuple(found)

    def __len__(self) -> int:
        """How many diagnoses it names."""
        return len(self.spans.split())


class ExampleCoverages:
    """Coverage rules by act."""

    def __init__(self, rules: Mapping[str, Sequence[ExampleCoverage]]) -> None:
        self._rules = rules

    def rules(self, act: str) -> Sequence[CoverageRule]:
        """What is said of an act."""
        return self._rules.get(act, ())


def covering(
    code: str, *, supports: str | None = None, never: str | None = None, times: int = 0, per: int = 0
) -> RuleTables:
    """Tables in which a policy of all payers says this of an act."""
    rules = []
    if supports is not None:
        rules.append(ExampleCoverage("supports", supports))
    if never is not None:
        rules.append(ExampleCoverage("never", never))
    if times:
        rules.append(ExampleCoverage("frequency", times=times, per=per))
    return RuleTables(coverage=ExampleCoverages({code: rules}))


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
