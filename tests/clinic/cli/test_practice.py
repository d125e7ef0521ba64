"""``flask practice found``: an administrator who can log in, and nothing where it is refused."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from clinic.base import db
from clinic.journal.seal import seal_acts
from clinic.journal.verify import verify
from clinic.models import Practice, Staff
from clinic.services.choose_practice import choose_practice
from clinic.services.found_practice import found_practice

WHO = ("--username", "Areyes", "--first", "Ada", "--last", "Reyes")


@pytest.fixture
def found(app):
    """The command, with arguments after its name."""

    def run(*arguments):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["practice", "found", *arguments])

    return run


def counts():
    return tuple(db.session.scalar(select(func.count()).select_from(model)) for model in (Practice, Staff))


def test_the_administrator_logs_in_and_holds_that_role_alone(found, client) -> None:
    result = found("Harbor Clinic", *WHO, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    member = db.session.scalars(select(Staff)).one()
    assert (
        (member.username, member.practice_id) == (said["username"], said["practice"]) == ("areyes", member.practice_id)
    )
    assert [role.name for role in member.roles] == ["administrator"]
    answer = client.post("/login", data={"username": "areyes", "password": said["pass_phrase"]})
    assert answer.status_code == 302
    assert client.get("/house/staff").status_code == 200


def test_the_phrase_is_said_once_and_kept_nowhere(found, app) -> None:
    first, second = found("One", *WHO), found("Two", "--username", "bea", "--first", "Bea", "--last", "Lind")
    phrases = {result.output.splitlines()[-1].rpartition(" ")[2] for result in (first, second)}
    assert len(phrases) == 2
    assert all(len(phrase.split("-")) == 4 for phrase in phrases)
    assert counts() == (2, 2)


def test_a_practice_made_by_an_import_is_taken_over(found, app) -> None:
    made = choose_practice().practice_id
    assert found("Harbor Clinic", *WHO).exit_code == 0
    assert counts() == (1, 1)
    assert db.session.get_one(Practice, made).name == "Harbor Clinic"
    seal_acts()
    assert [(each.rows, each.ok) for each in verify()] == [(2, True)]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("northlake family practice", WHO),
        (" ", WHO),
        ("Harbor", ("--username", "Northlake-Biller", *WHO[2:])),
        ("Harbor", ("--username", "two words", *WHO[2:])),
        ("Harbor", ("--username", "ada", "--first", " ", "--last", "Reyes")),
    ],
)
def test_what_is_taken_or_empty_is_refused(found, practice, name, who) -> None:
    before = counts()
    result = found(name, *who)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert counts() == before


def test_a_demo_is_not_joined(found, app) -> None:
    found_practice("Northlake", "priya", "Priya", "Nair", demo=True)
    assert found("Harbor", *WHO).exit_code == 2
    assert counts() == (1, 1)
