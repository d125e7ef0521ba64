"""What an export knows of the practice whose rows it writes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from clinic.base import db
from clinic.fhir.elements import Json
from clinic.fhir.exporter.own import Own
from clinic.fhir.importer.timing import Moment
from clinic.models import Location, Practice
from clinic.services.exporting.pages import given_elsewhere, pages


class Exporting:
    """One export: the practice, its key and its time zones."""

    def __init__(self, practice_id: int) -> None:
        self.practice = db.session.get_one(Practice, practice_id)
        self.key = practice_key(self.practice)
        places = db.session.execute(select(Location.id, Location.time_zone).where(Location.practice_id == practice_id))
        self.left_out: Counter[str] = Counter()
        """Rows that are no resource yet, by type."""
        self.zones = {place: ZoneInfo(zone) for place, zone in places}

    def written(self, thing: str, wanted: Select[Any], key: Any, write: Callable[[Own, Any], Json]) -> Iterator[Json]:
        """The resource of each row of a statement whose first column is the row."""
        for rows in pages(wanted, key):
            for row, own in zip(rows, self.owns(thing, rows), strict=True):
                yield write(own, row)

    def owns(self, thing: str, rows: Sequence[Any]) -> Iterator[Own]:
        """By what each row of a page is known outside."""
        theirs = given_elsewhere(self.practice.id, thing, rows[0][0].id, rows[-1][0].id)
        for row in rows:
            identity = row[0].id
            yield Own(practice=self.key, thing=thing, row=identity, theirs=theirs.get(identity, ()))

    def moment(self, on: date, at: datetime | None, location_id: int | None) -> Moment:
        """An instant written with an offset under which its day is the visit's own day (law 16)."""
        if at is None:
            return Moment(on)
        zones = [self.zones[location_id]] if location_id in self.zones else list(self.zones.values())
        for zone in (*zones, *_OFFSETS):
            local = at.astimezone(zone)
            if local.date() == on:
                return Moment(on, local)
        return Moment(on)


_OFFSETS = tuple(timezone(timedelta(hours=hours)) for hours in (0, *range(-12, 0), *range(1, 15)))


def practice_key(practice: Practice) -> str:
    """What tells this practice from every other, for ever: of the moment it was founded, not of what it is called."""
    founded = f"{practice.id} {practice.created_at.isoformat()}"
    return hashlib.sha256(founded.encode()).hexdigest()[:16]
