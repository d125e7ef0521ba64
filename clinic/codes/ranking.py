"""The order of what was found: how much of what was asked a title says, and how much else; one of a family first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import mul

from clinic.codes.columns import BILLABLE, GROUP, SUFFIX
from clinic.codes.layout import Sections
from clinic.codes.lexicon import Lexicon, Unit
from clinic.codes.vocabulary import WEIGHT, place_kind

_WIDE = 0.7
CONTEXT = 0.55
"""How much a word counts that stands only in what is above the code."""

EXTRA = 0.35
"""What a word in a title that nobody asked for costs, beside one that was asked and is missing."""

PENALTY = 0.05
"""What a unit of a line's penalty costs."""


class Judge:
    """Weighs lines."""

    def __init__(self, file: Sections, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._entry = file.column("line_entry")
        self._penalty = file.column("line_penalty", "B")
        self._total = file.column("line_total")
        self._at = file.column("line_words_at")
        self._core_end = file.column("line_core_end")
        self._words = file.column("line_words", place_kind(len(lexicon.names)))
        self.context_of = file.column("context_of")
        self.context_at = file.column("context_at")
        self.context = file.column("context_concepts")

    def scores(self, units: list[Unit], lines: Iterable[int]) -> Iterator[tuple[int, float]]:
        """Each line with its score, from near 1 (says what was asked and nothing more) down to 0."""
        fits, wide = _fits(units)
        weights = [unit.weight for unit in units]
        whole = sum(weights) or 1.0
        heaviness, above = self._lexicon.weight, _Above(self, units)
        starts, cores, words, totals, penalties = self._at, self._core_end, self._words, self._total, self._penalty
        blank = [0.0] * len(units)
        for line in lines:
            got = blank[:]
            said, core = 0, cores[line] - starts[line]
            for place in words[starts[line] : starts[line + 1]]:
                fit = fits.get(place)
                if fit is None and wide:
                    fit = next((fit for first, last, fit in wide if first <= place < last), None)
                if fit is not None:
                    number, value = fit
                    got[number] = max(got[number], value)
                    if core > 0:
                        said += heaviness[place]
                core -= 1
            if 0.0 in got:
                above.add(self._entry[line], got)
            covered = sum(map(mul, weights, got)) / whole
            extra = (totals[line] - said) / WEIGHT / whole
            cost = (1 + EXTRA * extra if extra > 0 else 1) * (1 + PENALTY / WEIGHT * penalties[line])
            yield line, covered * covered / cost


_Fit = tuple[int, float]


def _fits(units: list[Unit]) -> tuple[dict[int, _Fit], list[tuple[int, int, _Fit]]]:
    """For each surface the unit it fits best and how well; and ranges of surfaces too many to list."""
    fits: dict[int, _Fit] = {}
    wide: list[tuple[int, int, _Fit]] = []
    for number, unit in enumerate(units):
        for place, value in unit.fits.items():
            if place not in fits or value > fits[place][1]:
                fits[place] = (number, value)
        if unit.wide:
            wide.append((unit.first, unit.last, (number, _WIDE)))
    return fits, wide


class _Above:
    """Which units of one query stand above a code; codes below one header share the answer."""

    def __init__(self, judge: Judge, units: list[Unit]) -> None:
        self._judge = judge
        self._concepts = [unit.concepts for unit in units]
        self._known: dict[int, list[int]] = {}

    def add(self, entry: int, got: list[float]) -> None:
        """Count what was asked and stands only above the code."""
        judge = self._judge
        number = judge.context_of[entry]
        said = self._known.get(number)
        if said is None:
            above = judge.context[judge.context_at[number] : judge.context_at[number + 1]].tolist()
            said = self._known[number] = [
                place for place, concepts in enumerate(self._concepts) if not concepts.isdisjoint(above)
            ]
        for place in said:
            if not got[place]:
                got[place] = CONTEXT


def in_families(scores: Mapping[int, float], file: Sections, limit: int) -> list[tuple[int, float]]:
    """The best entries, billable first: of codes that differ by visit or side only, the rest stand behind others."""
    flags, parents = file.column("flags", "B"), file.column("parents")
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    first: list[tuple[int, float]] = []
    later: list[tuple[int, float]] = []
    headers: list[tuple[int, float]] = []
    visits: set[int] = set()
    sides: dict[int, int] = {}
    for entry, score in ranked:
        flag = flags[entry]
        if not flag & BILLABLE:
            headers.append((entry, score))
            continue
        above = parents[entry]
        if flag & SUFFIX:
            if above in visits:
                later.append((entry, score))
                continue
            visits.add(above)
            above = parents[above - 1]
        if above and not above & GROUP:
            sides[above] = sides.get(above, 0) + 1
            if sides[above] > 4:
                later.append((entry, score))
                continue
        first.append((entry, score))
        if len(first) >= limit:
            break
    best: list[tuple[int, float]] = []
    lowest = 1.0
    for entry, score in (*first, *later, *headers):
        lowest = min(lowest, score)
        best.append((entry, round(lowest, 4)))
        if len(best) >= limit:
            break
    return best
