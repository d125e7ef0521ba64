"""What lists of reasons have in common: a code, its text, the first and the last day it may be used."""

from __future__ import annotations

import re

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.lists import facts_of, span
from clinic.codes.release import Row

COLUMNS = (
    "A table with the columns code, description, start and stop; notes, status and last modified may stand beside "
    "them. start and stop may be absent or empty."
)


def reason_columns(code: re.Pattern[str], says: str) -> tuple[Column, ...]:
    """The columns of such a list, for codes of one form."""
    return (
        Column("code", ("code", "reason code", "adjustment reason code", "remark code"), code, needed=True, says=says),
        Column("display", ("description", "display", "text", "label"), needed=True),
        Column("start", ("start", "start date", "effective", "effective date"), optional=True),
        Column("end", ("stop", "stop date", "end", "end date", "termination", "deactivated"), optional=True),
        Column("last_modified", ("last modified", "last modified date", "modified"), optional=True),
        Column("notes", ("notes", "note"), optional=True),
        Column("status", ("status",), optional=True),
    )


def reason_row(table: Table, record: Record) -> Row:
    """A code of such a list."""
    cells = record.cells
    start, end = span(table, record, ("start", "stop"))
    return Row(
        value=cells["code"],
        display=cells["display"],
        billable=True,
        start=start,
        end=end,
        notes=(("notes", (cells["notes"],)),) if cells["notes"] else (),
        facts=facts_of(record, ("status", "last_modified")),
    )
