"""Writing one release into the folder of code sets."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from clinic.codes import layout
from clinic.codes.columns import entry_sections, in_order
from clinic.codes.index import search_sections
from clinic.codes.kind import Sections
from clinic.codes.release import Contents, Release
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

SUFFIX = ".codes"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def path_of(folder: Path, system: str, name: str) -> Path:
    """Where a release stands: ``<system>--<name>.codes``.

    Raises:
        Refused: the name would not make a plain file name.
    """
    if not _NAME.fullmatch(name) or "--" in name:
        raise Refused(
            N_("“%(name)s” cannot name a release."),
            where="--release",
            remedy=N_("Take up to 40 small letters, digits, dots and single hyphens, as in fy2027-april."),
            name=name,
        )
    return folder / f"{system}--{name}{SUFFIX}"


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector: it would look at a million small tuples again and again, for half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Prepared(NamedTuple):
    """A release made ready to be written: what the header says of it, and its sections."""

    release: Release
    meta: dict[str, Any]
    sections: Mapping[str, bytes]


def prepare(release: Release, body: Contents | Sections, key: str | None = None) -> Prepared:
    """Make a release ready: sort, count and index its rows, or take the sections of another shape as they are.

    ``key`` marks a release that comes with the installation, by its source's version.
    """
    if isinstance(body, Sections):
        counted = msgspec.structs.replace(release, rows=body.rows, billable=None)
        meta = {**body.meta, "release": msgspec.to_builtins(counted), "shape": body.shape, "key": key}
        return Prepared(counted, meta, body.sections)
    with _no_collection():
        rows = in_order(body.rows)
        search, billable_lines = search_sections(rows, release.system, body.groups)
    counted = msgspec.structs.replace(release, rows=len(rows), billable=sum(1 for row in rows if row.billable))
    meta = {"release": msgspec.to_builtins(counted), "billable_lines": billable_lines, "key": key}
    return Prepared(counted, meta, {**entry_sections(rows, body), **search})


def put(folder: Path, prepared: Prepared) -> Path:
    """Put the file of a release that is ready into the folder: complete or not at all."""
    path = path_of(folder, prepared.release.system, prepared.release.name)
    layout.write(path, prepared.meta, prepared.sections)
    return path


def write_release(folder: Path, release: Release, body: Contents | Sections, key: str | None = None) -> Path:
    """Prepare and put."""
    return put(folder, prepare(release, body, key))
