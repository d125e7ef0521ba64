"""The lexicon of this installation: made once a release from its titles and the tables of words, then mapped by all.

Its file stands beside the release (``<system>--<name>.terms``). It holds by what it was made, so that another release
under that name, other words or another way of making it have it made anew; nothing is lost with it.
"""

from __future__ import annotations

import fcntl
import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from billing.coding.suggest import Lexicon, Title, compiled
from clinic.codes import layout
from clinic.codes.library import Library
from clinic.codes.reader import ReleaseFile
from clinic.codes.words_tables import TABLES, read_words
from clinic.codes.writer import path_of
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

SUFFIX = ".terms"
_NAMES = frozenset({"inclusionTerm", "includes"})
_MAKERS = ("billing/coding/suggest/compiling.py", "billing/coding/suggest/title.py", "billing/coding/suggest/plain.py",
           "clinic/codes/tokens.py")  # fmt: skip
_ROOT = Path(__file__).resolve().parent.parent.parent
_lock = threading.Lock()
_opened: dict[tuple[Path, int], Lexicon] = {}


def lexicon(library: Library, on: date) -> Lexicon:
    """The terms of the ICD-10-CM release that judges ``on``; making them takes seconds, once an installation.

    Raises:
        Refused: no release of ICD-10-CM is loaded.
    """
    chosen = library.release(ICD10CM, on)
    if chosen is None:
        raise Refused(
            N_("no release of ICD-10-CM is loaded."),
            where=ICD10CM,
            remedy=N_("Load one: flask codes load icd10cm."),
        )
    path = path_of(library.folder, ICD10CM, chosen[0].name).resolve()
    known = (path, path.stat().st_ino)
    with _lock:
        if known not in _opened:
            _opened[known] = Lexicon(ICD10CM, _sections(path))
        return _opened[known]


def make_ready(library: Library, on: date) -> None:
    """Have the lexicon of a day at hand before the writer's place is taken; nothing where none can be made."""
    with suppress(Refused):
        lexicon(library, on)


def titles(file: ReleaseFile) -> Iterator[Title]:
    """All codes of a release with their other names, those above first."""
    for at in range(len(file)):
        entry = file.entry(at)
        extended = len(entry.value) == 7  # a seventh character is always an extension (guideline I.A.5)
        names = () if extended else _names(file, at)
        yield Title(
            entry.value, entry.display, entry.billable, entry.parents[0] if entry.parents else None, names, extended
        )


def _names(file: ReleaseFile, at: int) -> tuple[str, ...]:
    return tuple(line for kind, lines in file.own_notes(at) if kind in _NAMES for line in lines)


def _sections(release: Path) -> dict[str, memoryview[int] | bytes]:
    """What was made of a release, mapped; made now where there is none. In memory where the folder takes no file."""
    path, key = release.with_suffix(SUFFIX), _key(release)
    found = _mapped(path, key)
    if found is not None:
        return found
    try:
        with (release.parent / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # what another process makes meanwhile is taken
            if (found := _mapped(path, key)) is None:
                layout.write(path, {"key": key}, _made(release))
                found = _mapped(path, key)
    except OSError:
        found = None
    return dict(_made(release)) if found is None else found


def _made(release: Path) -> dict[str, bytes]:
    return compiled(titles(ReleaseFile(release)), read_words())


def _mapped(path: Path, key: str) -> dict[str, memoryview[int] | bytes] | None:
    try:
        file = layout.Mapped(path)
    except (FileNotFoundError, Refused):
        return None
    if file.header.meta.get("key") != key:
        return None
    return {name: file.column(name, "B") for name in file.header.sections}


def _key(release: Path) -> str:
    """By what a lexicon is made: the body of the release, the tables of words, and how they are read."""
    return hashlib.sha256(f"{layout.Mapped(release).header.body} {_ways()}".encode()).hexdigest()


@cache
def _ways() -> str:
    digest = hashlib.sha256()
    for path in (*(_ROOT / name for name in _MAKERS), *sorted(TABLES.glob("*.csv"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
