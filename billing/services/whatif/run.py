"""Claims judged by other releases, part by part: of files, or those of the practice that left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from billing.services.checking.check_files import Check, cut_of, surveyed
from billing.services.checking.hands import all_of, hands
from billing.services.checking.told import Style
from billing.services.checking.work import Work
from billing.services.whatif import judging
from billing.services.whatif.claims_that_left import Left, laid_out
from billing.services.whatif.judging import Task, begin_apart, judge_twice
from billing.services.whatif.numbers import Numbers
from billing.services.whatif.told import STYLES
from clinic.codes.library import Library


class WhatIf(NamedTuple):
    """What is judged again, and by what."""

    source: Sequence[Path] | Left
    codes: Library
    pins: Mapping[str, str]
    """Releases by system that judge every day; the others judge as they do."""
    on: date | None
    today: date
    style: Style
    jobs: int


class Found(NamedTuple):
    """What came of it."""

    texts: Iterator[bytes]
    """The differences as text, in the order of the claims. Taken before the work's folder goes."""
    numbers: Numbers


def what_if(asked: WhatIf, work: Work, step: Callable[[int, int], object]) -> Found:
    """What other releases would say of some claims, the same for any number of jobs and however often it was stopped.

    Raises:
        Refused: a file or line cannot be read, a file holds no claim, or a release is not loaded.
    """
    judging.begin_with(asked.codes, asked.pins)
    done, count = 0, 0

    def one_more() -> None:
        nonlocal done
        done += 1
        step(done, max(count, done))

    told: list[Path] = []
    with hands(asked.jobs, lambda: None, begin_apart, asked.codes.folder, dict(asked.pins)) as them:
        if isinstance(asked.source, Left):
            laid = laid_out(asked.source, work, step)
            plans = [(0, laid.parts, {at: on for at, on in enumerate(laid.days) if on >= asked.source.since})]
        else:
            check = Check(asked.source, asked.codes, asked.on, asked.today, asked.style, asked.jobs)
            cuts = [work.cut(number) or cut_of(check, work, number, file) for number, file in enumerate(asked.source)]
            plans = [(at, cut.parts, dict.fromkeys(range(len(cut.parts)), cut.on)) for at, cut in enumerate(cuts)]
        count = sum(len(parts) + len(days) for _, parts, days in plans)
        for number, parts, days in plans:
            index = surveyed(them, work, number, parts, one_more)
            tasks = [
                (Task(parts, at, index, on, asked.style), work.place(number, f"{at:05d}.told"))
                for at, on in days.items()
            ]
            all_of(them, judge_twice, tasks, one_more)
            told += [path for _, path in tasks]
    numbers = Numbers()
    for path in told:
        numbers.add(msgspec.json.decode(path.with_suffix(".numbers").read_bytes(), type=Numbers))
    return Found(_texts(asked.style, told), numbers.in_order())


def _texts(style: Style, told: Sequence[Path]) -> Iterator[bytes]:
    if STYLES[style][0]:
        yield STYLES[style][0]
    for path in told:
        yield path.read_bytes()
