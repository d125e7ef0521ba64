"""Messages, segments and fields of HL7 version 2 as texts: the delimiters of MSH, escapes, repetitions, character sets.

Chapter 2 of the standard as publicly taught: MSH-1 separates fields, MSH-2 names component, repetition, escape and
subcomponent signs; MSH-18 the character set. Line ends may be CR, LF or both; frames of MLLP and batch headers (FHS,
BHS) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

CHARSETS = {
    "": "utf-8",
    "ASCII": "ascii",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "8859/1": "iso8859-1",
    "8859/2": "iso8859-2",
    "8859/15": "iso8859-15",
    "WINDOWS-1252": "cp1252",
}
"""HL7 table 0211 as far as senders here use it, and the names they write instead."""
AROUND = frozenset({"FHS", "BHS", "BTS", "FTS"})
MOST_SEGMENTS = 100_000
_HEX = re.compile(r"X((?:[0-9A-Fa-f]{2})+)\Z", re.ASCII)
_NAME = re.compile(r"[A-Z][A-Z0-9]{2}\Z", re.ASCII)
_REMEDY = N_("Ask the sender to send it again.")


class Signs(NamedTuple):
    """The signs that separate, of one message."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str


class Segment(NamedTuple):
    """One segment: its name, its fields as they were sent, and its line in the file, from 1."""

    name: str
    fields: tuple[str, ...]
    line: int
    signs: Signs

    def raw(self, field: int) -> str:
        """Field ``field`` from 1, as it was sent; blank where it is absent. The null ``""`` is blank too."""
        text = self.fields[field - 1] if 0 < field <= len(self.fields) else ""
        return "" if text == '""' else text

    def repeats(self, field: int) -> list[str]:
        """The repetitions of a field, as they were sent."""
        text = self.raw(field)
        return text.split(self.signs.repetition) if text and self.signs.repetition else [text] if text else []

    def part(self, field: int, component: int = 1, subcomponent: int = 1, repeat: int = 0) -> str:
        """One component as text, of one repetition; blank where it is absent."""
        repeats = self.repeats(field)
        return self.within(repeats[repeat], component, subcomponent) if repeat < len(repeats) else ""

    def within(self, text: str, component: int = 1, subcomponent: int = 1) -> str:
        """One component of a repetition as text."""
        return self.plain(_nth(_nth(text, self.signs.component, component), self.signs.subcomponent, subcomponent))

    def text(self, field: int) -> str:
        """A field of words, all its repetitions, a line each."""
        return "\n".join(self.plain(each) for each in self.repeats(field))

    def plain(self, text: str) -> str:
        """A text with its escapes resolved and blanks at its ends gone; what is no escape stays as it is."""
        sign = self.signs.escape
        if not sign or sign not in text:
            return _printable(text)
        first, *rest = text.split(sign)
        out = [first]
        while rest:
            code, *rest = rest
            if not rest:  # a sign without its partner
                out.append(sign + code)
                break
            said = self._escaped(code)
            out.append(sign + code + sign if said is None else said)
            after, *rest = rest
            out.append(after)
        return _printable("".join(out))

    def _escaped(self, code: str) -> str | None:
        known = {
            "F": self.signs.field,
            "S": self.signs.component,
            "T": self.signs.subcomponent,
            "R": self.signs.repetition,
            "E": self.signs.escape,
            "H": "",
            "N": "",
            ".br": "\n",
            ".sp": "\n",
        }
        if code in known:
            return known[code]
        found = _HEX.match(code)
        if found is None:
            return None
        return bytes.fromhex(found[1]).decode("latin-1")

    @property
    def where(self) -> str:
        """How a person finds it."""
        return f"{self.name} (line {self.line})"


def _nth(text: str, sign: str, number: int) -> str:
    parts = text.split(sign) if sign else [text]
    return parts[number - 1] if number <= len(parts) else ""


def _printable(text: str) -> str:
    return "".join(each for each in text if each == "\n" or each.isprintable()).strip()


