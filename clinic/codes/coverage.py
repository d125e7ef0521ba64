"""Coverage rules: which diagnoses support which act for which payer, and how often it is paid.

    act_low, act_high     the acts of a block, as texts in order (see ``ordered``)
    wide                  blocks of more than one act: few, looked at one by one
    policy, scope, rule, times, per, since, until      what a block says
    starts                where the diagnoses of each block begin
    low, high             the diagnoses, sorted and apart

A policy of two thousand diagnoses for ten acts is ten blocks; whether it names a diagnosis is one binary search in the
mapped columns. What blocks speak of an act is remembered, for a practice does the same few all day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import date
from typing import NamedTuple

from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.numbers import ALWAYS, LONGEST, NEVER, date_of, day_of, packed

SHAPE = "coverage"
RULES = ("supports", "never", "frequency")
"""A diagnosis of this list is needed. One of this list does not support it; with none named, nothing does. So often."""

LIFETIME = 0
"""In the place of days: once in a life."""

_LEAST, _MOST = b"\0", b"\xff"
"""What is sorted before and after all letters and digits."""

_KEPT = 20_000


class Span(NamedTuple):
    """Codes from one to another, in the order of texts; the last one with all that begins like it."""

    first: str
    last: str
    open: bool = True
    """Whether what begins like the last one belongs to it. Of acts and of a diagnosis named whole it does not."""


class Row(NamedTuple):
    """One line of a coverage table, on its way into a file."""

    policy: str
    source: str
    filing: str
    """The claim filing indicator it is for, empty for any."""
    payer: str
    """The payer's number it is for, empty for any."""
    acts: Span
    rule: str
    """One of ``RULES``."""
    diagnoses: Span | None = None
    times: int = 0
    """Units that are paid, of a frequency."""
    per: int = LIFETIME
    """Days in which they are, of a frequency."""
    since: date | None = None
    until: date | None = None


def ordered(code: str, fill: bytes = _LEAST) -> int:
    """A number that sorts as the text does; filled up with ``_MOST`` it is that of the last text that begins so.

    Raises:
        ValueError: it is no code of letters and digits, or longer than codes are.
    """
    if not 0 < len(code) <= LONGEST or not code.isascii() or not code.isalnum():
        raise ValueError(code)
    return int.from_bytes(code.upper().encode().ljust(LONGEST, fill), "big")


def text_of(number: int) -> str:
    """The text behind a number, without what it was filled up with."""
    return number.to_bytes(LONGEST, "big").rstrip(_LEAST + _MOST).decode("ascii")


def edges(span: Span) -> tuple[int, int]:
    """The first and the last number of a span."""
    return ordered(span.first), ordered(span.last, _MOST if span.open else _LEAST)


_Key = tuple[int, int, int, int, int, int, int, int, int]


