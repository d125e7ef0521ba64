"""A morning at the bench for tests: a clock that can be moved, and containers in every standing."""

from __future__ import annotations

from datetime import datetime, timedelta

from lab.domain.need import Need
from lab.models import Device, StoragePlace
from tests.fixtures.house import NOW
from tests.lab.things import GEL

EDTA = Need(
    test="cbc_diff",
    volume_ul=1000,
    method="VENIP",
    storage=("room", "refrigerated"),
    room_minutes=24 * 60,
    refrigerated_minutes=48 * 60,
    frozen_minutes=0,
)
"""A blood count: never spun."""
COLD = Need(
    test="ammonia",
    volume_ul=1000,
    method="VENIP",
    on_ice=True,
    rcf_g=1500,
    spin_minutes=10,
    separate_within_minutes=15,
    separated_by="aliquot",
    pour_off=True,
    storage=("frozen",),
    room_minutes=0,
    refrigerated_minutes=120,
    frozen_minutes=24 * 60,
)
"""Ammonia: on ice from the draw, off the cells within a quarter of an hour, frozen."""
STRIP = Need(
    test="strep_a_rapid",
    method="SWA",
    in_house=True,
    read_from_minutes=5,
    read_until_minutes=10,
    room_minutes=120,
)
"""A rapid test of the house, read after five to ten minutes."""
NEEDS = {"gel": (GEL,), "edta": (EDTA,), "cold": (COLD,), "strip": (STRIP,)}
HOLDERS = {
    "gel": ("sst", "gold"),
    "edta": ("edta", "lavender"),
    "cold": ("edta", "lavender"),
    "strip": ("swab_dry", "none"),
}


class Clock:
    """The house's clock in a test's hand."""

    def __init__(self, app, start: datetime = NOW) -> None:
        self.now = start
        app.config["CABINET_CLOCK"] = lambda: self.now

    def on(self, minutes: int) -> None:
        """Let minutes go by."""
        self.now += timedelta(minutes=minutes)


def furnish(practice) -> dict[str, str]:
    """A centrifuge, and a place for each way to keep something; gives their cards."""
    from clinic.base import db

    of = {"practice_id": practice.row.id, "location_id": practice.location.id}
    db.session.add(Device(name="Centrifuge A", kind="centrifuge", card="DEV-0001", radius_mm=134, **of))
    for number, (name, condition) in enumerate(
        (
            ("Rack 2", "room"),
            ("Refrigerator 1", "refrigerated"),
            ("Freezer", "frozen"),
            ("Ice bath", "on_ice"),
        ),
        start=1,
    ):
        db.session.add(StoragePlace(name=name, condition=condition, card=f"PLACE-{number:04d}", **of))
    db.session.commit()
    return {"room": "PLACE-0001", "refrigerated": "PLACE-0002", "frozen": "PLACE-0003", "on_ice": "PLACE-0004"}
