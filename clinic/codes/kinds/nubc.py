"""Revenue codes: the user's copy of the list of the National Uniform Billing Committee."""

from __future__ import annotations

import re

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.lists import Listing, facts_of, further, read_list, span
from clinic.codes.release import Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_COLUMNS = (
    Column(
        "code",
        ("code", "revenue code", "rev code"),
        re.compile(r"\d{3,4}"),
        needed=True,
        says=N_("a revenue code of four digits"),
    ),
    Column("display", ("description", "display", "label", "long description"), needed=True),
    Column("short", ("short", "short description", "abbreviation", "standard abbreviation"), optional=True),
    Column("category", ("category", "category description"), optional=True),
    Column("units", ("unit", "units", "unit of measure"), optional=True),
    Column("hcpcs", ("hcpcs", "hcpcs required"), optional=True),
    Column("start", ("start", "effective", "effective date", "start date"), optional=True),
    Column("end", ("stop", "end", "termination", "termination date", "discontinued", "end date"), optional=True),
)


def _row(table: Table, record: Record) -> Row:
    cells = record.cells
    start, end = span(table, record, ("effective", "termination"))
    return Row(
        value=cells["code"].zfill(4),
        display=cells["display"],
        billable=True,
        titles=further(cells["display"], cells["short"]),
        start=start,
        end=end,
        facts=facts_of(record, ("short", "category", "units", "hcpcs")),
    )


_LISTING = Listing(_COLUMNS, _row, strict=True)


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="nubc",
    systems=("nubc",),
    title=N_("Revenue codes"),
    licence="© American Hospital Association (NUBC): for whoever holds its licence",
    origin="The NUBC's manual of data specifications; who is licensed saves its revenue codes as a table.",
    layout=(
        "A table with the columns code and description; short, category, units, hcpcs, effective and termination may "
        "stand beside them. A code of three digits gets its leading zero."
    ),
    months=12,
    read=_read,
)
