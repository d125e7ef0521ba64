"""Characters: encodings, separators, and cutting an interchange into segments.

Inside the house every file has the same four separators, control characters that no data can contain. So the tables
compile to one set of patterns, whatever a sender chose. A file may be mapped memory: it is cut a piece at a time.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from mmap import mmap

from clinic.domain.value import Value

SEGMENT = "\x1c"
ELEMENT = "\x1d"
REPETITION = "\x1e"
COMPONENT = "\x1f"
_OWN = (SEGMENT + ELEMENT + REPETITION + COMPONENT).encode()
_MISPLACED = 0
"""What one of our own separators becomes where it stands in data: a character no element takes."""

_CLEAN = bytes(_MISPLACED if value in _OWN else value for value in range(256))
_SHOWN = str.maketrans({SEGMENT: "~", ELEMENT: "*", REPETITION: "^", COMPONENT: ":"})
_ISA_LENGTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))


class Delimiters(Value, frozen=True, omit_defaults=False):
    """What separates what, one ASCII character each. Nothing of it may occur in data: X12 has no escape."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    segment: str = "~"


Data = bytes | mmap
"""A whole file, read or mapped."""

PIECE = 1 << 22
"""Bytes that are cut at a time: more than most files have, and little of what a large one is."""


class Interchange:
    """One ISA to IEA: its segments under our separators, once, in order. ISA is the first of them."""

    def __init__(self, pieces: Iterator[str], *, usable: bool) -> None:
        self._pieces = pieces
        self.usable = usable
        """Whether the separators are four different characters that are no letters or digits."""
        self.ended = False
        """Whether the last segment had its terminator; known once all were given."""

    def segments(self) -> Iterator[str]:
        """The segments, and at their end what ``ended`` says."""
        tail = ""
        for piece in self._pieces:
            *segments, tail = piece.split(SEGMENT)  # a piece ends behind a terminator: only the last has a tail
            yield from segments
        self.ended = not tail.strip()
        if not self.ended:
            yield tail


def shown(segment: str) -> str:
    """A segment under our separators as people know it, with ``*`` and ``:``."""
    return segment.translate(_SHOWN)


def plain_bytes(data: bytes) -> bytes:
    """The file as ASCII-compatible bytes: UTF-16 turned round, a byte order mark and blanks before ISA cut."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode().lstrip()
    if data[:6] == b"I\0S\0A\0":
        return data.decode("utf-16-le", "replace").encode().lstrip()
    if data[:6] == b"\0I\0S\0A":
        return data.decode("utf-16-be", "replace").encode().lstrip()
    return data.lstrip()


def interchanges(data: Data) -> Iterator[Interchange]:
    """The interchanges of a file, in order, each under its own separators; none where the file is not X12.

    What stands after the last of them is given as an interchange whose first segment is not ISA.
    """
    at = 0
    while at < len(data):
        header = _Header(data, at)
        if at and not header.found:
            yield Interchange(iter((_text(data[at : at + 3].translate(_CLEAN)),)), usable=False)
            return
        if not header.found:
            return
        end = _end(data, at, header)
        yield _cut(data, at, end, header)
        while data[end : end + 1].isspace():
            end += 1
        at = end


class _Header:
    """The separators that an ISA at this place announces. Its elements may have lost their padding."""

    def __init__(self, data: Data, at: int) -> None:
        self.element = data[at + 3 : at + 4]
        fields = data[at : at + 260].split(self.element or b"*", 16)
        self.found = fields[0] == b"ISA" and len(fields) == 17 and len(fields[16]) > 1 and not self.element.isalnum()
        if self.found:
            self.repetition = fields[11]
            self.component = fields[16][:1]
            self.terminator = fields[16][1:2]


def isa_faults(elements: list[str]) -> Iterator[tuple[int, bool]]:
    """Elements of an ISA that do not have their fixed width: place, and whether it is too short."""
    for place, (element, length) in enumerate(zip(elements[1:], _ISA_LENGTHS, strict=False), 1):
        if len(element) != length:
            yield place, len(element) < length


def _end(data: Data, at: int, header: _Header) -> int:
    element, terminator = re.escape(header.element), re.escape(header.terminator)
    pattern = rb"%b\s*(?:IEA%b[^%b]*(?:%b|\Z)|(?=ISA[^\w\s]))" % (terminator, element, terminator, terminator)
    found = re.compile(pattern).search(data, at)
    return found.end() if found else len(data)


def _cut(data: Data, start: int, end: int, header: _Header) -> Interchange:
    # ISA11 was a standards identifier ("U") before 00501: then nothing repeats, and it is no separator.
    repetition = header.repetition if len(header.repetition) == 1 and not header.repetition.isalnum() else b""
    given = (header.terminator, header.element, repetition.strip(), header.component)
    table = bytearray(_CLEAN)
    for character, own in zip(given, _OWN, strict=True):
        if character:
            table[character[0]] = own
    return Interchange(
        _pieces(data, start, end, header.terminator, bytes(table)),
        usable=len({*given}) == 4 and all(len(character) == 1 and _separates(character) for character in given),
    )


def _pieces(data: Data, start: int, end: int, terminator: bytes, table: bytes) -> Iterator[str]:
    """The text of an interchange under our separators, cut behind terminators, without the blanks behind them."""
    loose = any(data.find(blank, start, end) >= 0 for blank in (b"\n", b"\r", terminator + b" "))
    encoding = "utf-8" if end - start <= PIECE or _is_utf8(data, start, end) else "latin-1"
    at = start
    while at < end:
        cut = data.find(terminator, at + PIECE, end) + 1 if end - at > PIECE else 0
        raw = data[at : cut or end].translate(table)
        text = raw.decode(encoding) if encoding == "latin-1" or end - start > PIECE else _text(raw)
        if loose:
            if at > start:
                text = text.lstrip()
            if not cut:
                text = text.rstrip("\r\n\t ")
            text = re.sub(rf"{SEGMENT}\s+", SEGMENT, text)
        yield text
        at = cut or end


def _is_utf8(data: Data, start: int, end: int) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(start, end, PIECE):
            decoder.decode(data[at : min(at + PIECE, end)], final=at + PIECE >= end)
    except UnicodeDecodeError:
        return False
    return True


def _separates(character: bytes) -> bool:
    return character.isascii() and not character.isalnum() and character != b" "


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def under(text: str, delimiters: Delimiters) -> str:
    """Text under our separators, as it stands in a file with these."""
    given = (delimiters.segment, delimiters.element, delimiters.repetition, delimiters.component)
    return text.translate(str.maketrans(SEGMENT + ELEMENT + REPETITION + COMPONENT, "".join(given)))
