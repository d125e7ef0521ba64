"""``flask codes suggest``: what other programs may rely on."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import billing.cli.suggest  # noqa: F401  puts the command into the group
from clinic.cli.codes import group
from tests.fixtures.codes import lend_codes

KEYS = {"system", "code", "display", "start", "end", "text", "status", "score"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application with the commands and an instance folder, and nothing else."""
    lend_codes(tmp_path)
    app = Flask("codes")
    app.config["CABINET_INSTANCE"] = str(tmp_path)
    app.cli.add_command(group)
    return app


def run(app: Flask, *args: str, typed: bytes | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["codes", "suggest", *args], input=typed)


def refused(result: Result) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_a_file_and_standard_input(app: Flask, tmp_path: Path):
    path = tmp_path / "note.txt"
    path.write_text("Denies fever. Assessment: carpal tunnel syndrome.", encoding="utf-8")
    result = run(app, str(path), "-", "--json", typed="Asthme, pas de fièvre.".encode())
    assert result.exit_code == 0, result.output
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["file"], second["file"]) == (str(path), "-")
    assert [(each["code"], each["status"]) for each in first["suggestions"]] == [
        ("R50.9", "negated"),
        ("G56.00", "affirmed"),
    ]
    assert all(set(each) >= KEYS for each in first["suggestions"])
    assert [gap["code"] for gap in first["gaps"]] == ["G56.00"]
    assert [(each["text"], each["status"]) for each in second["suggestions"]] == [
        ("Asthme", "affirmed"),
        ("fièvre", "negated"),
    ]


def test_what_is_no_note_is_refused(app: Flask, tmp_path: Path):
    (tmp_path / "latin").write_bytes(b"fi\xe8vre")
    (tmp_path / "long").write_bytes(b"a " * 200_000)
    for name in ("latin", "long", "missing"):
        refused(run(app, str(tmp_path / name)))
