"""Check files of claims, however large: cut, then surveyed, then judged, part by part, and put together at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from billing.services.checking import judging
from billing.services.checking.before import make_index
from billing.services.checking.hands import all_of, hands
from billing.services.checking.judging import Task, judge, survey
from billing.services.checking.parts import Part, parted
from billing.services.checking.summary import Summary
from billing.services.checking.told import STYLES, Style
from billing.services.checking.work import Cut, Work
from billing.x12 import Transmission
from clinic.codes.library import Library

Step = Callable[[int, int], object]
"""Told how many parts are done, of how many."""


class Checked(NamedTuple):
    """What a check found."""

    texts: Iterator[bytes]
    """The findings as text, in the order of the files and their claims. Taken before the work's folder goes."""
    summary: Summary


class Check(NamedTuple):
    """How files are checked."""

    files: Sequence[Path]
    codes: Library
    on: date | None
    """The day to judge by; where none is given the day an 837 was made, else ``today``."""
    today: date
    style: Style
    jobs: int


def check_files(check: Check, work: Work, step: Step) -> Checked:
    """The findings on all claims of some files, the same for any number of jobs and however often it was stopped.

    Raises:
        Refused: a file or line cannot be read, or a file holds no claim.
    """
    cuts = [work.cut(number) or cut_of(check, work, number, file) for number, file in enumerate(check.files)]
    done, parts = 0, sum(len(cut.parts) for cut in cuts)

    def one_more() -> None:
        nonlocal done
        done += 1
        step(done, 2 * parts)

    with hands(check.jobs, lambda: judging.begin_with(check.codes), judging.begin, check.codes.folder) as them:
        for number, cut in enumerate(cuts):
            index = surveyed(them, work, number, cut.parts, one_more)
            told = [work.place(number, f"{at:05d}.told") for at in range(len(cut.parts))]
            tasks = ((Task(cut.parts, at, index, cut.on, check.style), path) for at, path in enumerate(told))
            all_of(them, judge, tasks, one_more)
    summary = Summary()
    found = [work.place(number, f"{at:05d}.told") for number, cut in enumerate(cuts) for at in range(len(cut.parts))]
    for path in found:
        summary.add(msgspec.json.decode(path.with_suffix(".numbers").read_bytes(), type=Summary))
    return Checked(_texts(check.style, found), summary.in_order())


def surveyed(
    them: Executor | None, work: Work, number: int, parts: Sequence[Part], one_more: Callable[[], None]
) -> Path:
    """Survey the parts of a file: gives the index of which of its claims have others before them.

    Raises:
        Refused: a line cannot be read.
    """
    keys = [work.place(number, f"{at:05d}.keys") for at in range(len(parts))]
    all_of(them, survey, zip(parts, keys, strict=True), one_more)
    index = work.place(number, "index.db")
    if not index.exists():
        make_index(index, (path.read_bytes() for path in keys))
    return index


def _texts(style: Style, found: Iterable[Path]) -> Iterator[bytes]:
    if STYLES[style][0]:
        yield STYLES[style][0]
    for path in found:
        yield path.read_bytes()


def cut_of(check: Check, work: Work, number: int, file: Path) -> Cut:
    """Cut a file, and keep how.

    Raises:
        Refused: it cannot be read, or holds no claim.
    """
    sent: list[Transmission] = []
    parts = tuple(parted(str(file), file, lambda at: work.place(number, f"{at:05d}.items"), sent.append))
    made = sent[0].created.date() if sent else None
    cut = Cut(parts, check.on or made or check.today)
    work.keep_cut(number, cut)
    return cut
