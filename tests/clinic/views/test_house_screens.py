"""The house as its people meet it: every screen, who may open it, what is refused at its field, whose rows it shows."""

from __future__ import annotations

import re

import pytest

from clinic.base import db
from clinic.models import Charge, ChargePrice, Location, Payer, Practice, Printer, Provider, Staff
from tests.clinic.views.house import LISTS, seen, wrong
from tests.fixtures.house import log_in

NEW = {
    "/house/locations/new": {"manager", "administrator"},
    "/house/staff/new": {"administrator"},
    "/house/providers/new": {"manager", "administrator"},
    "/house/payers/new": {"biller", "manager"},
    "/house/charges/new": {"biller", "manager"},
    "/house/printers/new": {"assistant", "biller", "manager", "administrator"},
    "/house/journal": {"manager", "administrator"},
    "/house/journal/reads": {"manager", "administrator"},
    "/house/imports": {"assistant", "biller", "manager", "administrator"},
}
ROLES = ("assistant", "biller", "provider", "manager", "administrator")
PLACE = {
    "name": "Harbor Annex",
    "place_of_service": "11",
    "street": "4 Pier Street",
    "city": "Two Harbors",
    "state": "mn",
    "postal_code": "55616-0588",
    "npi": "",
    "clia": "24d0000418",
    "clia_kind": "waived",
    "time_zone": "America/Chicago",
    "active": "y",
}
PAYER = {"name": "Lakeside Plan", "payer_number": "LSP01", "payer_system": "payer", "filing": "CI", "active": "y"}
CHARGE = {"code": "99214", "words": "visit, known patient, longer", "price_cents": "180.00", "active": "y"}
PROVIDER = {"last": "Brandt", "first": "Lena", "npi": "1234567893", "profession": "physician", "active": "y"}


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_what(enter_as, role) -> None:
    client = enter_as(role)
    for path in LISTS:
        assert client.get(path).status_code == 200, path
    for path, roles in NEW.items():
        assert client.get(path).status_code == (200 if role in roles else 403), path


def test_nobody_opens_anything_without_logging_in(client, practice) -> None:
    for path in (*LISTS, *NEW):
        assert client.get(path).status_code == 302, path
    assert client.post("/house/practice", data={"name": "Mine"}).status_code == 302


def test_readers_are_offered_no_change(enter_as) -> None:
    for path in LISTS:
        text = enter_as("provider").get(path).get_data(as_text=True)
        assert "data-main-form" not in text or " disabled>" in text, path
        assert "/new" not in text, path


def test_rows_of_another_practice_are_not_there(enter_as, other_practice) -> None:
    charge = db.session.query(Charge).filter_by(practice_id=other_practice.row.id).first()
    printer = Printer(practice_id=other_practice.row.id, name="Theirs", offset_x=0, offset_y=0)
    colleague = Provider(practice_id=other_practice.row.id, last="Far", profession="other")
    db.session.add_all([printer, colleague])
    db.session.commit()
    staff_id = other_practice.staff["biller"].id
    paths = {
        "administrator": (
            f"/house/locations/{other_practice.location.id}",
            f"/house/staff/{staff_id}",
            f"/house/staff/{staff_id}/pass-phrase",
            f"/house/providers/{colleague.id}",
            f"/house/printers/{printer.id}",
            f"/house/printers/{printer.id}/take-away",
        ),
        "manager": (f"/house/payers/{other_practice.payer.id}", f"/house/charges/{charge.id}"),
    }
    before = other_practice.staff["biller"].password
    for role, theirs in paths.items():
        client = enter_as(role)
        for path in theirs:
            assert client.post(path, data={**PAYER, **PLACE, **CHARGE}).status_code == 404, path
            if not path.endswith(("pass-phrase", "take-away")):
                assert client.get(path).status_code == 404, path
                assert client.get(re.sub(r"\d+", "999999", path)).status_code == 404, path
    assert db.session.get(Staff, staff_id).password == before
    assert db.session.get(Printer, printer.id) is not None
    for path in LISTS:
        text = client.get(path).get_data(as_text=True)
        assert other_practice.row.name not in text
        assert "Theirs" not in text
        assert ">Far<" not in text


