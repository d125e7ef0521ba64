"""Which day a quarterly file holds from, as its name says it, and for whom it is.

CMS names NCCI files by quarter (``2026q2``), by version (``ccipra-v320r0``: 32 is 2026, its last digit the quarter from
0), or by their first day (``Eff_04-01-2026``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

LICENCE = "Work of the United States Government (CMS); CPT numbers are the AMA's, whose terms the download page shows"

_QUARTER = re.compile(r"(20\d{2})[ _-]?q([1-4])")
_VERSION = re.compile(r"cci(?:pra|oph)[a-z]*-v(\d{2})([0-3])r")
_DAY = re.compile(r"(?:eff|effective)[ _-]*(\d{2})-?(\d{2})-?(20\d{2})")
_VERSION_YEAR = 1994

SETTINGS = {"outpatient": ("ccioph", "outpatient", "hospital"), "dme": ("dme", "supplier")}
"""By what a file's name says for whom it is; without it, for practitioners."""


def first_day(name: str) -> date | None:
    """The first day a file of this name holds for; None where it does not say."""
    small = name.lower()
    try:
        if found := _DAY.search(small):
            return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None
    if found := _QUARTER.search(small):
        return date(int(found[1]), 3 * int(found[2]) - 2, 1)
    if found := _VERSION.search(small):
        return date(_VERSION_YEAR + int(found[1]), 3 * int(found[2]) + 1, 1)
    return None


def setting(name: str) -> str:
    """For whom a file of this name is: ``practitioner``, ``outpatient`` or ``dme``."""
    small = name.lower()
    return next((key for key, words in SETTINGS.items() if any(word in small for word in words)), "practitioner")


def named(file: SourceFile) -> str:
    """The names by which a file may say what it is: its own and its archive's."""
    return f"{file.name} {file.path.name}"


def table_files(source: Source, pattern: str) -> list[SourceFile]:
    """The files of one release. An archive holds each as text and as a workbook: the text is taken.

    Raises:
        Refused: as ``Source.files``.
    """
    try:
        return source.files(".txt", ".csv", pattern=pattern)
    except Refused:
        return source.files(".xlsx", pattern=pattern)


def of_one_release(files: Sequence[SourceFile]) -> tuple[date | None, str]:
    """First day and setting of the files of one release.

    Raises:
        Refused: they are of several.
    """
    days = {first_day(named(file)) for file in files} - {None}
    settings = {setting(named(file)) for file in files}
    if len(days) > 1 or len(settings) > 1:
        raise Refused(
            N_("these files are not of one release."),
            where=", ".join(file.name for file in files),
            remedy=N_("Load the files of one quarter and one setting together, each other release by itself."),
        )
    return next(iter(days), None), settings.pop()
