"""Loading an official file as a release: read whole, then put in place, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.kinds import kinds
from clinic.codes.library import Library
from clinic.codes.release import Release
from clinic.codes.source_file import Source, Tell
from clinic.codes.writer import Prepared, path_of, prepare
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


class Loaded(NamedTuple):
    """What loading came to, for one release."""

    release: Release
    new: bool
    """False where it was there already and nothing was changed."""


class Plan(NamedTuple):
    """What a file holds, made ready to be put in place; nothing is there yet."""

    there: list[Release]
    """Those that are loaded already, of the same bytes."""
    ready: list[Prepared]


def load(library: Library, kind: str, paths: Sequence[Path], wish: Wish, tell: Tell | None = None) -> list[Loaded]:
    """The releases that the files hold, each new or there already; without a file, those that came along.

    ``tell`` hears how far the reading is and stops it by raising; nothing is changed then.

    Raises:
        Refused: there is no such kind, a file is not whole, the dates are the wrong way round, or another release has
            that name. Nothing is changed.
    """
    return carry_out(library, plan(library, kind, paths, wish, tell))


def plan(library: Library, kind: str, paths: Sequence[Path], wish: Wish, tell: Tell | None = None) -> Plan:
    """Read the files and make ready what is not there yet: all that takes long.

    Raises:
        Refused: as ``load``.
    """
    drafts = [_dated(draft, wish, library) for draft in _read(the_kind(kind), paths, wish, tell)]
    there, new = [], []
    for draft in drafts:
        known = _same(library, draft.release, wish)
        if known is None:
            library.refuse_double(draft.release)
            new.append(draft)
        else:
            there.append(known)
    return Plan(there, [prepare(release, body) for release, body in new])


def carry_out(library: Library, planned: Plan) -> list[Loaded]:
    """Put in place what was made ready: all of it, in use at once.

    Raises:
        Refused: another release has taken a name meanwhile. Nothing is changed.
    """
    library.put_all(planned.ready)
    return [
        *(Loaded(release, new=False) for release in planned.there),
        *(Loaded(prepared.release, new=True) for prepared in planned.ready),
    ]


def the_kind(key: str) -> Kind:
    """The kind that is typed so.

    Raises:
        Refused: there is none.
    """
    kind = kinds().get(key)
    if kind is None:
        raise Refused(
            N_("there is no loader for “%(kind)s”."),
            where="KIND",
            remedy=N_("What can be loaded now: %(kinds)s."),
            kind=key,
            kinds=", ".join(kinds()),
        )
    return kind


def _read(kind: Kind, paths: Sequence[Path], wish: Wish, tell: Tell | None) -> list[Draft]:
    if paths:
        source = Source(*paths, tell=tell)
        drafts = kind.read(source, wish)
        return [Draft(msgspec.structs.replace(release, digest=source.digest), body) for release, body in drafts]
    if kind.fallback is None:
        raise Refused(
            N_("nothing of this kind comes with the installation."),
            where="FILE",
            remedy=N_("Name the official file."),
        )
    return [kind.fallback()]


def _dated(draft: Draft, wish: Wish, library: Library) -> Draft:
    """The draft under the name and for the dates wished."""
    release = draft.release
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
    return Draft(msgspec.structs.replace(release, name=name, start=start, end=end, effective=effective), draft.body)


def _same(library: Library, release: Release, wish: Wish) -> Release | None:
    """The release of that name, where it holds the same bytes for the same dates."""
    there = library.has(release.system, release.name)
    if there is None or there.digest != release.digest:
        return None
    return there if wish.start in {None, there.start} and wish.end in {None, there.end} else None
