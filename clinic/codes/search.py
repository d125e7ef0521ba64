"""Search as you type in one release: candidates by sets of lines, then the best of them by what they say."""

from __future__ import annotations

from clinic.codes.layout import Sections
from clinic.codes.lexicon import Lexicon, Unit
from clinic.codes.ranking import Judge, in_families
from clinic.codes.reading import LONGEST, MOST_WORDS, readings

__all__ = ["LONGEST", "MOST_WORDS", "Found", "Index"]

_EACH = 32
"""Lines taken from one intersection: they stand in order of merit, so the best are among them."""

_PLENTY = 24
_ENOUGH = 44
_MOST_HEAVY = 6
_LEVELS = 8
_FAINT = 0.5
_SAYS_SOMETHING, _SAYS_MUCH = 3.0, 5.5
"""Weights from which a word counts two and four in sums; right, left and acute count one."""

_LONG_LIST = 40
"""Longer lists than this are asked by programs: they get all they ask for, and wait for it."""

_BLOCK = 512
_EMPTY = bytes(_BLOCK)
Found = tuple[int, float]
"""An entry's place and its score."""


class Index:
    """The search sections of an opened release."""

    def __init__(self, file: Sections) -> None:
        self._target = file.column("line_entry")
        self._bytes = (len(self._target) + 31) // 32 * 4
        self._lexicon = Lexicon(file, self._bytes)
        self._judge = Judge(file, self._lexicon)
        self._file = file

    def find(self, text: str, limit: int) -> list[Found]:
        """The best entries for the words of ``text``, best first: billable ones, then headers.

        A title is judged by how much of what was asked it says, word by word by their weight, and by how much else
        it says. Words that no title holds are left out, and lower the score.
        """
        scores: dict[int, float] = {}
        meant = readings(text, self._lexicon)
        for units in meant:
            for line, score in self._judge.scores(units, self._candidates(units, limit, len(meant))):
                entry = self._target[line]
                if score > scores.get(entry, 0.0):
                    scores[entry] = score
        return in_families(scores, self._file, limit)

    def _candidates(self, units: list[Unit], limit: int, readings_: int) -> list[int]:
        """Lines that may be the best: those with all words first, then with the heaviest of them."""
        known = sorted((unit for unit in units if unit.known()), key=lambda unit: -unit.weight)
        taken = _Taken(self._bytes)
        many = 5 * limit if limit > _LONG_LIST else 0
        each, plenty, enough = max(_EACH, many), max(_PLENTY, many), max(_ENOUGH // readings_ + _PLENTY, many)
        begun = [unit.lines | unit.begins for unit in known]
        taken.take(_all([unit.lines for unit in known]), each)
        taken.take(_all(begun), each)
        if len(taken.found) >= plenty:
            return taken.found
        if len(known) == 1:
            taken.take(self._lexicon.context(known[0]), each // 2)
            return taken.found
        self._take_parts(taken, known[:_MOST_HEAVY], begun, each, enough)
        return taken.found

    def _take_parts(self, taken: _Taken, units: list[Unit], begun: list[int], each: int, enough: int) -> None:
        """Lines with the most of the words by their weight; what stands only above a code counts half.

        Weights are added up for all lines at once: plane n holds bit n of every line's sum.
        """
        planes: list[int] = []
        some = 0
        for unit, own in zip(units, begun, strict=False):
            if unit.weight < _FAINT:
                continue
            some |= own
            # Powers of two: a word then costs one addition, and half of one is another's.
            bit = 1 + (unit.weight >= _SAYS_SOMETHING) + (unit.weight >= _SAYS_MUCH)
            _add(planes, own, bit)
            if unit.weight >= _SAYS_SOMETHING:
                _add(planes, self._lexicon.context(unit) & ~own, bit - 1)
        for _ in range(_LEVELS):
            best = some & ~taken.seen
            if not best or len(taken.found) >= enough:
                return
            for plane in reversed(planes):
                best = (best & plane) or best
            taken.take(best, each // 2)


def _add(planes: list[int], lines: int, at: int) -> None:
    """Add 2 to the power ``at`` to the sums of some lines."""
    while lines:
        while at >= len(planes):
            planes.append(0)
        planes[at], lines = planes[at] ^ lines, planes[at] & lines
        at += 1


class _Taken:
    """Lines taken so far, best sets first."""

    def __init__(self, size: int) -> None:
        self.found: list[int] = []
        self.seen = 0
        self._size = size

    def take(self, lines: int, most: int) -> None:
        """Add the lowest lines of a set that no set before held."""
        fresh = lines & ~self.seen
        if not fresh:
            return
        self.seen |= fresh
        data, left = fresh.to_bytes(self._size, "little"), most
        for start in range(0, self._size, _BLOCK):
            block = data[start : start + _BLOCK]
            if block == _EMPTY:
                continue
            at = 0
            while rest := block.lstrip(b"\0"):
                at += len(block) - len(rest)
                bits, base = int.from_bytes(rest[:8], "little"), (start + at) * 8 - 1
                while bits:
                    low = bits & -bits
                    self.found.append(base + low.bit_length())
                    left -= 1
                    if not left:
                        return
                    bits ^= low
                block = rest[8:]
                at += 8


def _all(sets: list[int]) -> int:
    joined = -1
    for one in sets:
        joined &= one
        if not joined:
            return 0
    return joined if joined != -1 else 0
