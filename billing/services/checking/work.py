"""The folder in which a check keeps what is done, so that one that was killed is taken up again."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

import msgspec

from billing.edits import EDITS
from billing.services.checking.judging import put
from billing.services.checking.parts import Part
from billing.services.checking.told import Style
from clinic.codes.library import Library
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


class Asked(msgspec.Struct, frozen=True):
    """What is checked, by what, and told how. Only work for the very same is gone on with."""

    files: tuple[tuple[str, int, int], ...]
    """Path, bytes, and time of change in nanoseconds."""
    on: date | None
    style: Style
    world: str
    """Digest of the edits and of the releases of code sets."""


class Cut(msgspec.Struct, frozen=True):
    """A file in parts, all of them known, and the day its claims are judged by."""

    parts: tuple[Part, ...]
    on: date


class Work:
    """What is done of one check, under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, file: int, name: str) -> Path:
        """Where something of a file is kept."""
        return self.folder / f"{file:03d}-{name}"

    def cut(self, file: int) -> Cut | None:
        """How a file was cut, where that was finished."""
        path = self.place(file, "cut.json")
        return msgspec.json.decode(path.read_bytes(), type=Cut) if path.exists() else None

    def keep_cut(self, file: int, cut: Cut) -> None:
        """The file is cut, whole."""
        put(self.place(file, "cut.json"), msgspec.json.encode(cut))


def asked(files: Sequence[Path], on: date | None, style: Style, codes: Library, *more: str) -> Asked:
    """What this check is; ``more`` is what else its findings depend on.

    Raises:
        Refused: a file is not there.
    """
    found = []
    for file in files:
        try:
            stat = file.stat()
        except OSError as error:
            what = N_("The file cannot be read: %(why)s.")
            remedy = N_("Give the path of a file that is there.")
            raise Refused(what, where=str(file), remedy=remedy, why=error.strerror or "") from None
        found.append((str(file), stat.st_size, stat.st_mtime_ns))
    world = hashlib.sha256()
    for edit in EDITS.values():
        world.update(f"{edit.code} {edit.declared.severity} {edit.declared.message}\n".encode())
    for release in codes.releases():
        world.update(f"{release.system} {release.name} {release.digest} {release.rows}\n".encode())
    for each in more:
        world.update(f"{each}\n".encode())
    return Asked(tuple(found), on, style, world.hexdigest())


@contextmanager
def working(folder: Path, wanted: Asked) -> Iterator[tuple[Work, bool]]:
    """The work of a check, and whether some of it was done before.

    The folder is gone once it is finished, and where it was refused; it stays where it was stopped.

    Raises:
        Refused: another process is at it, or nothing can be written there.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    with (folder / "lock").open("a") as lock:
        _alone(lock, folder)
        kept = folder / "asked.json"
        again = kept.exists() and kept.read_bytes() == msgspec.json.encode(wanted)
        if not again:
            for old in folder.iterdir():
                if old.name != "lock":
                    old.unlink()
            put(kept, msgspec.json.encode(wanted))
        try:
            yield Work(folder), again
        except Refused:
            shutil.rmtree(folder)
            raise
        shutil.rmtree(folder)


def cannot_write(path: Path, error: OSError) -> Refused:
    """What is said where a result cannot be put."""
    what = N_("The file cannot be written: %(why)s.")
    remedy = N_("Give a path in a folder that is there.")
    return Refused(what, where=str(path), remedy=remedy, why=error.strerror or "")


def _alone(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(
            N_("Another check is writing the same file."),
            where=str(folder),
            remedy=N_("Wait until it is done, or give another --out."),
        ) from None
