"""Loading an official file as a release: read whole, then put in place, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from clinic.codes.built_in import make_tabular
from clinic.codes.editions import LICENCE, edition
from clinic.codes.icd10cm import read_tabular
from clinic.codes.library import Library
from clinic.codes.release import Contents, Release
from clinic.codes.source_file import read_source
from clinic.codes.writer import path_of
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


class Wish(msgspec.Struct, frozen=True):
    """What the person who loads says of the release; what is None follows from the file."""

    name: str | None = None
    start: date | None = None
    end: date | None = None


def _tabular(path: Path | None, wish: Wish) -> tuple[Release, Contents]:
    if path is None:
        return make_tabular()
    name, data = read_source(path, ".xml", "tabular")
    tabular = read_tabular(data, name)
    if wish.name and wish.start and wish.end:
        release = Release(
            system="icd10cm",
            name=wish.name,
            title=f"ICD-10-CM, {wish.name}",
            effective=wish.start,
            start=wish.start,
            end=wish.end,
            licence=LICENCE,
            source=name,
            complete=True,
        )
    else:
        release = edition(tabular.version, name)
    return msgspec.structs.replace(release, digest=hashlib.sha256(data).hexdigest()), tabular.contents


LOADERS: dict[str, Callable[[Path | None, Wish], tuple[Release, Contents]]] = {"icd10cm": _tabular}
"""What can be loaded now, by the KIND that is typed."""


def load(library: Library, kind: str, path: Path | None, wish: Wish) -> tuple[Release, bool]:
    """The release that ``path`` holds, and whether it is new; without a path, the one that comes with the installation.

    Raises:
        Refused: the kind has no loader, the file is not whole, the dates are the wrong way round, or another release
            has that name. Nothing is changed.
    """
    loader = LOADERS.get(kind)
    if loader is None:
        raise Refused(
            N_("there is no loader for “%(kind)s”."),
            where="KIND",
            remedy=N_("What can be loaded now: %(kinds)s."),
            kind=kind,
            kinds=", ".join(LOADERS),
        )
    release, contents = loader(path, wish)
    name, start, end = wish.name or release.name, wish.start or release.start, wish.end or release.end
    if start > end:
        raise Refused(
            N_("the release would end on %(end)s, before it starts on %(start)s."),
            where="--from, --to",
            remedy=N_("Give the first and the last date of service."),
            start=start.isoformat(),
            end=end.isoformat(),
        )
    path_of(library.folder, release.system, name)
    # An edition may be judged from before it was put in force, never be in force before it is judged.
    effective = max(start, release.effective)
    release = msgspec.structs.replace(release, name=name, start=start, end=end, effective=effective)
    there = library.has(release.system, name)
    same_dates = there is not None and wish.start in {None, there.start} and wish.end in {None, there.end}
    if there is not None and same_dates and there.digest == release.digest:
        return there, False
    library.add(release, contents)
    return library.has(release.system, name) or release, True
