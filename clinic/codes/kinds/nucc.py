"""Provider taxonomy: the table of the National Uniform Claim Committee."""

from __future__ import annotations

import re
from datetime import date

from clinic.codes.delimited import ENDINGS, Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import facts_of, further, unique_rows
from clinic.codes.named_days import day_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_COLUMNS = (
    Column(
        "code",
        ("code",),
        re.compile(r"[0-9A-Z]{9}X"),
        needed=True,
        says=N_("a taxonomy code of ten signs that ends in X"),
    ),
    Column("grouping", ("grouping", "type")),
    Column("classification", ("classification",), needed=True),
    Column("specialization", ("specialization",)),
    Column("definition", ("definition",), optional=True),
    Column("notes", ("notes",), optional=True),
    Column("display", ("display name",), optional=True),
    Column("section", ("section",), optional=True),
)
_VERSION = re.compile(r"(?<!\d)(\d{2})[._]?([01])(?!\d)")


def _row(_table: Table, record: Record) -> Row:
    cells = record.cells
    whole = ", ".join(part for part in (cells["classification"], cells["specialization"]) if part)
    display = cells["display"] or whole
    notes = tuple((kind, (cells[kind],)) for kind in ("definition", "notes") if cells[kind])
    return Row(
        value=cells["code"],
        display=display,
        billable=True,
        titles=further(display, whole),
        notes=notes,
        facts=facts_of(record, ("grouping", "classification", "specialization", "section")),
    )


def _edition(name: str) -> tuple[str | None, date | None]:
    """Version 25.1 (``nucc_taxonomy_251.csv``) is in force from 1 October 2025, 25.0 from 1 April."""
    match = _VERSION.search(name)
    if match is None:
        return None, day_named(name)
    return f"{match[1]}.{match[2]}", date(2000 + int(match[1]), 10 if match[2] == "1" else 4, 1)


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(*ENDINGS, pattern="taxonomy")
    name, start = _edition(file.name)
    release = edition_of(KIND, wish, file.name, name=name, start=start)
    return [Draft(release, Contents(unique_rows(Table(file, _COLUMNS), _row)))]


KIND = Kind(
    key="nucc",
    systems=("taxonomy",),
    title=N_("Provider taxonomy"),
    licence="© American Medical Association, for the NUCC: commercial use needs a licence",
    origin="The NUCC publishes nucc_taxonomy_NNN.csv twice a year, in force from April and October.",
    layout="The published table: Code, Grouping, Classification, Specialization, Definition, Notes, Display Name.",
    months=6,
    read=_read,
)
