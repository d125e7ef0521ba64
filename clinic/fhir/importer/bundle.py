"""Reading a file of FHIR: a Bundle, one resource, or NDJSON, as numbered entries with their original bytes."""

from __future__ import annotations

import hashlib
from typing import Any, Final, NoReturn

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.fhir import json

ATOMIC: Final = "transaction"
_READ: Final = frozenset({ATOMIC, "batch", "collection", "searchset", "document", "message"})
_NDJSON: Final = (".ndjson", ".jsonl")
_SORTED = msgspec.json.Encoder(decimal_format="number", order="sorted")


class _Request(msgspec.Struct, rename="camel"):
    method: str = ""
    url: str = ""
    if_none_exist: str | None = None


class _Entry(msgspec.Struct, rename="camel"):
    full_url: str | None = None
    resource: msgspec.Raw = msgspec.Raw()
    request: _Request | None = None


class _Bundle(msgspec.Struct, rename="camel"):
    type: str | None = None
    entry: list[_Entry] = []


class _Kind(msgspec.Struct, rename="camel"):
    resource_type: str


_KIND = msgspec.json.Decoder(_Kind)
_BUNDLE = msgspec.json.Decoder(_Bundle)


class Entry(Value, frozen=True, kw_only=True):
    """One resource as it came."""

    number: int
    """From 1, as people count: the entry of a bundle, the line of an NDJSON file."""
    body: bytes
    """The resource's own text, byte for byte."""
    full_url: str | None = None
    method: str | None = None
    """Of the entry's request, None where a bundle is no request."""
    if_none_exist: str | None = None


class Batch(Value, frozen=True, kw_only=True):
    """A file: its entries, and whether they stand and fall together."""

    sha256: str
    atomic: bool = False
    entries: tuple[Entry, ...]


def read_batch(text: bytes, where: str) -> Batch:
    """The entries of a file; ``where`` is its name, and tells NDJSON by its ending.

    Raises:
        Refused: it is no FHIR at all: not JSON, not a resource, or a bundle that holds answers and not records.
    """
    sha256 = hashlib.sha256(text).hexdigest()
    if where.lower().endswith(_NDJSON):
        return Batch(sha256=sha256, entries=_lines(text, where))
    plain = text.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        if _KIND.decode(plain).resource_type != "Bundle":
            return Batch(sha256=sha256, entries=(Entry(number=1, body=plain),))
        file = _BUNDLE.decode(plain)
    except msgspec.ValidationError as error:
        # Right JSON of the wrong shape: the path in the message is msgspec's, without a value.
        raise Refused(
            N_("This is not a FHIR resource (%(why)s)."),
            where=where,
            remedy=N_("Give a Bundle, one resource, or NDJSON named .ndjson."),
            why=str(error),
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if _is_lines(text):
            return Batch(sha256=sha256, entries=_lines(text, where))
        json.loads(text, where=where)
        _no_resource(where)
    if file.type not in _READ:
        raise Refused(
            N_("This Bundle holds no records to take in."),
            where=where,
            remedy=N_("Give a Bundle of type transaction, batch, collection, searchset, document or message."),
        )
    return Batch(
        sha256=sha256,
        atomic=file.type == ATOMIC,
        entries=tuple(_entry(number, entry, file.type) for number, entry in enumerate(file.entry, start=1)),
    )


def _entry(number: int, entry: _Entry, kind: str) -> Entry:
    asked = entry.request if kind in (ATOMIC, "batch") else None
    missing = kind in (ATOMIC, "batch") and asked is None
    return Entry(
        number=number,
        body=bytes(entry.resource),
        full_url=entry.full_url,
        method="" if missing else asked.method if asked else None,
        if_none_exist=asked.if_none_exist if asked else None,
    )


def _is_lines(text: bytes) -> bool:
    """Whether the first line alone is a JSON object and more lines follow."""
    first, _, rest = text.strip().partition(b"\n")
    try:
        return bool(rest) and isinstance(json.loads(first), dict)
    except Refused:
        return False


def _lines(text: bytes, where: str) -> tuple[Entry, ...]:
    entries = tuple(
        Entry(number=number, body=line.strip())
        for number, line in enumerate(text.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
        if line.strip()
    )
    if not entries or not isinstance(json.loads(entries[0].body, where=where), dict):
        _no_resource(where)
    return entries


def _no_resource(where: str) -> NoReturn:
    raise Refused(
        N_("This is not a FHIR resource."),
        where=where,
        remedy=N_("Give a Bundle, one resource, or NDJSON named .ndjson."),
    )


def kinds(batch: Batch) -> frozenset[str]:
    """The resource types in a file, as far as its entries can be read."""
    found = set()
    for entry in batch.entries:
        try:
            found.add(_KIND.decode(entry.body).resource_type)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return frozenset(found)


def digest(resource: Any) -> str:
    """SHA-256 of what a resource says: the same however its text is laid out."""
    return hashlib.sha256(_SORTED.encode(resource)).hexdigest()
