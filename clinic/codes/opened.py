"""Opening release files by their shape, and which of several judges a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

import msgspec

from clinic.codes.kind import ENTRIES
from clinic.codes.kinds import openers
from clinic.codes.layout import Mapped
from clinic.codes.reader import ReleaseFile
from clinic.codes.release import Release
from clinic.domain.refusal import Refused


class TableFile:
    """A release of another shape than entries: its table is opened by the kind that declares the shape."""

    def __init__(self, file: Mapped) -> None:
        self._file = file
        self.path = file.path
        self.release = msgspec.convert(file.header.meta["release"], Release)
        self.key: str | None = file.header.meta["key"]
        self.shape: str = file.header.meta["shape"]

    def intact(self) -> bool:
        """Whether the file is as it was written (reads all of it)."""
        return self._file.intact()

    @cached_property
    def table(self) -> Any:
        """What the kind's opener makes of the file."""
        return openers()[self.shape](self._file)


class Judging(NamedTuple):
    """The table that judges a day."""

    table: Any
    release: Release
    covers: bool
    """Whether its release covers the day; else it is the nearest one (law 11)."""


@runtime_checkable
class Dated(Protocol):
    """A table whose rows have days of their own, so that what it says depends on the day it is asked of."""

    def within(self, first: date, last: date) -> Any:
        """The same table, asked of a day outside these two as of the nearest of them."""


class Judged(Protocol):
    """What a release is chosen by."""

    @property
    def release(self) -> Release:
        """Its dates."""


F = TypeVar("F", bound=Judged)


def open_release(path: Path) -> ReleaseFile | TableFile | None:
    """The release at a path; None where it is gone, damaged, of another version or of an unknown shape."""
    try:
        file = Mapped(path)
    except (FileNotFoundError, Refused):
        return None
    shape = file.header.meta.get("shape", ENTRIES)
    if shape == ENTRIES:
        return ReleaseFile(file)
    return TableFile(file) if shape in openers() else None


def choose(files: Sequence[F], on: date) -> tuple[F, bool]:
    """The release for a day, from those of one system by effective day, and whether it covers the day.

    Of several that cover it, the one last put in force by then; else the one nearest in time (law 11). A starter list
    stands back behind any complete release: what it confirms beyond that one is asked of it apart.
    """
    complete = [file for file in files if file.release.complete] or files
    covering = [file for file in complete if file.release.start <= on <= file.release.end]
    if covering:
        in_force = [file for file in covering if file.release.effective <= on]
        return (in_force[-1] if in_force else covering[0]), True

    def away(file: F) -> int:
        release = file.release
        return min(abs((on - release.start).days), abs((on - release.end).days))

    # Of two equally near the later: what is newer has the corrections.
    return min(reversed(complete), key=away), False
