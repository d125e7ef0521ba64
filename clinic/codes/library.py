"""The releases of one instance: which one judges a day, and what it says.

The folder is the only truth. A release is there when its file is; one that was withdrawn keeps its file under another
ending, so that a withdrawal is seen by every worker, is undone by loading again, and keeps a built-in release away.
"""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clinic.codes import layout
from clinic.codes.built_in import BuiltIn, built_in
from clinic.codes.reader import ReleaseFile
from clinic.codes.release import Contents, Entry, Hit, Note, Release, Status, keyed
from clinic.codes.writer import SUFFIX, path_of, write_release
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

WITHDRAWN = ".withdrawn"
_DAYS_KEPT = 4096


class Library:
    """Code sets under ``folder`` (``instance/codes``); threads may share one.

    What comes with the installation is built at first use, by one process while the others wait. ``recheck_seconds``
    is how long a release loaded or withdrawn by another process may stay unseen. ``tell`` is told the system before
    one is built. ``sources`` are what comes with the installation.
    """

    def __init__(
        self,
        folder: Path,
        recheck_seconds: float = 1.0,
        tell: Callable[[str], object] | None = None,
        sources: Callable[[], tuple[BuiltIn, ...]] = built_in,
    ) -> None:
        self._tell = tell
        self._sources = sources
        self.folder = Path(folder)
        self._recheck = recheck_seconds
        self._checked = float("-inf")
        self._complete = False
        self._opened: dict[Path, tuple[int, ReleaseFile | None]] = {}
        self._by_system: dict[str, list[ReleaseFile]] = {}
        self._days: dict[tuple[str, date], tuple[ReleaseFile, bool]] = {}
        self._lock = threading.Lock()

    def releases(self) -> list[Release]:
        """All that can be used, by system and effective day."""
        self._look()
        return [file.release for system in sorted(self._by_system) for file in self._by_system[system]]

    def damaged(self, *, thorough: bool = False) -> list[Path]:
        """Release files that cannot be used: cut, or of another version; ``thorough`` also reads all bytes of each."""
        self._look()
        opened = [(path, file) for path, (_, file) in self._opened.items()]
        return [path for path, file in opened if file is None or (thorough and not file.intact())]

    def release(self, system: str, on: date) -> tuple[Release, bool] | None:
        """The release that judges a day, and whether it covers it; None where the system has none at all."""
        chosen = self._choose(system, on)
        return None if chosen is None else (chosen[0].release, chosen[1])

    def status(self, system: str, value: str, on: date) -> Status:
        """How a code, exactly as claims carry it, stands on a day."""
        chosen = self._choose(system, on)
        if chosen is None:
            return Status("unknown")
        file, covers = chosen
        state = file.state(value, on)
        return Status(state, covers and (state != "unknown" or file.release.complete), file.release.name)

    def lookup(self, system: str, value: str, on: date) -> Entry | None:
        """A code by the release that judges the day; ICD-10-CM may be typed with its dot and in small letters."""
        chosen = self._choose(system, on)
        return None if chosen is None else chosen[0].lookup(keyed(system, value))

    def notes(self, system: str, value: str, on: date) -> list[Note]:
        """What the classification says at a code and above it, nearest first."""
        chosen = self._choose(system, on)
        return [] if chosen is None else chosen[0].notes(keyed(system, value))

    def search(self, text: str, system: str, on: date, limit: int = 20) -> list[Hit]:
        """Codes for what is being typed, best first: the beginning of a code, or words in any order."""
        chosen = self._choose(system, on)
        return [] if chosen is None else chosen[0].search(text, limit)

    def has(self, system: str, name: str) -> Release | None:
        """The release of that name, where it is in use."""
        return next((there for there in self.releases() if (there.system, there.name) == (system, name)), None)

    def add(self, release: Release, contents: Contents) -> None:
        """Put a release into the folder, in use at once.

        Raises:
            Refused: one of that name is in use.
        """
        path = path_of(self.folder, release.system, release.name)
        with self._building():
            if path.exists():
                raise Refused(
                    N_("a release %(name)s is loaded already."),
                    where=release.system,
                    remedy=N_("Withdraw it first, or give another --release."),
                    name=release.name,
                )
            write_release(self.folder, release, contents)
            _withdrawn(path).unlink(missing_ok=True)
            layout.sync_folder(self.folder)
        self._look()

    def withdraw(self, system: str, name: str) -> None:
        """Take a release out of use. Its file is kept, and loading it again brings it back.

        Raises:
            Refused: there is no such release.
        """
        self._look()
        path = path_of(self.folder, system, name)
        with self._building():
            if not path.exists():
                raise Refused(
                    N_("there is no release %(name)s."),
                    where=system,
                    remedy=N_("flask codes list shows what is loaded."),
                    name=name,
                )
            path.replace(_withdrawn(path))
            layout.sync_folder(self.folder)
        self._look()

    def _choose(self, system: str, on: date) -> tuple[ReleaseFile, bool] | None:
        if time.monotonic() - self._checked >= self._recheck:
            self._look()
        days = self._days  # taken first: an answer by the files of before must not get among those of after
        chosen = days.get((system, on))
        if chosen is None:
            files = self._by_system.get(system)
            if not files:
                return None
            chosen = choose(files, on)
            if len(days) < _DAYS_KEPT:
                days[system, on] = chosen
        return chosen

    def _look(self) -> None:
        """See what is in the folder; the first time, build what comes with the installation and is not there."""
        with self._lock:
            if not self._complete:
                self._build_missing()
                self._complete = True
            # A name may get another file (built anew, or withdrawn and loaded again): the inode tells.
            there = {path: path.stat().st_ino for path in sorted(self.folder.glob(f"*{SUFFIX}"))}
            if there != {path: inode for path, (inode, _) in self._opened.items()}:
                self._open(there)
            self._checked = time.monotonic()

    def _open(self, there: dict[Path, int]) -> None:
        opened: dict[Path, tuple[int, ReleaseFile | None]] = {}
        by_system: dict[str, list[ReleaseFile]] = {}
        for path, inode in there.items():
            known = self._opened.get(path)
            file = known[1] if known and known[0] == inode else _usable(path)
            opened[path] = (inode, file)
            if file is not None:
                by_system.setdefault(file.release.system, []).append(file)
        for files in by_system.values():
            files.sort(key=lambda file: (file.release.effective, file.release.name))
        self._opened, self._by_system, self._days = opened, by_system, {}

    def _build_missing(self) -> None:
        missing = [source for source in self._sources() if self._lacks(source)]
        if not missing:
            return
        with self._building():
            for source in missing:
                if self._lacks(source):
                    if self._tell is not None:
                        self._tell(source.system)
                    release, contents = source.make()
                    write_release(self.folder, release, contents, source.key)

    def _lacks(self, source: BuiltIn) -> bool:
        path = path_of(self.folder, source.system, source.name)
        if _withdrawn(path).exists():
            return False
        file = _usable(path)
        # A file without a key was loaded by a person under that name, and stays.
        return file is None or file.key not in {None, source.key}

    @contextmanager
    def _building(self) -> Iterator[None]:
        """One process at a time writes to the folder; what a dead one left behind is cleared away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self.folder.glob(".*.tmp"):
                left.unlink()
            yield


def _usable(path: Path) -> ReleaseFile | None:
    try:
        return ReleaseFile(path)
    except (FileNotFoundError, Refused):
        return None


def _withdrawn(path: Path) -> Path:
    return path.with_name(path.name + WITHDRAWN)


def choose(files: list[ReleaseFile], on: date) -> tuple[ReleaseFile, bool]:
    """The release for a day, from those of one system by effective day, and whether it covers the day.

    Of several that cover it, the one last put in force by then; else the one nearest in time (law 11).
    """
    covering = [file for file in files if file.release.start <= on <= file.release.end]
    if covering:
        in_force = [file for file in covering if file.release.effective <= on]
        return (in_force[-1] if in_force else covering[0]), True

    def away(file: ReleaseFile) -> int:
        release = file.release
        return min(abs((on - release.start).days), abs((on - release.end).days))

    # Of two equally near the later: what is newer has the corrections.
    return min(reversed(files), key=away), False
