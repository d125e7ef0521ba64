"""The releases of one instance: which one judges a day, and what it says.

The folder is the only truth. A release is there when its file is; one that was withdrawn keeps its file under another
ending, so that a withdrawal is seen by every worker, is undone by loading again, and keeps a built-in release away.
"""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clinic.codes import layout
from clinic.codes.built_in import BuiltIn, built_in
from clinic.codes.crossnotes import CrossNotes
from clinic.codes.kind import Sections
from clinic.codes.kinds import leading_to
from clinic.codes.merging import SURE, with_ways
from clinic.codes.opened import F, Judging, TableFile, choose, open_release
from clinic.codes.reader import ReleaseFile
from clinic.codes.release import Contents, Entry, Hit, Note, Release, Status, keyed
from clinic.codes.ways import Ways
from clinic.codes.writer import SUFFIX, Prepared, path_of, prepare, put, write_release
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
        self.sources = sources
        self.folder = Path(folder)
        self._recheck = recheck_seconds
        self._checked = float("-inf")
        self._complete = False
        self._opened: dict[Path, tuple[int, ReleaseFile | TableFile | None]] = {}
        self._by_system: dict[str, list[ReleaseFile]] = {}
        self._tables: dict[str, list[TableFile]] = {}
        self._days: dict[tuple[str, date], tuple[ReleaseFile, bool]] = {}
        self._leading: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def releases(self) -> list[Release]:
        """All that can be used, by system and effective day."""
        self._look()
        files: list[ReleaseFile | TableFile] = []
        for each in self._by_system.values():
            files += each
        for others in self._tables.values():
            files += others
        return [file.release for file in sorted(files, key=_by_day)]

    def withdrawn(self) -> list[Release]:
        """Those whose files are kept and not used, by system and name."""
        files = [open_release(path) for path in sorted(self.folder.glob(f"*{SUFFIX}{WITHDRAWN}"))]
        return [file.release for file in files if file is not None]

    def damaged(self, *, thorough: bool = False) -> list[Path]:
        """Release files that cannot be used: cut, or of another version; ``thorough`` also reads all bytes of each."""
        self._look()
        opened = [(path, file) for path, (_, file) in self._opened.items()]
        return [path for path, file in opened if file is None or (thorough and not file.intact())]

    def release(self, system: str, on: date) -> tuple[Release, bool] | None:
        """The release that judges a day, and whether it covers it; None where the system has none at all."""
        files = self._tables.get(system)
        if files:
            table, covers = self._pick(files, on)
            return table.release, covers
        chosen = self._choose(system, on)
        return None if chosen is None else (chosen[0].release, chosen[1])

    def table(self, system: str, on: date) -> Judging | None:
        """The table of another shape than entries that judges a day; None where the system has none at all.

        Choosing takes a microsecond or two: who asks for each line of a claim keeps the answer for its day.
        """
        self._fresh()
        files = self._tables.get(system)
        if not files:
            return None
        file, covers = self._pick(files, on)
        return Judging(file.table, file.release, covers)

    def status(self, system: str, value: str, on: date) -> Status:
        """How a code, exactly as claims carry it, stands on a day."""
        chosen = self._choose(system, on)
        if chosen is None:
            return Status("unknown")
        file, covers = chosen
        state = file.state(value, on)
        if state == "unknown":
            starter = self._starter(system, value, on, file)
            if starter is not None:
                return Status(starter.state(value, on), covered=True, release=starter.release.name)
        return Status(state, covers and (state != "unknown" or file.release.complete), file.release.name)

    def lookup(self, system: str, value: str, on: date) -> Entry | None:
        """A code by the release that judges the day; ICD-10-CM may be typed with its dot and in small letters."""
        chosen = self._choose(system, on)
        if chosen is None:
            return None
        value = keyed(system, value)
        found = chosen[0].lookup(value)
        if found is None:
            starter = self._starter(system, value, on, chosen[0])
            return None if starter is None else starter.lookup(value)
        return found

    def standing(self, system: str, value: str) -> list[tuple[Release, Entry]]:
        """The releases in which a code stands, oldest first, with what each says of it."""
        self._look()
        value = keyed(system, value)
        found = [(file.release, file.lookup(value)) for file in self._by_system.get(system, ())]
        return [(release, entry) for release, entry in found if entry is not None]

    def notes(self, system: str, value: str, on: date) -> list[Note]:
        """What the classification says at a code and above it, nearest first."""
        chosen = self._choose(system, on)
        return [] if chosen is None else chosen[0].notes(keyed(system, value))

    def cross_notes(self, system: str, on: date) -> CrossNotes | None:
        """What the notes of the release that judges a day say between codes; None where the system has none at all."""
        chosen = self._choose(system, on)
        return None if chosen is None else chosen[0].cross

    def search(self, text: str, system: str, on: date, limit: int = 20) -> list[Hit]:
        """Codes for what is being typed, best first: the beginning of a code, or words in any order."""
        chosen = self._choose(system, on)
        if chosen is None:
            return []
        file = chosen[0]
        hits = file.search(text, limit)
        if (hits and hits[0].score >= SURE) or file.begun(text, 1):
            return hits
        ways = [way for each in self._ways(system, on) for way in each.find(text, limit)]
        return with_ways(hits, ways, file, limit) if ways else hits

    def below(self, system: str, value: str, on: date) -> list[Entry]:
        """A code or header and all that stands below it, by code; empty for an unknown one."""
        chosen = self._choose(system, on)
        return [] if chosen is None else chosen[0].below(keyed(system, value))

    def has(self, system: str, name: str) -> Release | None:
        """The release of that name, where it is in use."""
        return next((there for there in self.releases() if (there.system, there.name) == (system, name)), None)

    def add(self, release: Release, contents: Contents | Sections) -> None:
        """Put a release into the folder, in use at once.

        Raises:
            Refused: one of that name is in use.
        """
        self.refuse_double(release)
        self.put_all([prepare(release, contents)])

    def put_all(self, ready: Sequence[Prepared]) -> None:
        """Put releases that were made ready into the folder, in use at once.

        Raises:
            Refused: one of a name is in use. Nothing is changed.
        """
        with self._building():
            for prepared in ready:
                self.refuse_double(prepared.release)
            for prepared in ready:
                _withdrawn(put(self.folder, prepared)).unlink(missing_ok=True)
            layout.sync_folder(self.folder)
        self._look()

    def refuse_double(self, release: Release) -> None:
        """Nothing where no release in use has that name.

        Raises:
            Refused: one has.
        """
        if path_of(self.folder, release.system, release.name).exists():
            raise Refused(
                N_("a release %(name)s is loaded already."),
                where=release.system,
                remedy=N_("Withdraw it first, or give another --release."),
                name=release.name,
            )

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

    def restore(self, system: str, name: str) -> None:
        """Bring a withdrawn release back into use, as it was.

        Raises:
            Refused: none of that name is withdrawn, or another has taken its name since.
        """
        path = path_of(self.folder, system, name)
        with self._building():
            if path.exists() or not _withdrawn(path).exists():
                raise Refused(
                    N_("no release %(name)s is withdrawn."),
                    where=system,
                    remedy=N_("flask codes list shows what is loaded."),
                    name=name,
                )
            _withdrawn(path).replace(path)
            layout.sync_folder(self.folder)
        self._look()

    def _starter(self, system: str, value: str, on: date, asked: ReleaseFile) -> ReleaseFile | None:
        """A starter list that covers the day and knows a code the complete release does not."""
        for file in self._by_system.get(system, ()):
            release = file.release
            if (
                file is not asked
                and not release.complete
                and release.start <= on <= release.end
                and (file.state(value, on) != "unknown")
            ):
                return file
        return None

    def _ways(self, system: str, on: date) -> list[Ways]:
        """The indexes of terms that lead to codes of a system on a day."""
        found = (self.table(each, on) for each in self._leading.get(system, ()))
        return [judging.table.ways for judging in found if judging is not None and judging.table.ways is not None]

    def _fresh(self) -> None:
        if time.monotonic() - self._checked >= self._recheck:
            self._look()

    def _choose(self, system: str, on: date) -> tuple[ReleaseFile, bool] | None:
        self._fresh()
        days = self._days  # taken first: an answer by the files of before must not get among those of after
        chosen = days.get((system, on))
        if chosen is None:
            files = self._by_system.get(system)
            if not files:
                return None
            chosen = self._pick(files, on)
            if len(days) < _DAYS_KEPT:
                days[system, on] = chosen
        return chosen

    def _pick(self, files: Sequence[F], on: date) -> tuple[F, bool]:
        """Which of a system's releases judges a day, and whether it covers it."""
        return choose(files, on)

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
        opened: dict[Path, tuple[int, ReleaseFile | TableFile | None]] = {}
        by_system: dict[str, list[ReleaseFile]] = {}
        tables: dict[str, list[TableFile]] = {}
        for path, inode in there.items():
            known = self._opened.get(path)
            file = known[1] if known and known[0] == inode else open_release(path)
            opened[path] = (inode, file)
            if isinstance(file, TableFile):
                tables.setdefault(file.release.system, []).append(file)
            elif file is not None:
                by_system.setdefault(file.release.system, []).append(file)
        for files in by_system.values():
            files.sort(key=_by_day)
        for others in tables.values():
            others.sort(key=_by_day)
        self._opened, self._by_system, self._tables, self._days = opened, by_system, tables, {}
        self._leading = {system: leading_to(system) for system in by_system} if tables else {}

    def _build_missing(self) -> None:
        missing = [source for source in self.sources() if self._lacks(source)]
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
        file = open_release(path)
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


def _withdrawn(path: Path) -> Path:
    return path.with_name(path.name + WITHDRAWN)


def _by_day(file: ReleaseFile | TableFile) -> tuple[str, date, str]:
    """The order in which releases are looked at: by system, then as they were put in force."""
    return (file.release.system, file.release.effective, file.release.name)
