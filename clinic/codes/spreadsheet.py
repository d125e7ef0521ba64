"""The first sheet of an .xlsx as rows of text, read as a stream.

An .xlsx is a .zip of XML (ECMA-376): ``xl/worksheets/sheet1.xml`` holds rows of cells, a cell of type ``s`` is a number
into ``xl/sharedStrings.xml``. Days are numbers whose format says that they are days.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from clinic.codes import source_file
from clinic.codes.source_file import UNREADABLE
from clinic.codes.strict_xml import StrictReader
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_AT = re.compile(r"([A-Z]{1,3})[0-9]*")
_MOST_COLUMNS = 1024
_FIRST_DAY = date(1899, 12, 30)
_DAY_FORMATS = frozenset({14, 15, 16, 17, 22})
_SAYS_DAY = re.compile(r"[dmy]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
Row = tuple[int, list[str]]


def sheet_rows(file: source_file.SourceFile) -> Iterator[Row]:
    """Each row of the first sheet with its number, cells in the order of the columns.

    Raises:
        Refused: no workbook, or its XML is not whole; the row is named.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as book:
            yield from _rows(book, file)
    except UNREADABLE as error:
        raise Refused(
            N_("this is no .xlsx workbook (%(why)s)."),
            where=file.name,
            remedy=N_("Save it again, as .xlsx or as .csv."),
            why=str(error).replace("\n", " ")[:80],
        ) from None


def _rows(book: zipfile.ZipFile, file: source_file.SourceFile) -> Iterator[Row]:
    sheets = sorted((int(match[1]), name) for name in book.namelist() if (match := _SHEET.fullmatch(name)))
    if not sheets:
        raise KeyError("xl/worksheets/sheet1.xml")
    # What is unpacked is bounded before it is read: the archive says its sizes, and the stream is held to them.
    if sum(book.getinfo(name).file_size for name in book.namelist()) > 2 * source_file.LARGEST:
        raise Refused(
            N_("this file unpacks to more than %(size)s bytes."),
            where=file.name,
            remedy=N_("No official code set is that large: download it again."),
            size=2 * source_file.LARGEST,
        )
    strings = _Strings(file.name)
    if "xl/sharedStrings.xml" in book.namelist():
        with book.open("xl/sharedStrings.xml") as stream:
            for _ in strings.pieces(stream):
                pass
    styles = _Styles(file.name)
    if "xl/styles.xml" in book.namelist():
        with book.open("xl/styles.xml") as stream:
            for _ in styles.pieces(stream):
                pass
    sheet = _Sheet(file.name, strings.all, styles.days())
    with book.open(sheets[0][1]) as stream:
        told = 0
        for _ in sheet.pieces(stream):
            for row in sheet.take():
                told += 1
                yield row
            if told >= 1000:
                file.source.count(told, 0)
                told = 0
        yield from sheet.take()
    file.source.count(told, 0)


class _Reader(StrictReader):
    """What all parts of a workbook share: what is said of one that is not whole."""

    remedy = N_("Save it again, as .xlsx or as .csv.")
    row = 0
    """The row that is being read, where there are rows."""

    def broken(self, why: str, line: int) -> Refused:
        """What is said of a workbook that is not whole."""
        place = f"row {self.row}" if self.row else f"line {line}"
        what = N_("this workbook is not whole (%(why)s).")
        return Refused(what, where=f"{self.where}, {place}", remedy=self.remedy, why=why.replace("\n", " ")[:80])


class _Strings(_Reader):
    """xl/sharedStrings.xml: the texts, without their phonetic readings."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.all: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = 0

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        del at
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._phonetic += 1
        self._inside = tag == "t" and not self._phonetic

    def end(self, tag: str) -> None:
        """An element ends."""
        self._inside = False
        if tag == "si":
            self.all.append("".join(self._parts))
        elif tag == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        """Text stands there."""
        if self._inside:
            self._parts.append(text)


class _Styles(_Reader):
    """xl/styles.xml: which cell styles show a number as a day."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._cells = False

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        if tag == "numFmt":
            self._codes[int(at.get("numFmtId", "0"))] = at.get("formatCode", "")
        elif tag == "cellXfs":
            self._cells = True
        elif tag == "xf" and self._cells:
            self._formats.append(int(at.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "cellXfs":
            self._cells = False

    def days(self) -> frozenset[int]:
        return frozenset(
            at
            for at, number in enumerate(self._formats)
            if number in _DAY_FORMATS or _SAYS_DAY.search(_LITERAL.sub("", self._codes.get(number, "")))
        )


class _Sheet(_Reader):
    """A worksheet: rows as they end."""

    def __init__(self, where: str, strings: list[str], days: frozenset[int]) -> None:
        super().__init__(where)
        self.row = 0
        self._strings = strings
        self._days = days
        self._done: list[Row] = []
        self._cells: list[str] = []
        self._value: list[str] = []
        self._kind = "n"
        self._style = 0
        self._column = 0
        self._inside = False

    def take(self) -> list[Row]:
        done, self._done = self._done, []
        return done

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        if tag == "row":
            self.row = int(at.get("r", self.row + 1))
            self._cells = []
        elif tag == "c":
            self._kind = at.get("t", "n")
            self._style = int(at.get("s", "0"))
            self._column = _column(at["r"]) if "r" in at else len(self._cells)
            self._value = []
        self._inside = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        """An element ends."""
        self._inside = False
        if tag == "c":
            said = self._text("".join(self._value))
            if said:
                self._cells += [""] * (self._column + 1 - len(self._cells))
                self._cells[self._column] = said
        elif tag == "row":
            self._done.append((self.row, self._cells))

    def characters(self, text: str) -> None:
        """Text stands there."""
        if self._inside:
            self._value.append(text)

    def _text(self, value: str) -> str:
        if self._kind == "s":
            return self._strings[int(value)] if value else ""
        if self._kind == "n" and value:
            return _number(value, self._style in self._days)
        return value if self._kind != "e" else ""


def _column(place: str) -> int:
    match = _AT.fullmatch(place)
    if match is None:
        raise ValueError(f"a cell at “{place[:10]}”")
    at = 0
    for letter in match[1]:
        at = at * 26 + ord(letter) - 64
    if at > _MOST_COLUMNS:
        raise ValueError(f"a cell at “{place[:10]}”")
    return at - 1


def _number(value: str, is_day: bool) -> str:
    """A number as people would type it: whole numbers without their point, days as 2026-04-01."""
    if is_day and (whole := value.partition(".")[0]).isdigit() and 0 < int(whole) < 2_900_000:
        return (_FIRST_DAY + timedelta(days=int(whole))).isoformat()
    return value.removesuffix(".0")