def test_the_practice_is_changed_and_tells_it(enter_as, practice) -> None:
    client = enter_as("manager")
    page = client.get("/house/practice").get_data(as_text=True)
    given = {
        "seen": seen(page),
        "name": "Northlake Family Care",
        "npi": "1245319599",
        "tax_system": "ein",
        "tax_id": "98-7654321",
        "taxonomy": "207q00000x",
        "street": "12 Alder Lane",
        "city": "Two Harbors",
        "state": "MN",
        "postal_code": "55616",
        "phone": "(218) 555-0199",
        "step_sign": "y",
        "eyes_sign": "y",
    }
    assert client.post("/house/practice", data=given).status_code == 303
    row = db.session.get(Practice, practice.row.id)
    assert (row.name, row.npi, row.tax_id, row.taxonomy, row.phone) == (
        "Northlake Family Care",
        "1245319599",
        "987654321",
        "207Q00000X",
        "2185550199",
    )
    assert (row.steps, row.four_eyes) == (["sign"], ["sign"])
    page = client.get("/house/practice").get_data(as_text=True)
    assert "<ins>987654321</ins>" in page
    assert 'checked id="step_sign"' in page
    assert 'checked id="step_review"' not in page


def test_wrong_numbers_are_told_at_their_fields_and_change_nothing(enter_as, practice) -> None:
    client = enter_as("administrator")
    answer = client.post(
        "/house/practice",
        data={
            "seen": seen(client.get("/house/practice").get_data(as_text=True)),
            "name": " ",
            "npi": "1234567890",
            "tax_system": "ein",
            "tax_id": "12345",
            "taxonomy": "207Q",
            "street": "12 Alder Lane",
            "city": "Two Harbors",
            "state": "Minnesota",
            "postal_code": "5561",
            "phone": "555",
        },
    )
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert wrong(text) == {"name", "npi", "tax_id", "taxonomy", "state", "postal_code", "phone"}
    assert 'value="1234567890"' in text  # what was typed stays
    assert db.session.get(Practice, practice.row.id).npi == "1234567893"


def test_half_a_pay_to_address_is_refused_where_it_lacks(enter_as) -> None:
    client = enter_as("manager")
    page = client.get("/house/practice").get_data(as_text=True)
    given = {
        "seen": seen(page),
        "name": "N",
        "tax_system": "ein",
        "street": "1 A",
        "city": "B",
        "pay_to_street": "PO Box 1",
    }
    answer = client.post("/house/practice", data=given)
    assert answer.status_code == 422
    assert wrong(answer.get_data(as_text=True)) == {"pay_to_city"}


