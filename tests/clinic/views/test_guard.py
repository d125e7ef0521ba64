"""The door: default deny, one right a route."""

import pytest
from flask import Flask

from app import create_app
from clinic import policy
from tests.fixtures.house import log_in


def test_every_route_has_a_row(app: Flask) -> None:
    policy.check_routes(app)
    app.view_functions["stray"] = lambda: "x"
    app.url_map.add(app.url_rule_class("/stray", endpoint="stray"))
    with pytest.raises(RuntimeError, match="stray"):
        policy.check_routes(app)


def test_nobody_is_sent_to_log_in(client) -> None:
    answer = client.get("/change")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login")


def test_log_in_and_out(client, practice) -> None:
    log_in(client, practice.actor("biller"), practice)
    assert client.get("/change").status_code == 200
    client.post("/logout")
    assert client.get("/change").status_code == 302


def test_wrong_password_is_told_nothing(client, practice) -> None:
    answer = client.post("/login", data={"username": "northlake-biller", "password": "wrong"})
    assert answer.status_code == 200
    unknown = client.post("/login", data={"username": "nobody-here", "password": "wrong"})
    assert answer.status_code == unknown.status_code


def test_two_apps_share_nothing(tmp_path) -> None:
    one = create_app(tmp_path / "one", TESTING=True)
    two = create_app(tmp_path / "two", TESTING=True)
    assert one.config["SECRET_KEY"] != two.config["SECRET_KEY"]
