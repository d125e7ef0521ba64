"""One part of some claims judged twice: by the releases that judge them, and by others."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from billing.domain.claim import Claim
from billing.edits import Facts, check
from billing.edits.differences import differences
from billing.services.checking.before import Before
from billing.services.checking.facts import foreign_facts
from billing.services.checking.judging import begin, put, travelling
from billing.services.checking.parts import Part, items, opened
from billing.services.checking.told import Style
from billing.services.paper import overflowing
from billing.services.rules import Rules
from billing.services.whatif.numbers import Numbers
from billing.services.whatif.told import differing, written
from clinic.codes.library import Library
from clinic.codes.pinned import PinnedLibrary
from clinic.domain.finding import Finding

AnyClaim = Claim[Any, Any]
T = TypeVar("T")


class Task(NamedTuple):
    """A part to be judged, and where what has moved is put."""

    parts: tuple[Part, ...]
    """All parts among which a claim may have others before it."""
    number: int
    """Which of them."""
    before: Path
    on: date
    style: Style


class World(NamedTuple):
    """What the claims are judged by, twice."""

    codes: Library
    others: PinnedLibrary
    rules: Rules
    other_rules: Rules


def judge_twice(task: Task, out: Path) -> None:
    """Write what has moved on a part's claims, and before it, under the ending ``.numbers``, what it comes to.

    Raises:
        CannotRead: a line of it cannot be read.
    """
    part, numbers = task.parts[task.number], Numbers()
    texts: list[bytes] = []
    with (
        travelling(),
        opened(part.file, Path(part.path)) as data,
        contextlib.closing(Before(task.before, task.parts)) as before,
    ):
        plain, other = _facts(task.on, before)
        last, nth = -1, 0
        for at, item in items(part, data):
            nth = nth + 1 if at == last else 0
            last = at
            claim = item.claim
            if claim is None:
                continue
            before.at(task.number, at, nth)
            were, are = check(claim, plain), check(claim, other)
            found = differences(were, are)
            moved = differing(found, claim, part.file) if found.new or found.gone else []
            numbers.count(claim, found.same, (_blocks(were), _blocks(are)), moved)
            texts.extend(written(iter(moved), task.style))
    put(out.with_suffix(".numbers"), msgspec.json.encode(numbers))
    put(out, b"".join(texts))


def _blocks(findings: Iterable[Finding]) -> int:
    return sum(each.severity == "block" for each in findings)


def once_a_claim(ask: Callable[[AnyClaim], T]) -> Callable[[AnyClaim], T]:
    """The same question, put once for a claim that is judged twice."""
    kept: list[tuple[AnyClaim, T]] = []

    def asked(claim: AnyClaim) -> T:
        if kept and kept[0][0] is claim:
            return kept[0][1]
        found = ask(claim)
        kept[:] = [(claim, found)]
        return found

    return asked


_world: World | None = None


def begin_with(codes: Library, pins: Mapping[str, str]) -> None:
    """Judge in this process by these code sets, and by those with some pinned.

    Raises:
        Refused: a release is not loaded.
    """
    global _world  # noqa: PLW0603  what a process is given once, at its start
    others = PinnedLibrary(codes, pins)
    _world = World(codes, others, Rules(codes), Rules(others))


def begin_apart(codes: Path, pins: Mapping[str, str]) -> None:
    """Make a process of its own ready."""
    begin(codes)
    begin_with(Library(codes), pins)


def _facts(on: date, before: Before) -> tuple[Facts, Facts]:
    assert _world is not None, "begin_with() was not called"
    plain = foreign_facts(_world.codes, on)
    # What is asked of the tables is remembered from part to part: those of a quiet day are small.
    plain = replace(
        plain,
        tables=_world.rules,
        earlier=once_a_claim(before),
        overflows=once_a_claim(lambda claim: tuple(overflowing(claim))),
    )
    return plain, replace(plain, codes=_world.others, tables=_world.other_rules)
