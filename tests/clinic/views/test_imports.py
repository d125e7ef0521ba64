"""Taking a file in from the screen."""

from __future__ import annotations

import io
import json

import pytest

from clinic.base import db
from clinic.models import Import, JournalAct, Patient
from tests.fixtures.house import log_in


def patient(family: str, birth: str = "1967-03-14") -> dict:
    return {
        "resourceType": "Patient",
        "identifier": [{"system": "urn:test", "value": family}],
        "name": [{"family": family, "given": ["Ann"]}],
        "birthDate": birth,
    }


def bundle(*resources: dict) -> bytes:
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}
    ).encode()


def send(client, body: bytes, name: str = "records.json"):
    return client.post("/house/imports", data={"file": (io.BytesIO(body), name)}, content_type="multipart/form-data")


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


def test_a_file_comes_in_and_again_changes_nothing(assistant, practice) -> None:
    body = bundle(patient("Calloway"), patient("Moreau"))
    assert send(assistant, body).status_code == 200
    assert db.session.query(Patient).filter_by(practice_id=practice.row.id).count() == 2
    assert send(assistant, body).status_code == 200
    first, second = db.session.query(Import).order_by(Import.id)
    assert (first.created, first.unchanged, first.refused) == (2, 0, 0)
    assert (second.created, second.unchanged, second.refused) == (0, 2, 0)
    assert db.session.query(JournalAct).filter_by(act="record.import").count() == 2
    page = assistant.get("/house/imports").get_data(as_text=True)
    assert page.count('<tr id="import-') == 2
    assert first.sha256 in page


def test_a_bad_entry_is_named_by_its_number_and_the_rest_comes_in(assistant, practice) -> None:
    answer = send(assistant, bundle(patient("Calloway"), patient("Moreau", birth="yesterday")))
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert '<td class="num" data-at="b">2</td>' in page
    assert 'data-severity="block">1' in page
    assert db.session.query(Patient).count() == 1
    row = db.session.query(Import).one()
    assert (row.created, row.refused) == (1, 1)


def test_ndjson_by_its_name(assistant) -> None:
    body = b"\n".join(json.dumps(patient(name)).encode() for name in ("Calloway", "Moreau"))
    assert send(assistant, body, "Patient.ndjson").status_code == 200
    assert db.session.query(Patient).count() == 2


def test_look_alikes_are_told(assistant) -> None:
    send(assistant, bundle(patient("Calloway")))
    twin = patient("Calloway") | {"identifier": [{"system": "urn:test", "value": "other"}]}
    page = send(assistant, bundle(twin)).get_data(as_text=True)
    first = db.session.query(Patient).order_by(Patient.id).first()
    assert f"patient {first.id}" in page


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "empty.json"),
        (b"hello", "note.txt"),
        (b"[1, 2]", "list.json"),
        (b'{"a": 1}', "thing.json"),
        (b"\xff\xfe\x00", "picture.png"),
        (b'{"resourceType": "Bundle", "type": "history", "entry": []}', "history.json"),
        (b"{" * 100000, "deep.json"),
        (b"{}", ""),
    ],
)
def test_a_bad_file_is_one_sentence_and_leaves_nothing(assistant, body, name) -> None:
    answer = send(assistant, body, name)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert page.count('id="file-wrong"') == 1
    assert "Traceback" not in page
    assert db.session.query(Import).count() == 0
    assert db.session.query(Patient).count() == 0


def test_a_file_that_is_too_large(assistant, app) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert send(assistant, b" " * 2000).status_code == 413
    assert db.session.query(Import).count() == 0


def test_providers_do_not_import_and_practices_do_not_mix(client, practice, other_practice) -> None:
    log_in(client, practice.actor("provider"), practice)
    assert send(client, bundle(patient("Calloway"))).status_code == 403
    client.post("/logout")
    log_in(client, other_practice.actor("assistant"), other_practice)
    send(client, bundle(patient("Calloway")))
    client.post("/logout")
    log_in(client, practice.actor("assistant"), practice)
    assert 'id="import-' not in client.get("/house/imports").get_data(as_text=True)
