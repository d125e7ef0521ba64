"""What the loaded rule tables say of the codes of a claim: pairs, limits, add-ons, lists of diagnoses, global days.

The tables themselves are files at the rim. Which of a claim's codes they speak of does not depend on the day, so it is
remembered by the codes: a practice bills the same few together all day, and nearly always the answer is "nothing".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from billing.edits.noted import Noted, NoteTable, note
from clinic.domain.code import ICD10CM, Code

_KEPT = 20_000
"""Sets of codes whose answer is remembered: bounded for foreign files."""


class PairRule(Protocol):
    """A pair of codes that are not paid together."""

    @property
    def indicator(self) -> str:
        """``0`` no modifier lifts it, ``1`` some do, ``9`` it never held."""

    @property
    def rationale(self) -> str:
        """The publisher's reason."""

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""


class PairTable(Protocol):
    """Pairs of column-1 and column-2 codes."""

    def among(self, codes: tuple[str, ...]) -> Sequence[tuple[int, int, PairRule]]:
        """Those among some codes, whatever their days: places of column 1 and column 2, and the pair.

        A code that stands at several places is answered for the first.
        """


class LimitRule(Protocol):
    """The most units of a code that are paid."""

    @property
    def units(self) -> int:
        """So many."""

    @property
    def indicator(self) -> str:
        """``1`` on one line, ``2`` (policy) and ``3`` (clinical) on one day."""


class LimitTable(Protocol):
    """Limits by code."""

    def limit(self, code: str) -> LimitRule | None:
        """The limit of a code, None where it has none."""


class AddonRule(Protocol):
    """What an add-on code needs beside it."""

    @property
    def kind(self) -> str:
        """``1`` one of the listed primaries, ``2`` none is listed, ``3`` listed ones and others."""

    @property
    def primaries(self) -> frozenset[str]:
        """Those that are listed."""


class AddonTable(Protocol):
    """Add-on codes."""

    def __contains__(self, code: str) -> bool:
        """Whether the table speaks of the code at all."""

    def addon(self, code: str, on: date) -> AddonRule | None:
        """What a code needs beside it on a day, None where it is no add-on then."""


class ListRule(Protocol):
    """The lists a diagnosis stands in."""

    @property
    def lists(self) -> frozenset[str]:
        """newborn, pediatric, maternity, adult, female, male, manifestation, external, unacceptable."""

    @property
    def ages(self) -> tuple[tuple[str, int, int], ...]:
        """Of those, the lists of ages: name, first and last year."""


class ListTable(Protocol):
    """Lists by diagnosis."""

    def listed(self, code: str) -> ListRule | None:
        """What is said of a diagnosis, None where nothing is."""


class CoverageRule(Protocol):
    """What one policy says of an act."""

    @property
    def policy(self) -> str:
        """What the payer calls it."""

    @property
    def source(self) -> str:
        """Where it is written."""

    @property
    def filing(self) -> str:
        """The claim filing indicator it is for, empty for any."""

    @property
    def payer(self) -> str:
        """The payer's number it is for, empty for any."""

    @property
    def rule(self) -> str:
        """``supports``, ``never`` or ``frequency``."""

    @property
    def times(self) -> int:
        """Units that are paid, of a frequency."""

    @property
    def per(self) -> int:
        """Days in which they are, of a frequency; 0 is once and for all."""

    @property
    def since(self) -> date | None:
        """The first day it holds."""

    @property
    def until(self) -> date | None:
        """The last day it holds."""

    @property
    def whatever(self) -> bool:
        """Whether it holds whatever the diagnosis is."""

    def names(self, diagnosis: str, /) -> bool:
        """Whether it speaks of a diagnosis, written without its dot."""

    def diagnoses(self, most: int, /) -> tuple[tuple[str, str], ...]:
        """The first of its diagnoses, each from and to."""

    def __len__(self) -> int:
        """How many diagnoses or spans of them it names."""


class CoverageTable(Protocol):
    """Coverage rules by act."""

    def rules(self, act: str) -> Sequence[CoverageRule]:
        """What is said of an act, whatever payer and day; empty where nothing is."""


class Ruled(NamedTuple):
    """What the tables say of the codes of some lines; places are those of the lines."""

    pairs: Sequence[tuple[int, int, PairRule]] = ()
    limits: tuple[LimitRule | None, ...] = ()
    """By line; empty where no table of limits is loaded."""
    roomy: bool = True
    """With one unit on each line, no limit is passed."""
    addons: tuple[int, ...] = ()
    """Lines whose code is an add-on on some day."""
    surgeries: tuple[tuple[int, int], ...] = ()
    """Lines whose code has a global period, with its days (0, 10, 90)."""
    nearest: tuple[str, ...] = ()
    """Releases that judge without covering the day (law 11)."""
    covered: tuple[tuple[int, Sequence[CoverageRule]], ...] = ()
    """Lines of whose code coverage rules speak, whatever payer and day, with these."""


