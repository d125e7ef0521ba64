"""House, Bench: devices, places, badges, and cards that read back."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from clinic.base import db
from lab.domain.scan import read_scan
from lab.models import Badge, Device, StoragePlace
from tests.fixtures.house import log_in
from tests.lab.morning import furnish

DEVICE = {"name": "Centrifuge B", "kind": "centrifuge", "radius_mm": "160", "active": "y"}
PLACE = {"name": "Refrigerator 2", "condition": "refrigerated", "active": "y"}


@pytest.fixture
def provider(client, practice):
    return log_in(client, practice.actor("provider"), practice)


@pytest.fixture
def manager(client, practice):
    return log_in(client, practice.actor("manager"), practice)


def add(client, kind, facts, practice):
    return client.post(f"/house/bench/{kind}/new", data={**facts, "location_id": practice.location.id})


def test_a_device_and_a_place_are_set_up_and_changed(provider, practice) -> None:
    assert add(provider, "devices", DEVICE, practice).status_code == 303
    assert add(provider, "places", PLACE, practice).status_code == 303
    device, place = db.session.query(Device).one(), db.session.query(StoragePlace).one()
    assert (device.radius_mm, device.card, place.card) == (160, "DEV-0001", "PLACE-0001")
    page = provider.get(f"/house/bench/devices/{device.id}").get_data(as_text=True)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    changed = DEVICE | {"radius_mm": "170", "location_id": practice.location.id, "seen": seen}
    assert provider.post(f"/house/bench/devices/{device.id}", data=changed).status_code == 303
    assert (device.radius_mm, device.card) == (170, "DEV-0001")
    assert provider.post(f"/house/bench/devices/{device.id}", data=changed).status_code == 409
    assert provider.get(f"/house/bench/places/{place.id}").status_code == 200
    assert "Centrifuge B" in provider.get("/house/bench").get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"kind": "oven"}, {"radius_mm": ""}, {"radius_mm": "5"}, {"radius_mm": "x"}, {"radius_mm": "4000"}],
)
def test_what_cannot_be_a_device_is_not_taken(provider, practice, wrong) -> None:
    assert add(provider, "devices", DEVICE | wrong, practice).status_code == 422
    assert db.session.query(Device).count() == 0


def test_a_name_is_given_once(provider, practice) -> None:
    add(provider, "places", PLACE, practice)
    assert add(provider, "places", PLACE, practice).status_code == 422
    assert db.session.query(StoragePlace).count() == 1


def bars_of(answer) -> list[str]:
    """What is read off all pages of a file."""
    found = []
    for page in pypdfium2.PdfDocument(io.BytesIO(answer.data)):
        image = page.render(scale=300 / 72).to_pil()
        found += [each.text for each in zxingcpp.read_barcodes(image)]
    return found


def test_every_card_reads_back(provider, practice) -> None:
    cards = furnish(practice)
    texts = bars_of(provider.get("/house/bench/cards.pdf"))
    assert {*cards.values(), "DEV-0001", "STEP-SPIN", "STEP-COLLECT", "STEP-READ"} <= set(texts)
    assert len(texts) == 11 + 4 + 1
    assert all(read_scan(text).kind in {"step", "place", "device"} for text in texts)
    assert isinstance(Image.new("L", (1, 1)), Image.Image)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "1111", "1234", "9876", "", "٣٣٤٥"])
def test_a_pin_that_is_tried_first_is_none(manager, practice, pin) -> None:
    who = practice.staff["assistant"].id
    assert manager.post(f"/house/bench/badges/{who}", data={"pin": pin, "again": pin}).status_code == 422
    assert db.session.query(Badge).count() == 0


def test_a_badge_is_given_printed_and_taken_away(manager, practice) -> None:
    who = practice.staff["assistant"].id
    assert manager.get(f"/house/bench/badges/{who}/card.pdf").status_code == 404
    assert manager.post(f"/house/bench/badges/{who}", data={"pin": "4829", "again": "4828"}).status_code == 422
    assert manager.post(f"/house/bench/badges/{who}", data={"pin": "4829", "again": "4829"}).status_code == 303
    first = db.session.query(Badge).one().code
    assert bars_of(manager.get(f"/house/bench/badges/{who}/card.pdf")) == [first]
    manager.post(f"/house/bench/badges/{who}", data={"pin": "7391", "again": "7391"})
    assert db.session.query(Badge).one().code != first
    assert manager.post(f"/house/bench/badges/{who}/take-away").status_code == 303
    assert db.session.query(Badge).count() == 0


def test_a_pin_is_kept_so_that_it_cannot_be_read(app, practice) -> None:
    from flask_security import verify_password

    from lab.services.badges import give_badge

    give_badge(practice.actor("manager"), practice.staff["assistant"].id, "4829", "4829")
    row = db.session.query(Badge).one()
    assert verify_password("4829", row.pin_hash)
    assert not verify_password("4828", row.pin_hash)


def test_only_who_looks_after_the_house_gives_badges(client, practice) -> None:
    log_in(client, practice.actor("assistant"), practice)
    assert client.get(f"/house/bench/badges/{practice.staff['assistant'].id}").status_code == 403
    assert client.get("/house/bench").status_code == 200
