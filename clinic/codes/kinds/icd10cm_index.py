"""The Alphabetic Index of ICD-10-CM, its index of external causes, its tables of drugs and of neoplasms.

Each of the four is a system of its own, so that a day is judged by one release of each; a .zip that holds several is
loaded in one go. ``index_terms`` reads them for search: every way from words to a code that is in force on a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Protocol

import msgspec

from clinic.codes.alphabetic import IndexFile, read_index
from clinic.codes.editions import LICENCE, edition
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.opened import Judging
from clinic.codes.source_file import Source, SourceFile
from clinic.codes.terms import SHAPE, Term, Terms, term_sections
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

INDEX, EXTERNAL, DRUGS, NEOPLASMS = "icd10cm-index", "icd10cm-external", "icd10cm-drug", "icd10cm-neoplasm"
TITLES = {
    INDEX: N_("ICD-10-CM Alphabetic Index"),
    EXTERNAL: N_("ICD-10-CM index of external causes"),
    DRUGS: N_("ICD-10-CM Table of Drugs and Chemicals"),
    NEOPLASMS: N_("ICD-10-CM Table of Neoplasms"),
}
TABLES = (DRUGS, NEOPLASMS)
"""Those with columns."""

_NAMES = ((EXTERNAL, r"eindex|external"), (DRUGS, r"drug"), (NEOPLASMS, r"neoplasm"), (INDEX, r"index"))


class Shelf(Protocol):
    """Where releases stand: the library."""

    def table(self, system: str, on: date) -> Judging | None:
        """The table that judges a day."""


def index_terms(shelf: Shelf, on: date) -> Iterator[Term]:
    """Every way from words to a code by the index, the external causes and both tables of a day, in their order.

    Nothing where none is loaded. A term's ``code`` may be a header (``Term.whole`` False where the index says so).
    """
    for system in TITLES:
        judging = shelf.table(system, on)
        if judging is not None:
            yield from judging.table.terms()


def table_of(shelf: Shelf, system: str, on: date) -> Terms | None:
    """One of the four on a day, to be shown by column; None where none is loaded."""
    judging = shelf.table(system, on)
    return None if judging is None else judging.table


def _system(index: IndexFile, name: str) -> str:
    """Which of the four a file is: the tables by their heads, the others by title or by name."""
    first = index.heads.get(1, "").lower()
    if first.startswith(("substance", "neoplasm")):
        return DRUGS if first.startswith("substance") else NEOPLASMS
    for text in (index.title.lower(), name.lower()):
        for system, pattern in _NAMES:
            if re.search(pattern, text):
                return system
    return INDEX


def _draft(file: SourceFile, wish: Wish) -> Draft:
    index = read_index(file)
    system = _system(index, file.name)
    if wish.name and wish.start and wish.end:
        release = edition_of(KIND, wish, file.name, system=system, title=TITLES[system])
    else:
        like = edition(index.version, file.name)
        release = msgspec.structs.replace(like, system=system, title=f"{TITLES[system]}, {like.name}")
    return Draft(release, term_sections(index))


def _read(source: Source, wish: Wish) -> list[Draft]:
    drafts: dict[str, Draft] = {}
    for file in source.files(".xml", pattern=r"index|drug|neoplasm"):
        draft = _draft(file, wish)
        if draft.release.system in drafts:
            raise Refused(
                N_("two files hold the same part of the index."),
                where=file.name,
                remedy=N_("Load one edition at a time."),
            )
        drafts[draft.release.system] = draft
    return list(drafts.values())


KIND = Kind(
    key="icd10cm-index",
    systems=tuple(TITLES),
    title=N_("ICD-10-CM Alphabetic Index and tables"),
    licence=LICENCE,
    origin="CMS and CDC/NCHS publish it beside the tabular list, in one .zip or as four files.",
    layout=(
        "The XML of the index, of the external causes (eindex), of the Table of Drugs or of the Table of Neoplasms; a "
        ".zip gives a release for each that it holds."
    ),
    months=12,
    read=_read,
    shape=SHAPE,
    leads_to="icd10cm",
    opener=Terms,
)
