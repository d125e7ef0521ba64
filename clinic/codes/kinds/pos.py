"""Places of service, with the flag that says which of Medicare's two fees is paid there."""

from __future__ import annotations

import re

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.lists import Listing, read_list, span
from clinic.codes.release import Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_COLUMNS = (
    Column(
        "code",
        ("pos_code", "code", "place of service code", "place of service code s", "pos"),
        re.compile(r"\d{1,2}"),
        needed=True,
        says=N_("a place of service of two digits"),
    ),
    Column("display", ("name", "place of service name", "display"), needed=True),
    Column(
        "facility",
        ("facility_type", "facility", "payment rate", "facility = f non-facility = nf"),
        re.compile(r"f|nf|facility|non-?facility|-|n/?a|unassigned", re.IGNORECASE),
        optional=True,
        says=N_("facility or non-facility"),
    ),
    Column("description", ("description", "place of service description"), optional=True),
    Column("start", ("effective", "start", "effective date"), optional=True),
    Column("end", ("termination", "stop", "end", "end date"), optional=True),
)
_UNASSIGNED = re.compile(r"unassigned|n/?a", re.IGNORECASE)


def _row(table: Table, record: Record) -> Row | None:
    cells = record.cells
    if _UNASSIGNED.fullmatch(cells["display"]):
        return None
    start, end = span(table, record, ("effective", "termination"))
    flag = {"f": "facility", "n": "non-facility"}.get(cells["facility"][:1].lower(), "")
    if re.fullmatch(r"n/?a", cells["facility"], re.IGNORECASE):
        flag = ""
    return Row(
        value=cells["code"].zfill(2),
        display=cells["display"],
        billable=True,
        notes=(("definition", (cells["description"],)),) if cells["description"] else (),
        start=start,
        end=end,
        facts=(("facility", flag),) if flag else (),
    )


_LISTING = Listing(_COLUMNS, _row, pattern=r"pos|place")


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="pos",
    systems=("pos",),
    title=N_("Places of service"),
    licence="Work of the United States Government, public domain (CMS)",
    origin="CMS keeps the place of service code set on a page of its own, and the flag in its claims manual.",
    layout=(
        "A table with the columns code and name; facility type, description, effective and termination may stand "
        "beside them. Numbers that are not assigned are passed over."
    ),
    months=12,
    read=_read,
)
