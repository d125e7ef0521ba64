"""The Alpha-Numeric HCPCS file of CMS: 320 characters a record, a code's words over several records.

Positions are CMS's contractor record layout, counted from 1, ends included. Records are told by position 11: 3 begins a
procedure, 7 a modifier, 4 and 8 continue their words. The same fields stand in the .xlsx as columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.source_file import SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

PROCEDURE, MODIFIER = "3", "7"
_CONTINUES = {"4": PROCEDURE, "8": MODIFIER}
_LONG = slice(11, 91)
_FIELDS: dict[str, tuple[slice, ...]] = {
    "short": (slice(91, 119),),
    "pricing": tuple(slice(at, at + 2) for at in range(119, 127, 2)),
    "multiple_pricing": (slice(127, 128),),
    "ncd": tuple(slice(at, at + 6) for at in range(128, 146, 6)),
    "manual": tuple(slice(at, at + 8) for at in range(146, 170, 8)),
    "statute": (slice(170, 180),),
    "lab_certification": tuple(slice(at, at + 3) for at in range(180, 204, 3)),
    "cross_reference": tuple(slice(at, at + 5) for at in range(204, 229, 5)),
    "coverage": (slice(229, 230),),
    "asc_group": (slice(230, 232),),
    "asc_date": (slice(232, 240),),
    "mog_group": (slice(240, 243),),
    "mog_policy": (slice(243, 244),),
    "mog_date": (slice(244, 252),),
    "note_number": (slice(252, 256),),
    "betos": (slice(256, 259),),
    "type_of_service": tuple(slice(at, at + 1) for at in range(260, 265)),
    "anesthesia_units": (slice(265, 268),),
    "start": (slice(268, 276),),
    "action_date": (slice(276, 284),),
    "end": (slice(284, 292),),
    "action": (slice(292, 293),),
}
"""The fields of a first record."""

FACTS = tuple(name for name in _FIELDS if name not in {"start", "end"})

_CODE = re.compile(r"[A-Z]\d{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


def is_code(text: str, record: str) -> bool:
    """Whether a code has the form its record asks for."""
    return bool((_CODE if record == PROCEDURE else _MODIFIER).fullmatch(text))


def text_records(file: SourceFile) -> Iterator[Record]:
    """The codes of the text file. Lines of another kind (disclaimers, blank lines) are passed over.

    Raises:
        Refused: a code has an impossible form, or words continue a code that did not begin; with the line.
    """
    begun: dict[str, str] | None = None
    words: list[str] = []
    first = 0
    for number, line in enumerate(file.lines(), 1):
        text = line.rstrip("\r\n")
        kind = text[10:11]
        if kind in {PROCEDURE, MODIFIER} and text[5:10].strip().isdigit():
            if begun is not None:
                yield Record(first, {**begun, "long": _joined(words)})
            first, words = number, [text[_LONG]]
            code = (text[0:5] if kind == PROCEDURE else text[3:5]).strip()
            begun = {name: _parts(text, places) for name, places in _FIELDS.items()}
            begun |= {"code": code, "record": kind}
        elif kind in _CONTINUES and text[5:10].strip().isdigit():
            code = (text[0:5] if _CONTINUES[kind] == PROCEDURE else text[3:5]).strip()
            if begun is None or begun["code"] != code or begun["record"] != _CONTINUES[kind]:
                raise Refused(
                    N_("these words go on with %(code)s, which does not stand before them."),
                    where=f"{file.name}, line {number}, 1-5",
                    remedy=N_("Take the file as its publisher offers it."),
                    code=code or "?",
                )
            words.append(text[_LONG])
    if begun is not None:
        yield Record(first, {**begun, "long": _joined(words)})


def _parts(text: str, places: tuple[slice, ...]) -> str:
    return " ".join(" ".join(text[place] for place in places).split())


def _joined(words: list[str]) -> str:
    """Lines of 80 characters broken between words: a line that is full to its end may still end a word."""
    return " ".join(" ".join(words).split())


def _several(name: str, heads: tuple[str, ...]) -> list[Column]:
    return [Column(f"{name}{number}", (head,), optional=True) for number, head in enumerate(heads)]


_SHEET: dict[str, tuple[str, ...]] = {
    "pricing": ("PRICE1", "PRICE2", "PRICE3", "PRICE4"),
    "multiple_pricing": ("MULT_PI",),
    "ncd": ("CIM1", "CIM2", "CIM3"),
    "manual": ("MCM1", "MCM2", "MCM3"),
    "statute": ("STATUTE",),
    "lab_certification": tuple(f"LABCERT{number}" for number in range(1, 9)),
    "cross_reference": tuple(f"XREF{number}" for number in range(1, 6)),
    "coverage": ("COV",),
    "asc_group": ("ASC_GRP",),
    "asc_date": ("ASC_DT",),
    "mog_group": ("OPPS",),
    "mog_policy": ("OPPS_PI",),
    "mog_date": ("OPPS_DT",),
    "note_number": ("PROCNOTE",),
    "betos": ("BETOS",),
    "type_of_service": tuple(f"TOS{number}" for number in range(1, 6)),
    "anesthesia_units": ("ANEST_BU",),
    "action_date": ("ACT EFF DT",),
    "action": ("ACTION CD",),
}
_SHEET_COLUMNS = (
    Column("code", ("HCPC", "HCPCS"), needed=True),
    Column("record", ("RECID",), re.compile(r"[3478]"), needed=True, says=N_("a record of 3, 4, 7 or 8")),
    Column("long", ("LONG DESCRIPTION",), needed=True),
    Column("short", ("SHORT DESCRIPTION",)),
    Column("start", ("ADD DT",)),
    Column("end", ("TERM DT",)),
    *(column for name, heads in _SHEET.items() for column in _several(name, heads)),
)
_CSV: dict[str, tuple[str, ...]] = {
    "pricing": ("price",),
    "multiple_pricing": ("multi",),
    "ncd": ("cim",),
    "manual": ("mcm",),
    "statute": ("statute",),
    "lab_certification": ("lab",),
    "cross_reference": ("xref",),
    "coverage": ("cov",),
    "asc_group": ("asc_grp",),
    "asc_date": ("date_asc",),
    "note_number": ("proc",),
    "betos": ("betos",),
    "type_of_service": ("tos",),
    "anesthesia_units": ("anes",),
    "action_date": ("date_action",),
    "action": ("action",),
}
_CSV_COLUMNS = (
    Column("code", ("code", "hcpcs"), needed=True),
    Column("long", ("long_description", "long"), needed=True),
    Column("short", ("short_description", "short"), optional=True),
    Column("start", ("date_added", "effective"), optional=True),
    Column("end", ("date_term", "termination"), optional=True),
    *(column for name, heads in _CSV.items() for column in _several(name, heads)),
)


def table_of(file: SourceFile, *, sheet: bool) -> Table:
    """The .xlsx of CMS, or a .csv with a column a field."""
    return Table(file, _SHEET_COLUMNS if sheet else _CSV_COLUMNS)


def table_records(table: Table, *, sheet: bool) -> Iterator[Record]:
    """The codes of such a table, with the fields of the text file; a sheet's continued words are joined to their code.

    Raises:
        Refused: a line is not of the table.
    """
    names = _SHEET if sheet else _CSV
    last: Record | None = None
    for line, cells in table.records():
        kind = cells.get("record") or (PROCEDURE if len(cells["code"]) > 2 else MODIFIER)
        if kind in _CONTINUES and last is not None and last.cells["code"] == cells["code"]:
            last.cells["long"] += f" {cells['long']}"
            continue
        if last is not None:
            yield last
        found = {name: " ".join(cells[name].split()) for name in ("code", "long", "short", "start", "end")}
        for name, heads in names.items():
            parts = (cells[f"{name}{number}"] for number in range(len(heads)))
            found[name] = " ".join(" ".join(parts).replace(":", " ").replace(",", " ").split())
        last = Record(line, {**dict.fromkeys(FACTS, ""), **found, "record": kind})
    if last is not None:
        yield last
