"""``flask claim`` with dental claims: checked, and written from any form to any other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from app import create_app
from billing.domain.canonical import from_json, to_json
from billing.edits.example import claim_with
from billing.edits.exampledental import dental_claim_with, dental_line, on
from billing.fhir.claim import to_fhir
from billing.x12 import read_837, read_837d
from clinic.fhir.json import dumps
from tests.billing.x12.dental_files import ASKED, SIMPLE, WHOLE, written
from tests.fixtures.codes import lend_codes
from tests.fixtures.words import lend_words
from tests.strategies.dental import ASKED as DAY


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    lend_codes(instance)
    lend_words(instance)
    return create_app(instance, TESTING=True)


@pytest.fixture
def flask(app):
    """Runs a command: exit code, standard output, standard error."""

    def run(*words: Any) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(args=["claim", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def _file(folder, form, *claims):
    path = folder / f"claims.{form}"
    match form:
        case "837d":
            path.write_bytes(written(*claims))
        case "fhir":
            path.write_bytes(b"".join(dumps(to_fhir(claim, created=DAY)) + b"\n" for claim in claims))
        case _:
            path.write_bytes(b"\n".join(map(to_json, claims)))
    return path


@pytest.mark.parametrize("target", ["837d", "fhir", "json"])
@pytest.mark.parametrize("form", ["837d", "fhir", "json"])
def test_any_form_is_written_in_any_other(flask, tmp_path, form, target):
    source, out, back = _file(tmp_path, form, SIMPLE, WHOLE), tmp_path / "out", tmp_path / "back"
    assert flask("write", source, "--to", target, "--out", out)[0] == 0
    assert flask("write", out, "--to", "json", "--out", back)[0] == 0
    assert [from_json(each) for each in back.read_bytes().splitlines()] == [SIMPLE, WHOLE]


def test_a_predetermination_is_read_as_one(flask, tmp_path):
    source, out = _file(tmp_path, "837d", ASKED), tmp_path / "out"
    assert flask("write", source, "--to", "json", "--out", out)[0] == 0
    assert from_json(out.read_bytes()) == ASKED
    assert flask("write", source, "--to", "837d", "--out", out)[0] == 0
    assert read_837d(out.read_bytes()).claims == (ASKED,)


@pytest.mark.parametrize("target", ["837p", "cms1500"])
def test_a_dental_claim_is_not_written_in_a_form_of_another_kind(flask, tmp_path, target):
    out = tmp_path / "out"
    assert flask("write", _file(tmp_path, "json", SIMPLE), "--to", target, "--out", out)[0] == 2
    assert not out.exists()
    assert flask("write", _file(tmp_path, "json", claim_with()), "--to", "837d", "--out", out)[0] == 2


@pytest.mark.parametrize("form", ["837d", "fhir", "json"])
def test_dental_claims_are_checked(flask, tmp_path, form):
    bad = dental_claim_with(number="BAD", acts=(dental_line(teeth=on("33:MO")),))
    file = _file(tmp_path, form, dental_claim_with(), bad)
    code, found, _ = flask("check", file, "--json", "--on", "2026-03-09")
    told = [json.loads(each) for each in found.splitlines()]
    assert code == 1
    assert [(each["claim"], each["code"], each["line"], each["box"], each["element"]) for each in told] == [
        ("BAD", "DEN-01", 1, "27", "TOO02")
    ]


def test_faults_of_an_837d_are_findings_at_their_place(flask, tmp_path):
    file = tmp_path / "claims.edi"
    file.write_bytes(written(SIMPLE).replace(b"AD:D2392", b"HC:D2392"))
    code, found, _ = flask("check", file, "--json")
    told = [json.loads(each) for each in found.splitlines()]
    assert code == 1
    assert ("SYN-IK403-7", "2400", "SV3", "SV301-1") in {
        (each["code"], each["loop"], each["segment"], each["element"]) for each in told
    }


@pytest.mark.shared
def test_the_public_samples_are_checked(flask, shared_dir):
    for file in sorted((shared_dir / "x12" / "837d").glob("*.edi")):
        code, found, _ = flask("check", file, "--json")
        assert code in (0, 1)
        assert not any(json.loads(each)["code"].startswith(("SYN", "ENV")) for each in found.splitlines())


@pytest.mark.shared
def test_the_public_samples_are_read_whole(shared_dir):
    files = sorted((shared_dir / "x12" / "837d").glob("*.edi"))
    assert len(files) >= 4
    left = []
    for file in files:
        reading = read_837(file.read_bytes())
        assert reading.ok
        assert len(reading.claims) == 1
        left += [each.text for each in reading.unmapped]
    # The number of a clearinghouse is the only thing a claim does not hold.
    assert left == ["REF*D9*17312345600006351"]
