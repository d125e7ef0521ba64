"""One part of a file looked at: first for what its claims are known by, then for what is wrong with them."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from billing.edits import Facts
from billing.services.checking.before import Before, known, record_keys
from billing.services.checking.facts import foreign_facts
from billing.services.checking.parts import Part, items, opened
from billing.services.checking.summary import Summary
from billing.services.checking.told import Style, told, written
from clinic.codes.library import Library
from clinic.domain.refusal import Refused


class Task(NamedTuple):
    """A part to be judged, and where what is told of it is put."""

    parts: tuple[Part, ...]
    """All parts of the file."""
    number: int
    """Which of them."""
    before: Path
    """Which claims have others before them."""
    on: date
    style: Style


class CannotRead(Exception):
    """A ``Refused`` as it travels between processes, which pass on no keywords."""

    def __init__(self, what: str, where: str, remedy: str, params: dict[str, str | int]) -> None:
        super().__init__(what, where, remedy, params)
        self.refused = Refused(what, where=where, remedy=remedy, **params)


@contextlib.contextmanager
def travelling() -> Iterator[None]:
    """A refusal in it leaves as ``CannotRead``."""
    try:
        yield
    except Refused as refused:
        raise CannotRead(refused.what, refused.where, refused.remedy, refused.params) from None


def survey(part: Part, out: Path) -> None:
    """Write the keys of a part's claims.

    Raises:
        CannotRead: a line of it cannot be read.
    """
    with travelling(), opened(part.file, Path(part.path)) as data:
        put(out, record_keys(known(part, data)))


def judge(task: Task, out: Path) -> None:
    """Write what is told of a part's claims, and before it, under the ending ``.numbers``, what it comes to.

    Raises:
        CannotRead: a line of it cannot be read.
    """
    part, summary = task.parts[task.number], Summary()
    with (
        travelling(),
        opened(part.file, Path(part.path)) as data,
        contextlib.closing(Before(task.before, task.parts)) as before,
    ):
        facts = replace(_facts(task.on), earlier=before)
        texts: list[bytes] = []
        last, nth = -1, 0
        for at, item in items(part, data):
            nth = nth + 1 if at == last else 0
            last = at
            before.at(task.number, at, nth)
            found = told(item, facts, part.file)
            summary.count(item.claim, found)
            texts.extend(written(iter(found), task.style))
        put(out.with_suffix(".numbers"), msgspec.json.encode(summary))
        put(out, b"".join(texts))


def put(path: Path, data: bytes) -> None:
    """A file that is there once it is whole; two that write it at once write the same."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


_library: Library | None = None


def begin_with(codes: Library) -> None:
    """Judge in this process, by these code sets."""
    global _library  # noqa: PLW0603  what a process is given once, at its start
    _library = codes


def begin(codes: Path) -> None:
    """Make a process of its own ready: the code sets it judges by, and an end should its parent be killed."""
    begin_with(Library(codes))
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: Any) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _facts(on: date) -> Facts:
    assert _library is not None, "begin() was not called"
    return foreign_facts(_library, on)
