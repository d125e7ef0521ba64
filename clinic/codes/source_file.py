"""An official file as it was downloaded: plain, .gz, or the one file of its kind in a .zip."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path
from typing import IO

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

LARGEST = 256 * 1024 * 1024
"""Bytes after unpacking. The largest official file is far below; a small archive that unpacks to more is an attack."""

_CHUNK = 1 << 20


def read_source(path: Path, ending: str, hint: str = "") -> tuple[str, bytes]:
    """The name and the bytes of the file at ``path``.

    In a .zip it is the one member that ends in ``ending`` and, where there are several, holds ``hint`` in its name.

    Raises:
        Refused: not readable, not an archive of its kind, no or several such members, or too large.
    """
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                member = _member(archive, path, ending, hint)
                with archive.open(member) as file:
                    return Path(member).name, _read(file, path)
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as packed:
                return path.stem, _read(packed, path)
        with path.open("rb") as plain:
            return path.name, _read(plain, path)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused(
            N_("this file cannot be read (%(why)s)."), where=str(path), remedy=N_("Download it again."), why=why
        ) from None


def _member(archive: zipfile.ZipFile, path: Path, ending: str, hint: str) -> str:
    names = [name for name in archive.namelist() if name.lower().endswith(ending)]
    if len(names) > 1:
        names = [name for name in names if hint in Path(name).name.lower()]
    if len(names) != 1:
        raise Refused(
            N_("this archive holds %(count)s files of the kind that is loaded here, not one."),
            where=str(path),
            remedy=N_("Unpack it and name the file itself."),
            count=len(names),
        )
    return names[0]


def _read(file: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    parts, size = [], 0
    while part := file.read(_CHUNK):
        size += len(part)
        if size > LARGEST:
            raise Refused(
                N_("this file unpacks to more than %(size)s bytes."),
                where=str(path),
                remedy=N_("No official code set is that large: download it again."),
                size=LARGEST,
            )
        parts.append(part)
    return b"".join(parts)
