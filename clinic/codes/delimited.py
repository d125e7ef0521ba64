"""Records of a table with a line of heads: .csv or .txt (comma, semicolon, tab or bar), or an .xlsx's first sheet.

Heads are compared without case, spaces and signs. Lines before them (notices, titles) are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from clinic.codes.source_file import SourceFile
from clinic.codes.spreadsheet import sheet_rows
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")
_DELIMITERS = ",;\t|"
_LEADING = 60
"""Lines that may stand before the heads."""

_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_LONGEST_CELL = 100_000
csv.field_size_limit(_LONGEST_CELL)


class Column(msgspec.Struct, frozen=True):
    """A column that is looked for: what it is here, the heads it may have there, and what must stand in it.

    ``pattern`` is a whole match; an empty cell passes it unless the column is ``needed``. ``one_of`` columns: at least
    one head of a group must be there.
    """

    key: str
    heads: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    needed: bool = False
    """Every record has something in it."""
    optional: bool = False
    """The file may have no such column at all."""
    says: str = N_("something else")
    """What should stand there, in words, for whoever reads the refusal."""


class Record(NamedTuple):
    """One record: the line it starts at, and its cells by the columns' keys; absent columns are empty."""

    line: int
    cells: dict[str, str]


class Table:
    """The records of one file.

    ``strict`` refuses heads that are no column: in a file a person makes, a misspelt head would lose what stands under
    it without a word. Official files grow columns, so there they are passed over.

    Raises:
        Refused: on opening: no line of heads, a column is missing or doubled, or (strict) unknown.
    """

    def __init__(self, file: SourceFile, columns: Sequence[Column], *, strict: bool = False, remedy: str = "") -> None:
        self._file = file
        self._columns = columns
        self._strict = strict
        self.remedy = remedy or N_("Take the file as its publisher offers it.")

    def refusal(self, what: str, line: int, column: str = "", **params: str | int) -> Refused:
        """A refusal that names file, line and column."""
        place = f"{self._file.name}, line {line}" + (f", {column}" if column else "")
        return Refused(what, where=place, remedy=self.remedy, **params)

    def records(self) -> Iterator[Record]:
        """All records, in order; blank lines are passed over.

        Raises:
            Refused: a line is not of the table, with its number; nothing more is read.
        """
        rows = self._rows()
        heads, places, line = self._heads(rows)
        try:
            for number, cells in rows:
                line = number
                if not any(cells):
                    continue
                if len(cells) != len(heads) and any(cells[len(heads) :]):
                    raise self.refusal(
                        N_("this line has %(count)s cells under %(heads)s heads."),
                        number,
                        count=len(cells),
                        heads=len(heads),
                    )
                yield Record(number, self._checked(number, cells, places))
        except csv.Error as error:
            raise self.refusal(N_("this line cannot be read as a table (%(why)s)."), line + 1, why=str(error)) from None

    def _checked(self, line: int, cells: list[str], places: dict[str, tuple[int, str]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in self._columns:
            at, head = places.get(column.key, (-1, column.key))
            text = cells[at].strip() if 0 <= at < len(cells) else ""
            if column.needed and not text and at >= 0:
                raise self.refusal(N_("this cell is empty."), line, head)
            if text and column.pattern is not None and not column.pattern.fullmatch(text):
                raise self.refusal(
                    N_("“%(text)s” stands where %(says)s is meant."), line, head, text=text[:60], says=column.says
                )
            found[column.key] = text
        return found

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it starts at."""
        if self._file.name.lower().endswith(".xlsx"):
            yield from sheet_rows(self._file)
            return
        lines = self._file.lines()
        first: list[str] = []
        for line in lines:
            first.append(line)
            if len(first) == _LEADING:
                break
        delimiter = self._delimiter(first)

        def rest() -> Iterator[str]:
            yield from first
            yield from lines

        reader = csv.reader(rest(), delimiter=delimiter)
        at = 1
        for cells in reader:
            yield at, cells
            at = reader.line_num + 1

    def _delimiter(self, lines: Iterable[str]) -> str:
        """The sign by which the most heads of one line are found."""
        best, most = ",", 0
        for line in lines:
            for sign in _DELIMITERS:
                found = sum(1 for cell in line.split(sign) if plain(cell) in self._known)
                if found > most:
                    best, most = sign, found
        return best

    @property
    def _known(self) -> dict[str, str]:
        return {plain(head): column.key for column in self._columns for head in column.heads}

    def _heads(self, rows: Iterator[tuple[int, list[str]]]) -> tuple[list[str], dict[str, tuple[int, str]], int]:
        known = self._known
        needed = [column for column in self._columns if not column.optional]
        best: list[Column] = needed
        try:
            for (number, cells), _ in zip(rows, range(_LEADING), strict=False):
                named = [known.get(plain(cell), "") for cell in cells]
                missing = [column for column in needed if column.key not in named]
                if not missing:
                    return cells, self._placed(number, cells, named), number
                if len(missing) < len(best):
                    best = missing
        except csv.Error as error:
            raise self.refusal(N_("this line cannot be read as a table (%(why)s)."), 1, why=str(error)) from None
        raise Refused(
            N_("no line of heads was found: “%(head)s” is missing."),
            where=self._file.name,
            remedy=self.remedy,
            head=best[0].heads[0],
        )

    def _placed(self, line: int, cells: list[str], named: list[str]) -> dict[str, tuple[int, str]]:
        places: dict[str, tuple[int, str]] = {}
        unknown: list[str] = []
        for at, (cell, key) in enumerate(zip(cells, named, strict=True)):
            head = " ".join(cell.split())[:40]
            if not key:
                if head:
                    unknown.append(head)
                continue
            if key in places:
                raise self.refusal(N_("two heads say “%(head)s”."), line, head=head)
            places[key] = (at, head)
        if self._strict and unknown:
            raise self.refusal(N_("columns that are not known here: %(heads)s."), line, heads=", ".join(unknown))
        return places


def plain(head: str) -> str:
    """A head as it is compared: small letters and digits only."""
    return _NOT_LETTERS.sub("", head.casefold())


DAY = re.compile(
    r"(?:\d{8}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[A-Za-z]{3}\d{4})"
    r"(?:[ T:]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
"""The forms of a day that are read: 20260401, 2026-04-01, 4/1/2026, 01APR2026:00:00:00."""

_NO_DAY = frozenset({"", "0", "00000000", "99999999", "*", "0001-01-01"})
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}


def day_of(text: str, *, day_first: bool = False) -> date | None:
    """The day a cell says; None for an empty cell and for the signs that publishers put for "none".

    Raises:
        ValueError: it says no day.
    """
    if text in _NO_DAY:
        return None
    if not DAY.fullmatch(text):
        raise ValueError(text)
    if re.match(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    if match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.match(r"(\d{1,2})([A-Za-z]{3})(\d{4})", text):
        if match[2].upper() not in _MONTHS:
            raise ValueError(text)
        return date(int(match[3]), _MONTHS[match[2].upper()], int(match[1]))
    one, two, year = (int(part) for part in re.split(r"[/.-]", re.split(r"[ T:]", text)[0]))
    day, month = (one, two) if day_first else (two, one)
    return date(year, month, day)


def dated(table: Table, record: Record, key: str, head: str, *, day_first: bool = False) -> date | None:
    """The day in a cell of a record.

    Raises:
        Refused: it says no day, with line and column.
    """
    try:
        return day_of(record.cells[key], day_first=day_first)
    except ValueError:
        raise table.refusal(N_("“%(text)s” is no day."), record.line, head, text=record.cells[key][:40]) from None
