"""A file of claims in parts small enough to hold, large enough to be worth a process's trouble."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from billing.domain.canonical import from_json, to_json
from billing.services.read_claims import (
    NO_CLAIM,
    WANTED,
    Item,
    claims_of_line,
    claims_of_value,
    form_of,
    items_of_837,
)
from billing.x12 import Fault, Transmission
from billing.x12.syntax import MARKS, Data, plain_bytes
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

PART = 4 << 20
"""Bytes of a part, about: some two thousand claims."""


class Part(msgspec.Struct, frozen=True):
    """Lines of a file, from a byte to a byte."""

    file: str
    """As it was given, for people."""
    path: str
    """Where the lines stand: the file itself, or what was made of it."""
    start: int
    end: int
    line: int
    """The number of the first line."""
    spooled: bool = False
    """Whether each line is an ``Item`` of ours, not a thing of a foreign file."""


class _Spooled(msgspec.Struct, array_like=True):
    claim: msgspec.Raw
    faults: tuple[Fault, ...] = ()


_DECODER = msgspec.json.Decoder(_Spooled)
_ENCODER = msgspec.json.Encoder()
_NONE = msgspec.Raw(b"null")


@contextmanager
def opened(file: str, path: Path) -> Iterator[Data]:
    """The bytes of a file, mapped; in memory where it is in UTF-16 or has blanks or a mark at its beginning.

    Raises:
        Refused: it cannot be read.
    """
    try:
        with path.open("rb") as handle:
            start = handle.read(6)
            if not start or start[:1].isspace() or any(start.startswith(mark) for mark, _ in MARKS) or b"\0" in start:
                yield plain_bytes(start + handle.read())
                return
            with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except OSError as error:
        what = N_("The file cannot be read: %(why)s.")
        remedy = N_("Give the path of a file that is there.")
        raise Refused(what, where=file, remedy=remedy, why=error.strerror or "") from None


def parted(
    file: str, path: Path, spool: Callable[[int], Path], header: Callable[[Transmission], object]
) -> Iterator[Part]:
    """The parts of a file.

    Lines of JSON are cut where they stand. An 837 and a single JSON value are read once and written, an item a line, to
    the files that ``spool`` names by number.

    Raises:
        Refused: it cannot be read, or holds no claim.
    """
    with opened(file, path) as data:
        for part in _parted(data, file, path, spool, header):
            yield part
            let_go(data)


def let_go(data: Data) -> None:
    """Let go of the pages of a file that were looked at: else a file that is read once stays in memory whole."""
    if isinstance(data, mmap.mmap):
        data.madvise(mmap.MADV_DONTNEED)


def _parted(
    data: Data, file: str, path: Path, spool: Callable[[int], Path], header: Callable[[Transmission], object]
) -> Iterator[Part]:
    match form_of(data, file):
        case "line" if isinstance(data, mmap.mmap):
            yield from _lines(data, file, path)
        case "line":
            texts = enumerate(data[:].split(b"\n"), start=1)
            claims = (claim for number, line in texts for claim in claims_of_line(line, file, number))
            yield from _spooled(map(Item, claims), file, spool)
        case "value":
            yield from _spooled(map(Item, claims_of_value(data[:], file)), file, spool)
        case "837":
            yield from _spooled(items_of_837(data, header), file, spool)


def items(part: Part, data: Data) -> Iterator[tuple[int, Item]]:
    """The claims of a part, each with the byte at which its line begins. ``data`` is the file at the part's path.

    Raises:
        Refused: a line cannot be read.
    """
    for at, line, alone in lines(part, data):
        if part.spooled:
            yield at, _item(line)
        else:
            for claim in claims_of_line(line, part.file, alone.line):
                yield at, Item(claim)


def lines(part: Part, data: Data) -> Iterator[tuple[int, bytes, Part]]:
    """The lines of a part: where each begins, its text, and a part that holds it alone."""
    at, number = part.start, part.line
    while at < part.end:
        end = data.find(b"\n", at, part.end)
        end = part.end if end < 0 else end
        yield at, data[at:end], Part(part.file, part.path, at, end, number, part.spooled)
        at, number = end + 1, number + 1


def _item(line: bytes) -> Item:
    spooled = _DECODER.decode(line)
    return Item(None if spooled.claim == _NONE else from_json(bytes(spooled.claim)), spooled.faults)


def _lines(data: mmap.mmap, file: str, path: Path) -> Iterator[Part]:
    at, line, size = 0, 1, len(data)
    while at < size:
        cut = data.find(b"\n", min(at + PART, size))
        end = size if cut < 0 else cut + 1
        yield Part(file, str(path), at, end, line)
        line += data[at:end].count(b"\n")
        at = end


def _spooled(found: Iterator[Item], file: str, spool: Callable[[int], Path]) -> Iterator[Part]:
    number, any_at_all = 0, False
    lines: list[bytes] = []
    size = 0
    for item in found:
        any_at_all = True
        claim = _NONE if item.claim is None else msgspec.Raw(to_json(item.claim))
        line = _ENCODER.encode(_Spooled(claim, item.faults)) + b"\n"
        lines.append(line)
        size += len(line)
        if size >= PART:
            yield _kept(lines, file, spool(number))
            number, lines, size = number + 1, [], 0
    if lines:
        yield _kept(lines, file, spool(number))
    if not any_at_all:
        raise Refused(NO_CLAIM, where=file, remedy=WANTED)


def _kept(lines: list[bytes], file: str, path: Path) -> Part:
    path.write_bytes(b"".join(lines))
    return Part(file, str(path), 0, path.stat().st_size, 1, spooled=True)
