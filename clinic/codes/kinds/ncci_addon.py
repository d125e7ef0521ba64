"""NCCI add-on codes: acts paid only beside another, as CMS publishes them each quarter.

The official text has a line an add-on and primary, apart by blanks: type and add-on in one word, primary, first day and
last day as year and day of the year, a note. A table with heads is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from clinic.codes.addons import SHAPE, AddonsFile, Row, addon_sections
from clinic.codes.delimited import Column, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.quarters import LICENCE, of_one_release, table_files
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_LINE = re.compile(
    r"([123])([0-9A-Z]{5})\s+([0-9A-Z]{5})(?:\s+(\d{7,8}|\*))?(?:\s+(\d{7,8}|\*))?(?:\s.*)?", re.ASCII | re.DOTALL
)
_MEANT = re.compile(r"[0-9][0-9A-Z]{5}\s", re.ASCII)
"""How a line of codes begins; notes between them begin with words."""

_FIVE = re.compile(r"[0-9A-Z]{5}")
_DAY = re.compile(r"\d{7,8}|\d{4}-\d{2}-\d{2}|\*|0")
_SAYS_DAY = N_("a day")
_COLUMNS = (
    Column("code", ("add_on_code", "add-on code", "addon", "aoc"), _FIVE, needed=True, says=N_("a code")),
    Column("primary", ("primary_code", "primary"), _FIVE, needed=True, says=N_("a code")),
    Column("kind", ("aoc_edit_type", "edit_type", "type"), re.compile(r"[123]"), needed=True,
           says=N_("an add-on type (1, 2, 3)")),
    Column("since", ("aoc_edit_eff_dt", "aoc_edit_eff_dt_julian", "aoc_edit_effdt", "effective date"), _DAY,
           optional=True, says=_SAYS_DAY),
    Column("until", ("aoc_edit_del_dt", "aoc_edit_del_dt_julian", "aoc_edit_deldt", "deletion date"), _DAY,
           optional=True, says=_SAYS_DAY),
    Column("gone", ("aoc_del_dt", "aoc_del_dt_julian", "aoc_deldt"), _DAY, optional=True, says=_SAYS_DAY),
    Column("primary_gone", ("primary_code_del_dt", "primary_code_del_dt_julian", "primary_code_deldt"), _DAY,
           optional=True, says=_SAYS_DAY),
)  # fmt: skip
_REMEDY = N_("Take the file as CMS publishes it.")
_LEADING = 60


def _read(source: Source, wish: Wish) -> list[Draft]:
    files = table_files(source, r"aoc|add.?on")
    if len(files) > 1:
        raise Refused(
            N_("the add-on codes of a quarter stand in one file."),
            where=", ".join(file.name for file in files),
            remedy=N_("Load each file by itself."),
        )
    start, _ = of_one_release(files)
    rows = list(read_addons(files[0]))
    if not rows:
        raise Refused(N_("no add-on code was found in this file."), where=files[0].name, remedy=_REMEDY)
    return [Draft(edition_of(KIND, wish, source.name, start=start), addon_sections(rows))]


def read_addons(file: SourceFile) -> Iterator[Row]:
    """The add-ons of a file with their primaries, in its order.

    Raises:
        Refused: a line is none; it is named.
    """
    if not file.name.lower().endswith(".xlsx") and _is_text(file):
        yield from _text(file)
        return
    table = Table(file, _COLUMNS, remedy=_REMEDY)
    for line, cells in table.records():
        days = {}
        for key in ("since", "until", "gone", "primary_gone"):
            try:
                days[key] = _day(cells[key])
            except ValueError:
                raise table.refusal(N_("“%(text)s” is no day."), line, text=cells[key][:20]) from None
        ends = [day for day in (days["until"], days["gone"], days["primary_gone"]) if day is not None]
        yield Row(cells["code"], cells["primary"], cells["kind"], days["since"], min(ends, default=None))


def _is_text(file: SourceFile) -> bool:
    for number, line in enumerate(file.lines()):
        if number > _LEADING:
            return False
        if _LINE.fullmatch(line.rstrip("\r\n")):
            return True
    return False


def _text(file: SourceFile) -> Iterator[Row]:
    for number, text in enumerate(file.lines(), 1):
        line = text.rstrip("\r\n")
        found = _LINE.fullmatch(line)
        try:
            if found is not None:
                yield Row(found[2], found[3], found[1], _day(found[4] or ""), _day(found[5] or ""))
                continue
        except ValueError:
            found = None
        if _MEANT.match(line):
            raise Refused(
                N_("this line is no add-on code with its primary."),
                where=f"{file.name}, line {number}",
                remedy=_REMEDY,
            )


def _day(text: str) -> date | None:
    """The day of a cell: 2026183 (day of the year), 20260702 or 2026-07-02; None where it holds none.

    Raises:
        ValueError: it is no day.
    """
    text = text.replace("-", "")
    if text in {"", "*"} or not text.strip("0") or text.strip("9") == "":
        return None
    if len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, number = int(text[:4]), int(text[4:])
    if not 1 <= number <= 366:
        raise ValueError(text)
    return date(year, 1, 1) + timedelta(days=number - 1)


KIND = Kind(
    key="ncci-addon",
    systems=("ncci-addon",),
    title="NCCI add-on codes",
    licence=LICENCE,
    origin=N_("CMS publishes it each quarter."),
    layout=N_("The text of add-on and primary codes with their type, or a table with heads."),
    months=3,
    read=_read,
    shape=SHAPE,
    opener=AddonsFile,
)
