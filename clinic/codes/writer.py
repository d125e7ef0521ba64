"""Writing one release into the folder of code sets."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from clinic.codes import layout
from clinic.codes.columns import entry_sections, in_order
from clinic.codes.index import search_sections
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


def write_release(folder: Path, release: Release, contents: Contents, key: str | None = None) -> Path:
    """Build and put the file of ``release``: complete or not at all. Rows are counted here.

    ``key`` marks a release that comes with the installation, by its source's version.
    """
    path = path_of(folder, release.system, release.name)
    with _no_collection():
        rows = in_order(contents.rows)
        search, billable_lines = search_sections(rows)
    counted = msgspec.structs.replace(release, rows=len(rows), billable=sum(1 for row in rows if row.billable))
    meta = {"release": msgspec.to_builtins(counted), "billable_lines": billable_lines, "key": key}
    layout.write(path, meta, {**entry_sections(rows, contents), **search})
    return path
