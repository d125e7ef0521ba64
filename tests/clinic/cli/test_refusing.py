"""A command that refuses: one line in the language of the terminal, exit code 2; so on a database never set up."""

from __future__ import annotations

import pytest
import sqlalchemy
from flask_babel import refresh

from clinic.base import db
from clinic.cli.refusing import not_set_up, said, up_to_date
from clinic.domain.refusal import Refused
from clinic.domain.terminal import language_of

KNOWN = ("en", "fr")
TERMINAL = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("set_up", "language"),
    [
        ({}, None),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": ""}, "fr"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANGUAGE": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, None),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, None),
        ({"LANG": "french"}, None),
    ],
)
def test_the_terminals_language(set_up, language) -> None:
    assert language_of(set_up, KNOWN) == language


@pytest.fixture
def run(app, monkeypatch):
    """A command typed at a terminal of some language."""

    def typed(*words, **terminal):
        for name in TERMINAL:
            monkeypatch.delenv(name, raising=False)
        for name, value in terminal.items():
            monkeypatch.setenv(name, value)
        db.session.commit()
        refresh()  # the test's own context has looked at the terminal before
        return app.test_cli_runner().invoke(args=list(words))

    return typed


COMMANDS = (
    ("charges", "load", "/nowhere/charges.csv"),
    ("claim", "check", "/nowhere/claims.edi"),
    ("claim", "write", "/nowhere/claims.edi", "--to", "json", "--out", "/nowhere/out"),
    ("codes", "load", "nothing"),
    ("edi", "read", "/nowhere/claims.edi"),
    ("fhir", "import", "/nowhere/records"),
    ("fhir", "export", "--out", "/proc/nowhere"),
    ("journal", "verify", "--head", "/nowhere/heads.json"),
    ("practice", "found", "", "--username", "a b", "--first", "A", "--last", "B"),
    ("lab", "catalogue", "load", "/nowhere/tests.csv", "--reason", "x"),
    ("lab", "plan", "nothing"),
    ("lab", "replay", "/nowhere/morning.json"),
    ("lab", "results", "/nowhere/results.hl7"),
    ("lab", "due", "--practice", "Nobody"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_group_refuses_in_the_language_of_the_terminal(run, words) -> None:
    english, french = run(*words), run(*words, LANG="fr_FR.UTF-8")
    for told in (english, french):
        assert (told.exit_code, told.stdout) == (2, "")
        assert len(told.stderr.splitlines()) == 1
    assert english.stderr != french.stderr


def test_where_stays_as_it_was_typed(run) -> None:
    assert "/nowhere/charges.csv: " in run("charges", "load", "/nowhere/charges.csv", LC_ALL="fr_CA.UTF-8").stderr


def test_all_that_is_wrong_with_a_file_is_said_line_by_line(run, practice, tmp_path) -> None:
    file = tmp_path / "charges.csv"
    file.write_text("code,words,price\n99213,,1.00\n99214,visit,cheap\n", encoding="utf-8")
    told = run("charges", "load", str(file), LANGUAGE="fr")
    assert told.exit_code == 2
    assert [
        f"{file}, line {number}" in line for number, line in zip((2, 3), told.stderr.splitlines(), strict=True)
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("lab", "plan", "tsh"),
        ("lab", "due"),
        ("lab", "catalogue", "export"),
        ("journal", "verify"),
        ("journal", "seal"),
        ("fhir", "export", "--out", "/nowhere/out"),
        ("practice", "found", "One", "--username", "ada", "--first", "Ada", "--last", "Reyes"),
    ],
    ids=" ".join,
)
def test_a_database_never_set_up_is_one_sentence(app, run, words) -> None:
    assert up_to_date()
    db.session.remove()
    with db.engine.begin() as connection:
        for name in ("practice", "alembic_version"):
            again = "CASCADE" if connection.dialect.name == "postgresql" else ""
            connection.execute(sqlalchemy.text(f"DROP TABLE {name} {again}"))
    told = run(*words)
    assert told.exit_code == 2
    assert said(not_set_up()) in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_fault_of_the_database_itself_is_none_of_the_typists(run, monkeypatch) -> None:
    def broken(name=None) -> None:
        raise sqlalchemy.exc.OperationalError("SELECT 1", {}, Exception("disk full"))

    monkeypatch.setattr("clinic.services.choose_practice.choose_practice", broken)
    told = run("lab", "due")
    assert isinstance(told.exception, sqlalchemy.exc.OperationalError)


def test_a_refusal_fills_in_what_it_names(app) -> None:
    refused = Refused("%(count)s of %(most)s.", where="x.csv, line 3", remedy="Take %(most)s.", count=3, most=2)
    assert said(refused) == "x.csv, line 3: 3 of 2. Take 2."
