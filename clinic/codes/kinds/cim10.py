"""CIM-10 FR: the French edition of ICD-10 with the extensions of ATIH, as ClaML or as a list."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from clinic.codes.claml import read_claml
from clinic.codes.delimited import ENDINGS, Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import facts_of, further, unique_rows
from clinic.codes.named_days import day_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.words import N_

_COLUMNS = (
    Column(
        "code",
        ("CIM_COD", "code"),
        re.compile(r"[A-Z]\d{2}\.?[0-9A-Z+]{0,6}|([A-Z0-9])\1+"),
        needed=True,
        says=N_("a code of the CIM-10"),
    ),
    Column("long", ("CIM_LIL", "libelle long", "libellé long", "libelle", "libellé"), needed=True),
    Column("short", ("CIM_LIC", "libelle court", "libellé court"), optional=True),
    Column("changed", ("MVT_DTE",), optional=True),
    Column("changed_by", ("MVT_ORI",), optional=True),
    Column("change", ("MVT_TYP",), optional=True),
)


def _row(_table: Table, record: Record) -> Row | None:
    """A code. One sign again and again ("IIIIII") is how the list of the health data hub says "none"."""
    cells = record.cells
    if len(set(cells["code"])) == 1:
        return None
    return Row(
        value=cells["code"].replace(".", ""),
        display=cells["long"],
        billable=True,
        titles=further(cells["long"], cells["short"]),
        facts=facts_of(record, ("changed", "changed_by", "change")),
    )


def _under(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Each code under the longest one that begins it: in this list the codes alone tell what stands under what."""
    known = {row.value for row in rows}
    above = {
        value: next((value[:length] for length in range(len(value) - 1, 2, -1) if value[:length] in known), None)
        for value in known
    }
    headers = set(above.values())
    return tuple(
        msgspec.structs.replace(row, parent=above[row.value], billable=row.value not in headers) for row in rows
    )


def _list(file: SourceFile, source: Source, wish: Wish) -> list[Draft]:
    start = day_named(file.name) or day_named(source.paths[0].name)
    release = edition_of(KIND, wish, file.name, start=start)
    return [Draft(release, Contents(_under(unique_rows(Table(file, _COLUMNS), _row))))]


def _read(source: Source, wish: Wish) -> list[Draft]:
    if not source.holds(".xml"):
        return _list(source.one(*ENDINGS, pattern="cim"), source, wish)
    file = source.one(".xml", pattern="cim|claml")
    claml = read_claml(file)
    year = re.search(r"20\d\d", claml.version)
    start = date(int(year[0]), 1, 1) if year else day_named(file.name)
    return [Draft(edition_of(KIND, wish, file.name, start=start), claml.contents)]


KIND = Kind(
    key="cim10",
    systems=("cim10",),
    title=N_("CIM-10 FR"),
    licence="© World Health Organization for the text of ICD-10; extensions: ATIH",
    origin=(
        "ATIH publishes the CIM-10 FR each year as ClaML; the health data hub's nomenclatures hold it as MS_CIM_V."
    ),
    layout="ClaML (.xml), or a table with CIM_COD and CIM_LIL, or code and libelle.",
    months=12,
    read=_read,
)
