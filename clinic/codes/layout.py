"""The release file: named sections behind a small header, written once and mapped into memory.

    8 bytes   magic
    4 bytes   length of the header      4 bytes   its CRC-32
    header    JSON: format, byte order, size of the file, SHA-256 of the body, meta, {section: [offset, length]}
    body      the sections, each on a 16-byte boundary

Workers map the same pages, so a release costs memory once a machine. Nothing is parsed at opening but the header.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import sys
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

MAGIC = b"CABCODES"
FORMAT = 2
"""Raised with every change of the sections; a file of another format is built again or refused, never guessed at."""

_HEAD = struct.Struct("<8sII")
_ALIGN = 16
_DAMAGED = N_("this code-set release file is damaged or of another version.")
_LOAD_AGAIN = N_("Delete it and load the release again.")


class Header(msgspec.Struct, frozen=True):
    """What the file says of itself."""

    format: int
    order: str
    size: int
    body: str
    meta: dict[str, Any]
    sections: dict[str, tuple[int, int]]


def write(path: Path, meta: Mapping[str, Any], sections: Mapping[str, bytes]) -> None:
    """Put a release file at ``path``: complete or not at all (temporary file, fsync, rename, fsync of the folder)."""
    offset, places, parts = 0, {}, []
    for name, data in sections.items():
        places[name] = (offset, len(data))
        padding = -len(data) % _ALIGN
        parts += [data, bytes(padding)]
        offset += len(data) + padding
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    # The header's own length shifts nothing: offsets count from the body, which starts on a boundary behind it.
    header = Header(FORMAT, sys.byteorder, 10**12, digest.hexdigest(), dict(meta), places)
    length = len(msgspec.json.encode(header)) + _HEAD.size
    start = length + -length % _ALIGN
    text = msgspec.json.encode(msgspec.structs.replace(header, size=start + offset)).ljust(start - _HEAD.size)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_HEAD.pack(MAGIC, len(text), zlib.crc32(text)))
            file.write(text)
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o444)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename or removal in ``folder`` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Within:
    """The sections of an opened file whose names begin alike, as a file of their own."""

    def __init__(self, file: Mapped, prefix: str) -> None:
        self.map = file.map
        self._file = file
        self._prefix = prefix

    def place(self, name: str) -> tuple[int, int]:
        """First byte and length of a section in the map."""
        return self._file.place(self._prefix + name)

    def bytes(self, name: str) -> bytes:
        """A copy of a section."""
        return self._file.bytes(self._prefix + name)

    def column(self, name: str, kind: str = "I") -> memoryview[int]:
        """A section as numbers, without a copy."""
        return self._file.column(self._prefix + name, kind)


class Mapped:
    """An opened release file.

    Raises:
        Refused: the file is cut, damaged, or of another format or byte order.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(_HEAD.size)
            magic, length, check = _HEAD.unpack(head) if len(head) == _HEAD.size else (b"", 0, 0)
            size = os.fstat(file.fileno()).st_size
            text = file.read(length) if magic == MAGIC and length < size else b""
            if not text or zlib.crc32(text) != check:
                raise Refused(_DAMAGED, where=str(path), remedy=_LOAD_AGAIN)
            try:
                self.header = msgspec.json.decode(text, type=Header)
            except msgspec.MsgspecError:
                raise Refused(_DAMAGED, where=str(path), remedy=_LOAD_AGAIN) from None
            if (self.header.format, self.header.order, self.header.size) != (FORMAT, sys.byteorder, size):
                raise Refused(_DAMAGED, where=str(path), remedy=_LOAD_AGAIN)
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.path = path
        self.start = _HEAD.size + length
        self._view = memoryview(self.map)

    def place(self, name: str) -> tuple[int, int]:
        """First byte and length of a section in the map; (0, 0) where the file has none of that name."""
        offset, length = self.header.sections.get(name, (-self.start, 0))
        return self.start + offset, length

    def bytes(self, name: str) -> bytes:
        """A copy of a section."""
        at, length = self.place(name)
        return self.map[at : at + length]

    def column(self, name: str, kind: str = "I") -> memoryview[int]:
        """A section as numbers, without a copy."""
        at, length = self.place(name)
        return self._view[at : at + length].cast(kind)  # type: ignore[call-overload,no-any-return]  # kind is a variable

    def intact(self) -> bool:
        """Whether the body still has the digest it was written with (reads the whole file)."""
        return hashlib.sha256(self._view[self.start :]).hexdigest() == self.header.body


Sections = Mapped | Within
"""What search reads from."""
