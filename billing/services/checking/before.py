"""Which claims of a file stood before one, without holding them: where those of a member, or of a number, are."""

from __future__ import annotations

import hashlib
import mmap
import sqlite3
import struct
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from billing.domain.canonical import OWN
from billing.domain.claim import Claim
from billing.services.checking.parts import Part, items, let_go, lines
from billing.x12.syntax import Data

AnyClaim = Claim[Any, Any]

_RECORD = struct.Struct("<qqqI")
"""Key of the member, key of the number, the byte of its line, and which claim of the line it is."""
_KEPT = 4096
"""Earlier claims kept after they were asked for: a member's often stand close together."""


class _Identifier(msgspec.Struct):
    value: str | None


class _Payer(msgspec.Struct):
    identifier: _Identifier


class _Coverage(msgspec.Struct):
    payer: _Payer
    member_id: str


class _Known(msgspec.Struct):
    """The little of a claim that others know it by."""

    number: str
    coverage: _Coverage


_DECODER = msgspec.json.Decoder(_Known)


def keys(claim: AnyClaim | _Known) -> tuple[int, int]:
    """By what others may know a claim: its member, and its number, each with its payer."""
    payer = claim.coverage.payer.identifier.value
    return _key("member", payer, claim.coverage.member_id), _key("number", payer, claim.number)


def known(part: Part, data: Data) -> Iterator[tuple[int, AnyClaim | _Known | None]]:
    """What a part's claims are known by, each with the byte at which its line begins.

    Raises:
        Refused: a line of a foreign form cannot be read. One of our own that is no claim is found when it is judged.
    """
    for at, line, alone in lines(part, data):
        try:
            brief = _DECODER.decode(line) if line.startswith(OWN) and not part.spooled else None
        except (msgspec.DecodeError, ValueError, RecursionError):
            brief = None
        if brief is not None:
            yield at, brief
        else:
            yield from ((at, item.claim) for _, item in items(alone, data))


def _key(*parts: str | None) -> int:
    digest = hashlib.blake2b("\x1f".join(part or "" for part in parts).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


def record_keys(found: Iterable[tuple[int, AnyClaim | _Known | None]]) -> bytes:
    """The keys of a part's claims, given with the byte at which each one's line begins."""
    records, last, nth = [], -1, 0
    for at, claim in found:
        nth = nth + 1 if at == last else 0
        last = at
        if claim is not None:
            records.append(_RECORD.pack(*keys(claim), at, nth))
    return b"".join(records)


def make_index(path: Path, records: Iterable[bytes]) -> None:
    """Make the index of a file from the keys of its parts, of those that occur twice: nothing is before the rest."""
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; BEGIN;"
            "CREATE TABLE every (key INTEGER, part INTEGER, at INTEGER, nth INTEGER);"
            "CREATE TABLE seen (key INTEGER, part INTEGER, at INTEGER, nth INTEGER,"
            " PRIMARY KEY (key, part, at, nth)) WITHOUT ROWID;"
        )
        database.executemany("INSERT INTO every VALUES (?, ?, ?, ?)", _rows(records))
        database.execute(
            "INSERT OR IGNORE INTO seen SELECT key, part, at, nth FROM every"
            " WHERE key IN (SELECT key FROM every GROUP BY key HAVING count(*) > 1) ORDER BY key, part, at, nth"
        )
        database.execute("DROP TABLE every")
        database.execute("COMMIT")
    temporary.replace(path)


def _rows(records: Iterable[bytes]) -> Iterator[tuple[int, int, int, int]]:
    for part, data in enumerate(records):
        for member, number, at, nth in _RECORD.iter_unpack(data):
            yield member, part, at, nth
            yield number, part, at, nth


class Before:
    """Answers ``Facts.earlier`` for the claims of one file. ``at`` says which claim is being judged."""

    def __init__(self, index: Path, parts: Sequence[Part]) -> None:
        self._database = sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)
        self._parts = parts
        self._open: dict[str, mmap.mmap] = {}
        self._kept: OrderedDict[tuple[int, int, int], AnyClaim] = OrderedDict()
        self._place = (0, 0, 0)
        self._reads = 0

    def at(self, part: int, at: int, nth: int) -> None:
        """The claim that is judged next: what stands before this place is earlier."""
        self._place = (part, at, nth)

    def __call__(self, claim: AnyClaim) -> tuple[AnyClaim, ...]:
        """Those of the same member, and those with the same number, in the order of the file."""
        found = self._database.execute(
            "SELECT part, at, nth FROM seen WHERE key IN (?, ?) AND (part, at, nth) < (?, ?, ?) ORDER BY part, at, nth",
            (*keys(claim), *self._place),
        )
        return tuple(self._claim(place) for place in dict.fromkeys(found))

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
        for data in self._open.values():
            data.close()

    def _claim(self, place: tuple[int, int, int]) -> AnyClaim:
        claim = self._kept.get(place)
        if claim is None:
            claim = self._kept[place] = self._read(*place)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return claim

    def _read(self, number: int, at: int, nth: int) -> AnyClaim:
        part = self._parts[number]
        data = self._open.get(part.path)
        if data is None:
            with Path(part.path).open("rb") as handle:
                data = self._open[part.path] = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        for found, (_, item) in enumerate(items(_from(part, at), data)):
            if found == nth and item.claim is not None:
                self._reads += 1
                if self._reads % _KEPT == 0:
                    let_go(data)
                return item.claim
        raise LookupError(f"{part.path} changed while it was read")  # pragma: no cover  its size and time were held


def _from(part: Part, at: int) -> Part:
    return Part(part.file, part.path, at, part.end, part.line, part.spooled)
