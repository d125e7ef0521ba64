"""The lists of the Medicare Code Editor: ages, sex, manifestations and what is no principal diagnosis.

A table with a diagnosis and the list it stands in; the years of a list may be named behind it, as in "Adult (Ages
15-124)". Versions: 41 is fiscal year 2024, from October 2023; 41.1 its April update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from clinic.codes.ages import SHAPE, AgesFile, Row, age_sections
from clinic.codes.delimited import Column, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.?[0-9A-Z]{1,4})?")
_COLUMNS = (
    Column("code", ("icd_code", "icd10_code", "code", "diagnosis"), _CODE, needed=True,
           says=N_("an ICD-10-CM code")),
    Column("rule", ("conflict_rule", "rule", "list"), needed=True),
)  # fmt: skip
_NAMES = (
    ("manifestation", "manifestation"),
    ("newborn", "newborn"),
    ("perinatal", "newborn"),
    ("pediatric", "pediatric"),
    ("maternity", "maternity"),
    ("adult", "adult"),
    ("female", "female"),
    ("male", "male"),
    ("external", "external"),
    ("unacceptable", "unacceptable"),
)
"""Words by which a list is known, in the order they are looked for: "female" holds "male"."""

_YEARS = re.compile(r"\bages? (\d{1,3})(?: ?- ?(\d{1,3}))?", re.IGNORECASE)
_VERSION = re.compile(r"v(\d{2})(?:[._](\d))?")
_VERSION_YEAR = 1983
_REMEDY = N_("Give a table with the columns icd_code and conflict_rule.")


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(".csv", ".txt", ".xlsx", pattern="mce")
    rows: list[Row] = []
    ages: dict[str, tuple[int, int]] = {}
    for row, years in read_lists(file):
        rows.append(row)
        if years is not None:
            ages[row.listed] = years
    if not rows:
        raise Refused(N_("no diagnosis was found in this file."), where=file.name, remedy=_REMEDY)
    return [Draft(edition_of(KIND, wish, source.name, start=_start(file.name)), age_sections(rows, ages))]


def read_lists(file: SourceFile) -> Iterator[tuple[Row, tuple[int, int] | None]]:
    """Each diagnosis with a list it stands in, and the years that list is for where they are named.

    Raises:
        Refused: a line is no diagnosis with a known list; it is named.
    """
    table = Table(file, _COLUMNS, remedy=_REMEDY)
    for line, cells in table.records():
        rule = cells["rule"]
        listed = next((name for word, name in _NAMES if word in rule.lower()), None)
        if listed is None:
            raise table.refusal(N_("“%(text)s” is no list of the Medicare Code Editor."), line, text=rule[:60])
        years = _YEARS.search(rule)
        span = None
        if years is not None and listed in {"newborn", "pediatric", "maternity", "adult"}:
            span = (int(years[1]), int(years[2] or years[1]))
        yield Row(cells["code"].replace(".", ""), listed), span


def _start(name: str) -> date | None:
    found = _VERSION.search(name.lower())
    if found is None:
        return None
    year = _VERSION_YEAR + int(found[1])
    return date(year - 1, 10, 1) if found[2] in {None, "0"} else date(year, 4, 1)


KIND = Kind(
    key="mce",
    systems=("mce",),
    title="Medicare Code Editor",
    licence="Work of the United States Government (CMS), public domain",
    origin=N_("CMS publishes the definitions of the editor each October and April."),
    layout=N_("A table of diagnoses, each with the list it stands in."),
    months=6,
    read=_read,
    shape=SHAPE,
    opener=AgesFile,
)
