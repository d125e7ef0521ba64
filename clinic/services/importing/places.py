"""Where a foreign system says a visit happened, kept with the visit where that is no place of ours."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from clinic.fhir import json
from clinic.fhir.importer.columns import Columns
from clinic.fhir.importer.keys import key_named, meanings
from clinic.fhir.importer.reading import read_record
from clinic.fhir.importer.records import EncounterRecord
from clinic.models import ForeignResource, Visit
from clinic.services.importing.desk import Desk, ForeignPlace
from clinic.services.importing.people import location_of
from clinic.services.importing.references import Thing

PLACES: Final = ("Location", "Organization")


def place_columns(desk: Desk, record: EncounterRecord) -> Columns:
    """``place_key`` and ``place_words``: the first place it names, by the key under which that is kept or would be."""
    if not record.places:
        return {"place_key": None, "place_words": None}
    reference = record.places[0]
    found = _known(desk, reference)
    key = found.key if found else key_named(meanings(reference, desk.known.server)[0])
    return {"place_key": key, "place_words": record.place_words or (found.name if found else None) or key}


def _known(desk: Desk, reference: str) -> ForeignPlace | None:
    """The resource a reference means, of this file or of an earlier import."""
    for address in meanings(reference, desk.known.server):
        found = desk.places.get(address) or _kept_before(desk, address)
        if found is not None:
            desk.places[address] = found
            return found
    return None


def _kept_before(desk: Desk, address: str) -> ForeignPlace | None:
    wanted = select(ForeignResource.key, ForeignResource.body).where(
        ForeignResource.practice_id == desk.practice_id,
        ForeignResource.type.in_(PLACES),
        ForeignResource.key == key_named(address),
    )
    # A conditional reference says its type, and systems give a place and its organisation one identifier.
    kind = address.partition("?identifier=")[0]
    row = desk.session.execute(wanted.order_by(ForeignResource.type != kind, ForeignResource.id).limit(1)).first()
    if row is None:
        return None
    name = json.loads(row.body).get("name")
    return ForeignPlace(row.key, name if isinstance(name, str) else None)


def give_place(desk: Desk, thing: Thing, resource: dict[str, Any]) -> bool:
    """Give a visit that came in before places were kept the one its encounter names; whether there was one to give."""
    if thing.name != Visit.__tablename__:
        return False
    row = desk.session.get(Visit, thing.id)
    if row is None or row.location_id is not None or row.place_key is not None:
        return False
    record = read_record(resource)
    if not isinstance(record, EncounterRecord) or location_of(desk, record.places) is not None:
        return False
    given = place_columns(desk, record)
    if given["place_key"] is None:
        return False
    row.place_key, row.place_words = given["place_key"], given["place_words"]
    before = dict.fromkeys(given)
    desk.work.fact("visit", row.id, "visit.changed_by_import", {"before": before, "after": given})
    return True
