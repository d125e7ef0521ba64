"""Tables of dBASE III (.dbf), read record by record: a header of fields, then records of fixed width.

The French health insurance publishes CCAM so. Texts are Windows-1252 unless the header names another page.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, NamedTuple

from clinic.codes.source_file import SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_HEAD = struct.Struct("<B3xIHH17xB2x")
_FIELD = struct.Struct("<11sc4xBB14x")
_END = b"\r"
_PAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252"}
_REMEDY = N_("Take the file as its publisher offers it.")
_OFTEN = 2000


class _Field(NamedTuple):
    name: str
    at: int
    size: int


def dbase_records(file: SourceFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record that is not deleted, with its number from 1 and its cells as text by the fields' names.

    Raises:
        Refused: the file is no .dbf, or ends within a record; the record is named.
    """
    with file.open() as stream:
        count, width, page, fields = _head(stream, file)
        size = 0
        for number in range(1, count + 1):
            data = stream.read(width)
            if len(data) < width:
                raise Refused(
                    N_("the file ends here, before its %(count)s records do."),
                    where=f"{file.name}, record {number}",
                    remedy=N_("Download it again."),
                    count=count,
                )
            size += width
            if number % _OFTEN == 0:
                file.source.count(_OFTEN, size)
                size = 0
            if data[:1] == b"*":
                continue
            cells = {}
            for field in fields:
                raw = data[field.at : field.at + field.size]
                cells[field.name] = raw.decode(page, "replace").strip(" \0")
            yield number, cells
        file.source.count(count % _OFTEN, size)


def _head(stream: IO[bytes], file: SourceFile) -> tuple[int, int, str, list[_Field]]:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise _no_table(file)
    version, count, start, width, page = _HEAD.unpack(head)
    if version & 0x07 not in {2, 3, 4, 5} or start < _HEAD.size + 1 or not 1 < width <= 65_535:
        raise _no_table(file)
    rest = stream.read(start - _HEAD.size)
    fields: list[_Field] = []
    at = 1
    for place in range(0, len(rest), _FIELD.size):
        if rest[place : place + 1] == _END:
            break
        part = rest[place : place + _FIELD.size]
        if len(part) < _FIELD.size:
            raise _no_table(file)
        name, _kind, size, _decimals = _FIELD.unpack(part)
        fields.append(_Field(name.split(b"\0")[0].decode("ascii", "replace").strip().upper(), at, size))
        at += size
    if not fields or at > width:
        raise _no_table(file)
    return count, width, _PAGES.get(page, "cp1252"), fields


def _no_table(file: SourceFile) -> Refused:
    return Refused(N_("this is no dBASE table."), where=file.name, remedy=_REMEDY)