class Message(NamedTuple):
    """One message: MSH first, and its bytes as they came."""

    segments: tuple[Segment, ...]
    raw: str

    @property
    def head(self) -> Segment:
        """Its MSH."""
        return self.segments[0]


def read_messages(data: bytes, where: str = "", charset: str | None = None) -> list[Message]:
    """The messages of a file, in order.

    Args:
        data: one message, several, a batch, or frames of MLLP.
        where: the file, for refusals.
        charset: what a sender writes in who names none.

    Raises:
        Refused: it does not begin with MSH, its signs are none, or its characters are not of the set it names.
    """
    text = _decoded(data, where, charset)
    groups: list[list[tuple[int, str]]] = []
    for number, line in enumerate(_lines(text), start=1):
        if not line or line[:3] in AROUND:
            continue
        if number > MOST_SEGMENTS:
            raise _refused(N_("This file has too many lines."), where, N_("Split it and try again."))
        if line.startswith("MSH"):
            groups.append([])
        elif not groups:
            raise _refused(N_("This is no HL7 message: it does not begin with MSH."), _at(where, number))
        groups[-1].append((number, line))
    if not groups:
        raise _refused(N_("There is no message in this file."), where)
    return [_message(group, where) for group in groups]


def _lines(text: str) -> Iterator[str]:
    for line in re.split(r"\r\n|\r|\n", text):
        yield line.strip("\x0b\x1c\x00 \t")


def _decoded(data: bytes, where: str, charset: str | None) -> str:
    plain = data.removeprefix(b"\xef\xbb\xbf")
    named = _named_charset(plain)
    if named not in CHARSETS:
        raise Refused(
            N_("It names a set of characters that is not read here: %(name)s."),
            where=where,
            remedy=N_("Ask the sender for UTF-8."),
            name=named[:30],
        )
    codec = CHARSETS[named] if named else charset or "utf-8"
    try:
        if b"\x00" not in plain:  # no database keeps it
            return plain.decode(codec)
    except UnicodeDecodeError:
        pass
    raise _refused(N_("Its characters are not of the set it names."), where, N_("Ask the sender for UTF-8."))


def _named_charset(data: bytes) -> str:
    """MSH-18 of the first message, read as bytes: all the sets are alike as far as that."""
    start = data.find(b"MSH")
    head = re.split(rb"[\r\n]", data[start:], maxsplit=1)[0] if start >= 0 else b""
    if len(head) < 5:
        return ""
    fields = head[4:].split(head[3:4])
    if len(fields) < 17:
        return ""
    repeat = fields[0][1:2]
    first = fields[16].split(repeat)[0] if repeat else fields[16]
    return first.decode("ascii", "replace").strip().upper()


def _message(group: list[tuple[int, str]], where: str) -> Message:
    number, line = group[0]
    if len(line) < 8 or line[3].isalnum():
        raise _refused(N_("MSH does not name its signs."), _at(where, number))
    field = line[3]
    encoding = line[4:].split(field, 1)[0]
    if not 4 <= len(encoding) <= 5 or len({field, *encoding[:4]}) != 5 or any(map(str.isalnum, encoding)):
        raise _refused(N_("MSH does not name its signs."), _at(where, number))
    signs = Signs(field, *encoding[:4])
    segments = [Segment("MSH", (field, encoding, *line[4:].split(field)[1:]), number, signs)]
    for at, text in group[1:]:
        name, *fields = text.split(field)
        if not _NAME.match(name):
            raise _refused(N_("This line is no segment."), _at(where, at))
        segments.append(Segment(name, tuple(fields), at, signs))
    return Message(tuple(segments), "\r".join(text for _, text in group))


def _at(where: str, number: int) -> str:
    return f"{where}, line {number}" if where else f"line {number}"


def _refused(what: str, where: str, remedy: str = _REMEDY) -> Refused:
    return Refused(what, where=where, remedy=remedy)
