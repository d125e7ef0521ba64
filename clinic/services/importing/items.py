"""The entries of a file on their way in: opened, judged and read before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import select

from clinic.base import db
from clinic.fhir.importer.bundle import Batch, Entry, digest
from clinic.fhir.importer.keys import address_key, addresses, natural_key
from clinic.fhir.importer.reading import ORDER, Bad, judge, open_entry, read_record
from clinic.fhir.importer.records import Kept, Record
from clinic.models import ForeignResource
from clinic.services.acting import Actor
from clinic.services.importing.outcome import Outcome, refuse
from clinic.services.importing.references import Thing

_CHUNK: Final = 400
"""Keys asked for at once; SQLite takes a bounded number of parameters."""


class Item(msgspec.Struct):
    """An entry on its way in."""

    entry: Entry
    resource: dict[str, Any]
    kind: str
    key: str
    sha256: str
    addresses: list[str]
    record: Record | Kept = Kept()


class Stored(msgspec.Struct):
    """What an earlier import kept of the same thing."""

    id: int
    sha256: str
    thing: Thing | None


def prepare(actor: Actor, batch: Batch, tell: Callable[[int], None] | None) -> tuple[list[Item], Outcome]:
    """The entries opened, judged and read, in the order in which rows can be made; and those that are refused."""
    outcome = Outcome()
    items: list[Item] = []
    keys: dict[tuple[str, str], str] = {}
    for entry in batch.entries:
        resource = open_entry(entry)
        if isinstance(resource, Bad):
            refuse(outcome, entry, None, resource)
            continue
        item = _item(entry, resource)
        if keys.setdefault((item.kind, item.key), item.sha256) != item.sha256:
            # Two resources of one file under one business identifier: each is then known by its address.
            item.key = address_key(entry, resource)
        items.append(item)
    stored = stored_of(actor.practice_id, items)
    sound: list[Item] = []
    for item in items:
        before = stored.get((item.kind, item.key))
        same = before is not None and before.sha256 == item.sha256
        bad = None if same else judge(item.resource)
        record = bad or (Kept() if same and before and before.thing else read_record(item.resource))
        if isinstance(record, Bad):
            refuse(outcome, item.entry, item.kind, record)
        else:
            item.record = record
            sound.append(item)
        if tell and batch.atomic:
            tell(1)
    db.session.commit()  # ends the read: nothing waits for it
    return sorted(sound, key=lambda item: ORDER.get(item.kind, len(ORDER))), outcome


def _item(entry: Entry, resource: dict[str, Any]) -> Item:
    return Item(
        entry=entry,
        resource=resource,
        kind=str(resource["resourceType"]),
        key=natural_key(entry, resource),
        sha256=digest(resource),
        addresses=addresses(entry, resource),
    )


def stored_of(practice_id: int, items: Iterable[Item]) -> dict[tuple[str, str], Stored]:
    """What is kept under the keys of the items, without the bodies."""
    keys = sorted({item.key for item in items})
    found: dict[tuple[str, str], Stored] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = db.session.execute(
            select(
                ForeignResource.id,
                ForeignResource.type,
                ForeignResource.key,
                ForeignResource.sha256,
                ForeignResource.thing,
                ForeignResource.thing_id,
            ).where(ForeignResource.practice_id == practice_id, ForeignResource.key.in_(keys[start : start + _CHUNK]))
        )
        for row in rows:
            thing = Thing(row.thing, row.thing_id) if row.thing and row.thing_id else None
            found[row.type, row.key] = Stored(row.id, row.sha256, thing)
    return found