@pytest.mark.parametrize(
    ("path", "given", "model", "says"),
    [
        (
            "/house/locations",
            PLACE,
            Location,
            {"postal_code": "556160588", "clia": "24D0000418", "clia_kind": "waived"},
        ),
        ("/house/payers", PAYER, Payer, {"payer_number": "LSP01", "active": True}),
        ("/house/charges", CHARGE, Charge, {"system": "cpt", "price_cents": 18000}),
        ("/house/providers", PROVIDER, Provider, {"outside": True, "npi": "1234567893"}),
        (
            "/house/printers",
            {"name": "Front", "offset_x": "1.5", "offset_y": "-0.3"},
            Printer,
            {"offset_x": 15, "offset_y": -3},
        ),
    ],
)
def test_things_are_entered_changed_and_kept_from_overwriting(enter_as, practice, path, given, model, says) -> None:
    client = enter_as("manager")
    assert client.post(f"{path}/new", data=given).status_code == 303
    row = db.session.query(model).filter_by(practice_id=practice.row.id).order_by(model.id.desc()).first()
    assert {name: getattr(row, name) for name in says} == says
    here = f"{path}/{row.id}"
    stale = seen(client.get(here).get_data(as_text=True))
    name = next(each for each in ("name", "words", "first") if each in given)
    assert client.post(here, data={**given, name: "First to change", "seen": stale}).status_code == 303
    late = client.post(here, data={**given, name: "Second to change", "seen": stale})
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "First to change" in text
    assert 'value="Second to change"' in text
    db.session.expire_all()
    assert getattr(db.session.get(model, row.id), name) == "First to change"
    assert client.post(here, data={**given, name: "Second to change", "seen": seen(text)}).status_code == 303
    assert getattr(db.session.get(model, row.id, populate_existing=True), name) == "Second to change"
    text = client.get(here).get_data(as_text=True)
    assert text.count("<del>") == 2  # both changes stand in its history


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("/house/locations/new", {**PLACE, "name": "Main Street"}, "name"),
        ("/house/locations/new", {**PLACE, "time_zone": "Mars/Olympus"}, "time_zone"),
        ("/house/locations/new", {**PLACE, "place_of_service": "ZZ"}, "place_of_service"),
        ("/house/locations/new", {**PLACE, "clia": "24D01"}, "clia"),
        ("/house/locations/new", {**PLACE, "clia_kind": "moderate"}, "clia_kind"),
        ("/house/locations/new", {**PLACE, "npi": "1234567890"}, "npi"),
        ("/house/payers/new", {**PAYER, "name": "Northlake Mutual"}, "name"),
        ("/house/payers/new", {**PAYER, "filing": "??"}, "filing"),
        ("/house/charges/new", {**CHARGE, "code": "99213"}, "code"),
        ("/house/charges/new", {**CHARGE, "code": "9921"}, "code"),
        ("/house/charges/new", {**CHARGE, "price_cents": "12,5"}, "price_cents"),
        ("/house/charges/new", {**CHARGE, "price_cents": "-1"}, "price_cents"),
        ("/house/charges/new", {**CHARGE, "price_cents": ""}, "price_cents"),
        ("/house/providers/new", {**PROVIDER, "npi": "12"}, "npi"),
        ("/house/printers/new", {"name": "Front", "offset_x": "21"}, "offset_x"),
        ("/house/printers/new", {"name": "Front", "offset_y": "0.25"}, "offset_y"),
    ],
)
def test_what_is_refused_is_told_at_its_field(enter_as, path, given, field) -> None:
    answer = enter_as("manager").post(path, data=given)
    assert answer.status_code == 422
    assert wrong(answer.get_data(as_text=True)) == {field}


def test_amounts_are_read_by_the_language(enter_as, practice) -> None:
    client = enter_as("biller")
    client.post("/me/language", data={"language": "fr"})
    assert client.post("/house/charges/new", data={**CHARGE, "price_cents": "1 180,50"}).status_code == 303
    assert db.session.query(Charge).filter_by(code="99214").one().price_cents == 118050
    assert "1\u202f180,50" in client.get("/house/charges").get_data(as_text=True)


def test_prices_for_single_payers(enter_as, practice) -> None:
    client = enter_as("biller")
    row = db.session.query(Charge).filter_by(practice_id=practice.row.id, code="99213").one()
    here = f"/house/charges/{row.id}"
    given = {"code": "99213", "words": row.words, "price_cents": "120.00", "active": "y"}
    page = client.get(here).get_data(as_text=True)
    one_price = {"prices-0-payer_id": str(practice.payer.id), "prices-0-price_cents": "95.00"}
    assert client.post(here, data={**given, **one_price, "seen": seen(page)}).status_code == 303
    kept = db.session.query(ChargePrice).filter_by(charge_id=row.id).one()
    assert (kept.payer_id, kept.price_cents) == (practice.payer.id, 9500)
    page = client.get(here).get_data(as_text=True)
    assert 'value="95.00"' in page
    bad = {**one_price, "prices-0-price_cents": "9,5"}
    answer = client.post(here, data={**given, **bad, "seen": seen(page)})
    assert answer.status_code == 422
    assert wrong(answer.get_data(as_text=True)) == {"prices-0-price_cents"}
    assert client.post(here, data={**given, "prices-0-payer_id": "0", "seen": seen(page)}).status_code == 303
    assert db.session.query(ChargePrice).filter_by(charge_id=row.id).count() == 0


def test_forms_need_their_token(enter_as, app) -> None:
    client = enter_as("manager")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post("/house/payers/new", data=PAYER).status_code == 400
        assert client.post("/house/journal/verify").status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert db.session.query(Payer).filter_by(name="Lakeside Plan").count() == 0