NOTHING = Ruled()


class Diagnosed(NamedTuple):
    """What the tables say of the diagnoses of a claim; places are those of the diagnoses."""

    listed: tuple[tuple[int, ListRule], ...] = ()
    """Those that stand in a list."""
    noted: Noted | None = None
    """What the notes of the classification say; None where they say nothing."""


UNDIAGNOSED = Diagnosed()


class RuleTables:
    """The tables that judge a day. ``nearest`` names the releases among them that do not cover it (law 11)."""

    def __init__(
        self,
        *,
        pairs: PairTable | None = None,
        limits: LimitTable | None = None,
        addons: AddonTable | None = None,
        lists: ListTable | None = None,
        notes: NoteTable | None = None,
        global_days: Callable[[str], int | None] | None = None,
        coverage: CoverageTable | None = None,
        nearest: tuple[str, ...] = (),
    ) -> None:
        self.pairs = pairs
        self.limits = limits
        self.addons = addons
        self.lists = lists
        self.notes = notes
        self.global_days = global_days
        self.coverage = coverage
        self.nearest = nearest
        self._ruled: dict[tuple[str, ...], Ruled] = {}
        self._diagnosed: dict[tuple[Code, ...], Diagnosed] = {}

    def ruled(self, codes: tuple[str, ...]) -> Ruled:
        """What the tables say of the codes of some lines."""
        found = self._ruled.get(codes)
        if found is None:
            if len(self._ruled) >= _KEPT:
                self._ruled.clear()
            found = self._ruled[codes] = self._rule(codes)
        return found

    def diagnosed(self, diagnoses: tuple[Code, ...]) -> Diagnosed:
        """What lists and notes say of the diagnoses of a claim."""
        found = self._diagnosed.get(diagnoses)
        if found is None:
            if len(self._diagnosed) >= _KEPT:
                self._diagnosed.clear()
            noted = None if self.notes is None else note(self.notes, diagnoses)
            found = self._diagnosed[diagnoses] = Diagnosed(self._list(diagnoses), noted)
        return found

    def _rule(self, codes: tuple[str, ...]) -> Ruled:
        pairs = self.pairs.among(codes) if self.pairs is not None and len(codes) > 1 else ()
        limits = () if self.limits is None else tuple([self.limits.limit(code) for code in codes])
        roomy = True
        for code, limit in zip(codes, limits, strict=False):
            if limit is not None and (codes.count(code) if limit.indicator != "1" else 1) > limit.units:
                roomy = False
                break
        if not any(limits):
            limits = ()
        table = self.addons
        addons = () if table is None else tuple([at for at, code in enumerate(codes) if code in table])
        surgeries: tuple[tuple[int, int], ...] = ()
        if (days_of := self.global_days) is not None:
            surgeries = tuple([(at, days) for at, code in enumerate(codes) if (days := days_of(code)) is not None])
        covered: tuple[tuple[int, Sequence[CoverageRule]], ...] = ()
        if (rules_of := self.coverage) is not None:
            covered = tuple([(at, rules) for at, code in enumerate(codes) if (rules := rules_of.rules(code))])
        if not (pairs or limits or addons or surgeries or self.nearest or covered):
            return NOTHING
        return Ruled(pairs, limits, roomy, addons, surgeries, self.nearest, covered)

    def _list(self, diagnoses: tuple[Code, ...]) -> tuple[tuple[int, ListRule], ...]:
        table = self.lists
        if table is None:
            return ()
        found = [(at, table.listed(code.value)) for at, code in enumerate(diagnoses) if code.system == ICD10CM]
        return tuple([(at, rule) for at, rule in found if rule is not None])


def over_days(parts: Sequence[tuple[Sequence[int], Ruled]], count: int) -> Ruled:
    """What was said of the lines of each day, as one answer for all lines: each part has the places of its lines."""
    limits: list[LimitRule | None] = [None] * count
    for places, said in parts:
        for at, limit in zip(places, said.limits, strict=False):
            limits[at] = limit
    return Ruled(
        tuple([(places[one], places[two], pair) for places, said in parts for one, two, pair in said.pairs]),
        tuple(limits) if any(said.limits for _, said in parts) else (),
        all(said.roomy for _, said in parts),
        tuple([places[at] for places, said in parts for at in said.addons]),
        tuple([(places[at], days) for places, said in parts for at, days in said.surgeries]),
        tuple(dict.fromkeys([name for _, said in parts for name in said.nearest])),
        tuple([(places[at], rules) for places, said in parts for at, rules in said.covered]),
    )
