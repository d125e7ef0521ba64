"""Our own small tables: ``reference/codes/*.csv``, each with its source, licence and dates in a head of ``#`` lines."""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import date

from clinic.codes.release import Contents, Release, Row
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

COLUMNS = ["code", "display", "also"]
_HEAD = re.compile(r"# ([a-z]+): (.+)")
_REMEDY = N_("Restore the file from the installation.")
_VALUE = re.compile(r"[0-9A-Z]{1,12}")


def system_of(file_name: str) -> str:
    """The system a table is for: its file's name, with hyphens."""
    return file_name.removesuffix(".csv").replace("_", "-")


def read_table(data: bytes, file_name: str) -> tuple[Release, Contents]:
    """The release and rows of one table; ``also`` holds further names, apart by semicolons.

    Raises:
        Refused: a head line is missing or no date, or a row has not three columns, no code or a code twice.
    """
    try:
        lines = data.decode().splitlines()
        head: dict[str, str] = {match[1]: match[2] for match in map(_HEAD.fullmatch, lines) if match}
        release = Release(
            system=system_of(file_name),
            name="own",
            title=head["title"],
            effective=date.fromisoformat(head["from"]),
            start=date.fromisoformat(head["from"]),
            end=date.fromisoformat(head["to"]),
            licence=head["licence"],
            source=head["source"],
            complete=head["complete"] == "yes",
            digest=hashlib.sha256(data).hexdigest(),
        )
    except (KeyError, ValueError) as error:
        raise Refused(
            N_("the head of this table is not whole (%(why)s)."), where=file_name, remedy=_REMEDY, why=str(error)
        ) from None
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows: list[Row] = []
    seen: set[str] = set()
    for number, fields in enumerate(csv.reader(lines[first:]), first + 1):
        if number == first + 1:
            good = fields == COLUMNS
        else:
            good = len(fields) == 3 and bool(_VALUE.fullmatch(fields[0])) and bool(fields[1]) and fields[0] not in seen
        if not good:
            raise Refused(
                N_("this row is not a new code with its words."), where=f"{file_name}, line {number}", remedy=_REMEDY
            )
        if number > first + 1:
            seen.add(fields[0])
            titles = tuple(name.strip() for name in fields[2].split(";") if name.strip())
            rows.append(Row(value=fields[0], display=fields[1], billable=True, titles=titles))
    return release, Contents(tuple(rows))
