"""Official files as they were downloaded: plain, .gz, or the members of a .zip that are meant.

Each file is read through once before it is parsed: that shows that it is whole, and gives its digest, its size (for
progress) and its encoding. After that it is read as a stream.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

LARGEST = 256 * 1024 * 1024
"""Bytes after unpacking. The largest official file is far below; a small archive that unpacks to more is an attack."""

_CHUNK = 1 << 20
_OFTEN = 2000
"""Lines from one word of progress to the next."""

Tell = Callable[[int, float], None]
"""Told how many rows were read and which share of the bytes; raises to stop the reading."""

_AGAIN = N_("Download it again.")
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
UNREADABLE = (*_BROKEN, ValueError, LookupError, struct.error)
"""What the standard library raises at archives whose directory was damaged."""


class Source:
    """What a person gave to be loaded: one file, or the several that make up one release.

    ``name`` is what is shown as the release's source.
    """

    def __init__(self, *paths: Path, tell: Tell | None = None) -> None:
        self.paths = paths
        self.name = ", ".join(path.name for path in paths)
        self._tell = tell
        self._used: list[SourceFile] = []
        self._rows = 0
        self._done = 0

    def files(self, *endings: str, pattern: str = "") -> list[SourceFile]:
        """The files meant, by name. In a .zip those that end in one of ``endings`` and match ``pattern``.

        The pattern is a regular expression, looked for in the small letters of a member's name; it does not narrow
        files that were named one by one.

        Raises:
            Refused: one is not readable, not an archive of its kind, holds no such member, or is too large.
        """
        found: list[SourceFile] = []
        for path in self.paths:
            if path.suffix.lower() == ".zip":
                found += _members(path, endings, pattern, self)
            else:
                name = path.stem if path.suffix.lower() == ".gz" else path.name
                found.append(SourceFile(self, path, name, None))
        for file in found:
            file.examine()
        self._used += found
        self.name = ", ".join(file.name for file in found)
        return found

    def holds(self, *endings: str, pattern: str = "") -> bool:
        """Whether a file named, or a member of an archive named, ends so and matches.

        Raises:
            Refused: an archive cannot be read.
        """
        names: list[str] = []
        for path in self.paths:
            if path.suffix.lower() == ".zip":
                names += [Path(name).name for name in _names(path)]
            else:
                names.append(path.stem if path.suffix.lower() == ".gz" else path.name)
        return any(name.lower().endswith(endings) and re.search(pattern, name.lower()) for name in names)

    def one(self, *endings: str, pattern: str = "") -> SourceFile:
        """The one file meant.

        Raises:
            Refused: as ``files``, or there are several.
        """
        found = self.files(*endings, pattern=pattern)
        if len(found) != 1:
            raise _not_one(len(found), self.paths[0])
        return found[0]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over the bytes of the files that were used, in the order they were taken."""
        if len(self._used) == 1:
            return self._used[0].digest
        return hashlib.sha256("".join(file.digest for file in self._used).encode()).hexdigest()

    def count(self, rows: int, size: int) -> None:
        """Take note of what was read, and tell."""
        self._rows += rows
        self._done += size
        if self._tell is not None:
            total = sum(file.size for file in self._used)
            self._tell(self._rows, min(1.0, self._done / total) if total else 1.0)


