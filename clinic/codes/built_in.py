"""Code sets that come with the installation and are built at their first use.

ICD-10-CM is read from the file inside the package simple-icd-10-cm. The package's own module is never imported: that
takes seconds and hundreds of megabytes. The small tables of ``reference/codes`` are our own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from importlib import metadata
from pathlib import Path

import msgspec

from clinic.codes.editions import edition
from clinic.codes.forms import digest as words_digest
from clinic.codes.icd10cm import read_tabular
from clinic.codes.release import Contents, Release
from clinic.codes.tables import read_table, system_of
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

PACKAGE = "simple-icd-10-cm"
TABLES = Path(__file__).resolve().parent.parent.parent / "reference" / "codes"
_INSTALL = N_("Install the version that requirements.txt names.")


class BuiltIn(msgspec.Struct, frozen=True):
    """A release that can be made without being given a file.

    ``key`` changes when its source does: a file built from another key is built again.
    """

    system: str
    name: str
    key: str
    make: Callable[[], tuple[Release, Contents]]


def built_in() -> tuple[BuiltIn, ...]:
    """All of them."""
    return (_tabular(), *_tables())


def _tabular() -> BuiltIn:
    version = metadata.version(PACKAGE)
    return BuiltIn("icd10cm", "fy2026-april", f"{PACKAGE} {version}, words {words_digest()}", make_tabular)


def make_tabular() -> tuple[Release, Contents]:
    """The ICD-10-CM of the package.

    It is the edition of 1 April 2026. Its 74,719 codes are as many as the 74,260 of fiscal year 2025 less the 28
    withdrawn and with the 487 added on 1 October 2025, so by count the April update added none. It is therefore judged
    from that October on; whoever loads the October edition itself has it judge the first half of the year.

    Raises:
        Refused: the package holds no single tabular file, or another edition than the one whose dates are known here.
    """
    name, data = package_file()
    tabular = read_tabular(data, name)
    release = msgspec.structs.replace(
        edition(tabular.version, name),
        start=date(int(tabular.version) - 1, 10, 1),
        source=f"{name} in {PACKAGE} {metadata.version(PACKAGE)} (MIT)",
        digest=hashlib.sha256(data).hexdigest(),
    )
    if release.name != "fy2026-april":
        raise Refused(
            N_("this package holds edition %(name)s, whose dates are not known here."),
            where=PACKAGE,
            remedy=_INSTALL,
            name=release.name,
        )
    return release, tabular.contents


def package_file() -> tuple[str, bytes]:
    """Name and bytes of the tabular file inside the package, found without importing it.

    Raises:
        Refused: there is none, or more than one.
    """
    listed = metadata.distribution(PACKAGE).files or []
    files = [file for file in listed if file.suffix == ".xml" and "tabular" in file.name]
    if len(files) != 1:
        raise Refused(
            N_("this package holds %(count)s tabular files, not one."), where=PACKAGE, remedy=_INSTALL, count=len(files)
        )
    return files[0].name, Path(str(files[0].locate())).read_bytes()


def _tables() -> list[BuiltIn]:
    tables = []
    for path in sorted(TABLES.glob("*.csv")):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()

        def make(path: Path = path, data: bytes = data) -> tuple[Release, Contents]:
            return read_table(data, path.name)

        tables.append(BuiltIn(system_of(path.name), "own", digest, make))
    return tables
