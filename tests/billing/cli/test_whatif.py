"""``flask claim whatif``: files judged by other releases; what is asked wrongly is refused in one line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from billing.domain.canonical import to_json
from clinic.codes.kind import Wish
from clinic.codes.loading import load
from clinic.services.library import library
from tests.billing.services.whatif.test_run import both
from tests.clinic.codes.rules.test_kinds import PTP
from tests.fixtures.codes import lend_codes
from tests.fixtures.words import lend_words


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    lend_codes(instance)
    lend_words(instance)
    found = create_app(instance, TESTING=True)
    pairs = f"{PTP.rstrip()}\r\n99213\t93000\t\t20270101\t*\t0\tMore extensive procedure\r\n"
    path = instance / "ccipra-f1.TXT"
    with found.app_context():
        for name, text in (("2026-04", PTP), ("2027-01", pairs)):
            path.write_bytes(text.encode("cp1252"))
            load(library(), "ncci-ptp", [path], Wish(name, date.fromisoformat(f"{name}-01")))
    return found


@pytest.fixture
def flask(app, tmp_path: Path):
    """Runs a command: exit code, standard output, standard error."""
    claims = tmp_path / "claims.ndjson"
    claims.write_bytes(to_json(both()))

    def run(*words: Any) -> tuple[int, str, str]:
        done = app.test_cli_runner().invoke(args=["claim", "whatif", *map(str, words)])
        return done.exit_code, done.stdout, done.stderr

    return lambda *words: run(claims, *words)


def test_what_moved_is_told_and_summed_up(flask, tmp_path) -> None:
    out, numbers = tmp_path / "out", tmp_path / "numbers"
    code, said, summary = flask("--release", "ncci-ptp=2027-01", "--json", "--out", out, "--summary", numbers)
    assert (code, said) == (0, "")
    assert "0 claims would now be stopped" in summary
    found = [json.loads(row) for row in out.read_text().splitlines()]
    assert {(each["difference"], each["code"], each["about"]) for each in found if each["code"][:3] == "NCC"} == {
        ("new", "NCC-01", "93000")
    }
    assert json.loads(numbers.read_text())["denied"] == 1


def test_without_a_release_the_newest_of_each_is_taken(flask) -> None:
    code, said, summary = flask("--csv")
    assert code == 0
    assert said.startswith("difference,")
    assert "ncci-ptp 2027-01" in summary


@pytest.mark.parametrize(
    "words",
    [("--release", "ncci-ptp"), ("--release", "a=1", "--release", "a=2"), ("--release", "ncci-ptp=2030-01")],
)
def test_what_cannot_be_is_refused_in_one_line(flask, words) -> None:
    code, said, why = flask(*words)
    assert (code, said, why.count("\n")) == (2, "", 1)