class SourceFile:
    """One file to be read, whole by ``read`` or as a stream by ``open`` and ``lines``."""

    def __init__(self, source: Source, path: Path, name: str, member: str | None) -> None:
        self.source = source
        self.path = path
        self.name = name
        self._member = member
        self.size = 0
        self.digest = ""
        self.encoding = "utf-8"

    def examine(self) -> None:
        """Read all of it once: whole, its digest, its size, its encoding.

        Raises:
            Refused: it cannot be read or is too large.
        """
        digest, size, decoder = hashlib.sha256(), 0, codecs.getincrementaldecoder("utf-8")()
        utf8, first = True, b""
        with self.open() as file:
            while part := file.read(_CHUNK):
                first = first or part[:3]
                size += len(part)
                if size > LARGEST:
                    raise Refused(
                        N_("this file unpacks to more than %(size)s bytes."),
                        where=str(self.path),
                        remedy=N_("No official code set is that large: download it again."),
                        size=LARGEST,
                    )
                digest.update(part)
                if utf8:
                    try:
                        decoder.decode(part)
                    except UnicodeDecodeError:
                        utf8 = False
        if utf8:
            utf8 = not decoder.getstate()[0]  # a letter cut off at the end
        self.size, self.digest = size, digest.hexdigest()
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.encoding = "utf-16"
        else:
            self.encoding = "utf-8-sig" if utf8 else "cp1252"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """A stream of its bytes, unpacked.

        Raises:
            Refused: it cannot be read.
        """
        with ExitStack() as stack:
            try:
                yield self._stream(stack)
            except _BROKEN as error:
                raise _unreadable(self.path, error) from None

    def _stream(self, stack: ExitStack) -> IO[bytes]:
        if self._member is not None:
            try:
                archive = stack.enter_context(zipfile.ZipFile(self.path))
                return stack.enter_context(archive.open(self._member))
            except UNREADABLE as error:
                raise _unreadable(self.path, error) from None
        if self.path.suffix.lower() == ".gz":
            return cast("IO[bytes]", stack.enter_context(gzip.open(self.path)))
        return stack.enter_context(self.path.open("rb"))

    def read(self) -> bytes:
        """All of its bytes."""
        with self.open() as file:
            data = file.read()
        self.source.count(0, len(data))
        return data

    def lines(self) -> Iterator[str]:
        """Its lines as text, each with its end. The encoding is UTF-8 where all of it is, else Windows-1252.

        Raises:
            Refused: a line is neither; the line is named.
        """
        number = size = 0
        with self.open() as file:
            buffered = io.BufferedReader(cast("io.RawIOBase", file))
            text = io.TextIOWrapper(buffered, self.encoding, newline="")
            try:
                for number, line in enumerate(text, 1):
                    size += len(line)
                    if number % _OFTEN == 0:
                        self.source.count(_OFTEN, size)
                        size = 0
                    yield line
            except UnicodeError:
                raise Refused(
                    N_("a letter here is neither UTF-8 nor Windows-1252."),
                    where=f"{self.name}, line {number + 1}",
                    remedy=N_("Save the file as UTF-8."),
                ) from None
            finally:
                text.detach()
                buffered.detach()
        self.source.count(number % _OFTEN, size)


def read_source(path: Path, ending: str, pattern: str = "") -> tuple[str, bytes]:
    """The name and the bytes of the one file at ``path`` that ends in ``ending`` and, in a .zip, matches ``pattern``.

    Raises:
        Refused: not readable, not an archive of its kind, no or several such members, or too large.
    """
    file = Source(path).one(ending, pattern=pattern)
    return file.name, file.read()


def _names(path: Path) -> list[str]:
    """The members of an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except UNREADABLE as error:
        raise _unreadable(path, error) from None
    return [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]


def _members(path: Path, endings: tuple[str, ...], pattern: str, source: Source) -> list[SourceFile]:
    names = [name for name in _names(path) if name.lower().endswith(endings)]
    if len(names) > 1:
        names = [name for name in names if re.search(pattern, Path(name).name.lower())]
    if not names:
        raise _not_one(0, path)
    return [SourceFile(source, path, Path(name).name, name) for name in sorted(names)]


def _unreadable(path: Path, error: Exception) -> Refused:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Refused(N_("this file cannot be read (%(why)s)."), where=str(path), remedy=_AGAIN, why=why)


def _not_one(count: int, path: Path) -> Refused:
    return Refused(
        N_("this archive holds %(count)s files of the kind that is loaded here, not one."),
        where=str(path),
        remedy=N_("Unpack it and name the file itself."),
        count=count,
    )