def coverage_sections(rows: Iterable[Row]) -> Sections:
    """The sections of a file of these rows; lines that say the same of further diagnoses become one block."""
    policies: dict[tuple[str, str], int] = {}
    scopes: dict[tuple[str, str], int] = {}
    blocks: dict[_Key, list[tuple[int, int]]] = {}
    count = 0
    for row in rows:
        count += 1
        key = (
            *edges(row.acts),
            policies.setdefault((row.policy, row.source), len(policies)),
            scopes.setdefault((row.filing, row.payer), len(scopes)),
            RULES.index(row.rule),
            row.times,
            row.per,
            day_of(row.since, ALWAYS),
            day_of(row.until, NEVER),
        )
        spans = blocks.setdefault(key, [])
        if row.diagnoses is not None:
            spans.append(edges(row.diagnoses))
    keys = sorted(blocks)
    starts, lows, highs = [0], [], []
    for key in keys:
        for low, high in _apart(sorted(blocks[key])):
            lows.append(low)
            highs.append(high)
        starts.append(len(lows))
    column = [packed(kind, (key[at] for key in keys)) for at, kind in enumerate("QQIIBHHHH")]
    return Sections(
        shape=SHAPE,
        sections={
            "act_low": column[0],
            "act_high": column[1],
            "wide": packed("I", (at for at, key in enumerate(keys) if key[0] != key[1])),
            "policy": column[2],
            "scope": column[3],
            "rule": column[4],
            "times": column[5],
            "per": column[6],
            "since": column[7],
            "until": column[8],
            "starts": packed("I", starts),
            "low": packed("Q", lows),
            "high": packed("Q", highs),
        },
        rows=count,
        meta={"policies": [list(each) for each in policies], "scopes": [list(each) for each in scopes]},
    )


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted spans without those that others hold: two that overlap are one."""
    now: tuple[int, int] | None = None
    for low, high in spans:
        if now is not None and low <= now[1]:
            now = (now[0], max(now[1], high))
            continue
        if now is not None:
            yield now
        now = (low, high)
    if now is not None:
        yield now


class Rule:
    """What a policy says of an act. ``names`` and ``diagnoses`` ask the mapped file."""

    __slots__ = ("_end", "_high", "_low", "_start", "filing", "payer", "per", "policy", "rule", "since", "source",
                 "times", "until")  # fmt: skip

    def __init__(self, file: CoverageFile, at: int) -> None:
        self.policy, self.source = file.policies[file.policy[at]]
        self.filing, self.payer = file.scopes[file.scope[at]]
        self.rule = RULES[file.rule[at]]
        self.times = file.times[at]
        self.per = file.per[at]
        self.since = date_of(file.since[at])
        self.until = date_of(file.until[at])
        self._low, self._high = file.low, file.high
        self._start, self._end = file.starts[at], file.starts[at + 1]

    @property
    def whatever(self) -> bool:
        """Whether it holds whatever the diagnosis is."""
        return self._start == self._end

    def names(self, diagnosis: str) -> bool:
        """Whether it speaks of a diagnosis, written without its dot."""
        try:
            number = ordered(diagnosis)
        except ValueError:
            return False
        at = bisect_right(self._low, number, self._start, self._end) - 1
        return at >= self._start and number <= self._high[at]

    def diagnoses(self, most: int) -> tuple[tuple[str, str], ...]:
        """The first of its diagnoses: from and to, which are alike where one whole code is meant.

        A range ends in a star where all that begins like its last code belongs to it.
        """
        found = []
        for at in range(self._start, min(self._end, self._start + most)):
            last = text_of(self._high[at])
            found.append((text_of(self._low[at]), f"{last}*" if self._high[at] & 0xFF == _MOST[0] else last))
        return tuple(found)

    def __len__(self) -> int:
        """How many diagnoses or spans of them it names."""
        return self._end - self._start


class CoverageFile:
    """Reads one release of coverage rules; threads may share it."""

    def __init__(self, file: Mapped) -> None:
        self._act_low = file.column("act_low", "Q")
        self._act_high = file.column("act_high", "Q")
        self._wide = file.column("wide")
        self.policy = file.column("policy")
        self.scope = file.column("scope")
        self.rule = file.column("rule", "B")
        self.times = file.column("times", "H")
        self.per = file.column("per", "H")
        self.since = file.column("since", "H")
        self.until = file.column("until", "H")
        self.starts = file.column("starts")
        self.low = file.column("low", "Q")
        self.high = file.column("high", "Q")
        self.policies: list[list[str]] = file.header.meta["policies"]
        self.scopes: list[list[str]] = file.header.meta["scopes"]
        self._known: dict[str, tuple[Rule, ...]] = {}

    def __len__(self) -> int:
        return len(self.rule)

    def rules(self, act: str) -> tuple[Rule, ...]:
        """What is said of an act, whatever payer and day; empty where nothing is."""
        found = self._known.get(act)
        if found is None:
            found = self._look(act)
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[act] = found
        return found

    def within(self, first: date, last: date) -> CoverageWithin:
        """The same table, asked of a day outside these two as of the nearest of them."""
        return CoverageWithin(self, first, last)

    def _look(self, act: str) -> tuple[Rule, ...]:
        try:
            number = ordered(act)
        except ValueError:
            return ()
        high = bisect_right(self._act_low, number)
        places = []
        at = high - 1
        while at >= 0 and self._act_low[at] == number:
            if self._act_high[at] == number:
                places.append(at)
            at -= 1
        # a range is of codes of one length: 8006 does not lie in 80047-80076
        places += [
            at
            for at in self._wide
            if self._act_low[at] <= number <= self._act_high[at] and len(text_of(self._act_low[at])) == len(act)
        ]
        return tuple([Rule(self, at) for at in sorted(places)])


class CoverageWithin(NamedTuple):
    """Coverage rules as they stand in a span of days, whatever the day that is asked of."""

    table: CoverageFile
    first: date
    last: date

    def rules(self, act: str) -> tuple[Rule, ...]:
        """What is said of an act in the span; a rule that began before it, or ends after it, then has no such end."""
        found = self.table.rules(act)
        if all(rule.since is None and rule.until is None for rule in found):
            return found
        return tuple(
            [
                _open(rule, self.first, self.last)
                for rule in found
                if (rule.since or self.first) <= self.last and (rule.until or self.last) >= self.first
            ]
        )


def _open(rule: Rule, first: date, last: date) -> Rule:
    opened = copy(rule)
    opened.since = None if rule.since is None or rule.since <= first else rule.since
    opened.until = None if rule.until is None or rule.until >= last else rule.until
    return opened
