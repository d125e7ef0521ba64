"""What browser tests may ask for: a served house, a page that forgives nothing, the way in."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import pytest

from clinic.base import db
from tests.browser.serving import CHROMIUM, LAUNCH, enter, served
from tests.fixtures.house import PLAIN
from tests.fixtures.lending import lent
from tests.fixtures.people import PASSWORD

HERE = Path(__file__).parent
FORGIVEN = re.compile(r"Failed to load resource: the server responded with a status of 4(03|04|09|22)")
"""What Chromium says of an answer that the test itself asked for."""


def pytest_collection_modifyitems(items):
    """Every test of this folder drives the browser; without it they are skipped by name, under CI=true that fails."""
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.browser)
    if Path(CHROMIUM).exists():
        return
    if mine and os.environ.get("CI") == "true":
        raise pytest.UsageError("no chromium: apt-get install chromium")
    for item in mine:
        item.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's chromium."""
    return LAUNCH


@pytest.fixture(scope="session")
def browser_context_args():
    """A desk of 1440 by 900, English, by day."""
    return {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", "color_scheme": "light"}


@pytest.fixture
def real(app, database, home, tmp_path):
    """The application as it is really served: tokens checked, faults answered. Rows come from other fixtures."""
    with lent("as it is served", home, tmp_path / "instance", database, **PLAIN) as made:
        yield made


@pytest.fixture
def house(real):
    """The address of the served house."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with served(real) as address:
        yield address


@pytest.fixture
def page(page):
    """A page on which any console error, script error or broken content policy fails the test."""
    page.set_default_timeout(8000)
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    press = page.keyboard.press

    def press_when_loaded(key, **how):
        """A person presses keys on a page that stands; a driver would while its scripts are still on their way."""
        page.wait_for_load_state()
        press(key, **how)

    page.keyboard.press = press_when_loaded
    yield page
    assert [text for text in heard if not FORGIVEN.match(text)] == []


@pytest.fixture
def sign_in(house, practice):
    """``sign_in(page, "biller")``: log the person of this role in; answers with the address of the house."""

    def enter_as(page, role):
        db.session.commit()
        enter(page, house, practice.username(practice.actor(role)), PASSWORD)
        return house

    return enter_as
