"""The lexicon of this installation: made from the release of a day and the tables of words, once a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from billing.coding.suggest import Lexicon, Title
from clinic.codes.library import Library
from clinic.codes.reader import ReleaseFile
from clinic.codes.words_tables import read_words
from clinic.codes.writer import path_of
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_NAMES = frozenset({"inclusionTerm", "includes"})
_lock = threading.Lock()
_made: dict[Path, Lexicon] = {}


def lexicon(library: Library, on: date) -> Lexicon:
    """The terms of the ICD-10-CM release that judges ``on``; making it takes seconds, later calls share it.

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
    with _lock:
        if path not in _made:
            _made[path] = Lexicon(ICD10CM, titles(ReleaseFile(path)), read_words())
        return _made[path]


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
