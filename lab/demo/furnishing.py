"""Putting up the demo's bench: rows as they would be entered on screen."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from clinic.models import Location
from clinic.services.acting import Work
from lab.demo.plan import bench
from lab.models import Device, Laboratory, StoragePlace


def furnish(work: Work) -> None:
    """Laboratories, devices and places, at the first place of the practice."""
    here = {"practice_id": work.actor.practice_id}
    place = work.session.scalars(
        select(Location).where(Location.practice_id == work.actor.practice_id).order_by(Location.id)
    ).first()
    if place is None:
        raise LookupError("the demo has no place")
    place.clia_kind = "waived"
    work.session.add_all(Laboratory(**here, **_without_key(row)) for row in bench()["laboratories"])
    work.session.add_all(Device(**here, location_id=place.id, **row) for row in bench()["devices"])
    work.session.add_all(StoragePlace(**here, location_id=place.id, **row) for row in bench()["places"])
    work.session.flush()


def _without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "key"}
