"""NCCI procedure-to-procedure edits: pairs of codes that are not paid together, as CMS publishes them each quarter.

Tab-separated text or a workbook: column 1, column 2, ``*`` if before 1996, first day, last day (``*`` none), modifier
indicator, rationale. Six to eight lines stand before the pairs. One release comes as several files, f1 to f4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.pairs import INDICATORS, SHAPE, PairsBuilder, PairsFile, Row
from clinic.codes.quarters import LICENCE, of_one_release, table_files
from clinic.codes.source_file import Source, SourceFile
from clinic.codes.spreadsheet import sheet_rows
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_CODE = re.compile(r"[0-9A-Z]{5}")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_REMEDY = N_("Take the file as CMS publishes it.")
_LEADING = 60
"""Lines that may stand before the first pair."""

_COLUMNS = 6
_RATIONALE = 200
_TITLES = {"practitioner": "NCCI PTP, practitioners", "outpatient": "NCCI PTP, outpatient hospital"}


def _read(source: Source, wish: Wish) -> list[Draft]:
    files = table_files(source, r"ccipra|ccioph|ptp")
    start, setting = of_one_release(files)
    system = "ncci-ptp-outpatient" if setting == "outpatient" else "ncci-ptp"
    builder = PairsBuilder()
    for file in files:
        for row in read_pairs(file):
            builder.add(row)
    title = _TITLES.get(setting, _TITLES["practitioner"])
    release = edition_of(KIND, wish, source.name, system=system, title=title, start=start)
    return [Draft(release, builder.sections())]


def read_pairs(file: SourceFile) -> Iterator[Row]:
    """The pairs of one file, in its order.

    Raises:
        Refused: no pair was found, or a line behind the first is none; the line is named.
    """
    cells_of = _Cells(file)
    started = False
    for number, cells in _rows(file):
        if not started and number <= _LEADING:
            started = len(cells) >= _COLUMNS and bool(_CODE.fullmatch(cells[0].strip()))
        if started:
            if len(cells) >= _COLUMNS:
                yield cells_of.row(number, cells)
            elif any(cell.strip() for cell in cells):
                raise _refusal(N_("this line has %(count)s of the six columns."), file, number, count=len(cells))
        elif number > _LEADING:
            break
    if not started:
        raise Refused(N_("no pair of codes was found in this file."), where=file.name, remedy=_REMEDY)


class _Cells:
    """Reads the cells of a line; each code and day is looked at once, for they come back thousands of times."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._days: dict[str, date | None] = {"*": None, "": None}
        self._codes: set[str] = set()

    def row(self, number: int, cells: list[str]) -> Row:
        """The pair of a line.

        Raises:
            Refused: a cell is not what its column holds.
        """
        first, second, _, since, until, indicator, *rest = [cell.strip() for cell in cells[: _COLUMNS + 1]]
        codes, days = self._codes, self._days
        if first not in codes:
            self._learn(first, number)
        if second not in codes:
            self._learn(second, number)
        if since not in days:
            days[since] = _day(since, self._file, number)
        if until not in days:
            days[until] = _day(until, self._file, number)
        if indicator not in INDICATORS:
            raise _refusal(
                N_("“%(text)s” is no modifier indicator (0, 1, 9)."), self._file, number, text=indicator[:20]
            )
        return Row(first, second, days[since], days[until], indicator, rest[0][:_RATIONALE] if rest else "")

    def _learn(self, code: str, number: int) -> None:
        if not _CODE.fullmatch(code):
            raise _refusal(N_("“%(text)s” is no code of five characters."), self._file, number, text=code[:20])
        self._codes.add(code)


def _rows(file: SourceFile) -> Iterator[tuple[int, list[str]]]:
    if file.name.lower().endswith(".xlsx"):
        yield from sheet_rows(file)
        return
    for number, line in enumerate(file.lines(), 1):
        yield number, line.rstrip("\r\n").split("\t")


def _day(text: str, file: SourceFile, number: int) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise _refusal(N_("“%(text)s” is no day."), file, number, text=text[:20])


def _refusal(what: str, file: SourceFile, number: int, **params: str | int) -> Refused:
    return Refused(what, where=f"{file.name}, line {number}", remedy=_REMEDY, **params)


KIND = Kind(
    key="ncci-ptp",
    systems=("ncci-ptp", "ncci-ptp-outpatient"),
    title="NCCI PTP",
    licence=LICENCE,
    origin=N_("CMS publishes it each quarter, in files f1 to f4; all of them are one release."),
    layout=N_("The text or workbook of pairs; a name with ccioph, outpatient or hospital is for hospitals."),
    months=3,
    read=_read,
    shape=SHAPE,
    opener=PairsFile,
)
