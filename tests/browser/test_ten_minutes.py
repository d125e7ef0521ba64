"""Ten minutes of a biller: twenty claims coded, checked and sent by keyboard alone.

``CABINET_FILM=DIR`` keeps what the screen showed, a picture a frame.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import undefer

from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.x12 import read_837p
from clinic.base import db
from clinic.models import VisitAct
from tests.billing.services.steps import another_patient
from tests.counts import count
from tests.fixtures.house import NOW
from tests.fixtures.people import make_visit
from tests.oracle import second_opinion

CLAIMS = count(6, 20)
LATE = date(2026, 1, 12)
"""A service day past the payer's ninety days: a warning that wants a reason."""
MOST_KEYS = 60
"""Keystrokes a claim may take, typed words included."""
MOUSE = """
window.name ||= "0";
for (const kind of ["mousedown", "touchstart", "wheel"])
  addEventListener(kind, () => { window.name = String(Number(window.name) + 1); }, true);
"""


class Hands:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, text: str) -> None:
        """As a hand types: what comes faster is taken for a scan."""
        self.page.keyboard.type(text, delay=60)
        self.keys += len(text)

    def tab_to(self, wanted: str) -> None:
        """Tab until the field of this id has the caret."""
        for _ in range(12):
            if self.page.evaluate("document.activeElement.id") == wanted:
                return
            self.press("Tab")
        raise AssertionError(f"{wanted} is more than twelve tabs away")


@contextmanager
def filmed(page: Page) -> Iterator[None]:
    """Keep the frames where someone wants to see them."""
    folder = os.environ.get("CABINET_FILM")
    if not folder:
        yield
        return
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    session = page.context.new_cdp_session(page)
    frames = 0

    def keep(frame: dict) -> None:
        nonlocal frames
        frames += 1
        (out / f"{frames:05d}.png").write_bytes(base64.b64decode(frame["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 2})
    yield
    session.send("Page.stopScreencast")


@contextmanager
def drawn_anew(page: Page) -> Iterator[None]:
    """What is done inside changes the claim: go on when the desk says so."""
    desk = page.locator("[data-desk]")
    before = desk.get_attribute("data-sequence")
    yield
    expect(desk).not_to_have_attribute("data-sequence", before)


@pytest.fixture
def morning(real, practice) -> None:
    """Twenty visits: plain ones, some with blood drawn, some found late in a drawer."""
    real.config["CABINET_CLOCK"] = lambda: NOW
    practice.row.steps = []
    for number in range(CLAIMS):
        patient = another_patient(practice, f"Calloway{chr(97 + number)}")
        visit = make_visit(practice, patient, LATE if number % 5 == 4 else date(2026, 5, 1 + number % 5))
        if number % 5 == 3:
            db.session.add(
                VisitAct(
                    practice_id=practice.row.id, visit_id=visit.id, system="cpt", code="36415", words="blood draw, vein"
                )
            )
    db.session.commit()


def code_one(page: Page, hands: Hands) -> None:
    """At the desk: the diagnosis, what each line is for, a reason where one is asked, done."""
    hands.press("d")
    expect(page.locator("#dx")).to_be_focused()
    hands.type("I10")
    with drawn_anew(page):
        hands.press("Enter")
    lines = page.locator(".lines tbody tr[data-line]").count()
    for line in range(1, lines + 1):
        hands.tab_to(f"line-{line}-pointers")
        hands.type("A")
        with drawn_anew(page):
            hands.press("Tab")
    hands.press("Escape")
    if page.locator(".finding[data-severity=warn]").count():
        hands.press("f")
        hands.tab_to(page.locator(".finding[data-severity=warn] input[name=text]").get_attribute("id"))
        hands.type("payer agreed, call 77")
        with drawn_anew(page):
            hands.press("Enter")
    here = page.url
    hands.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)


def test_twenty_claims_by_keyboard_alone(morning, practice, page, sign_in) -> None:
    page.add_init_script(MOUSE)
    address = sign_in(page, "biller")
    page.goto(f"{address}/claims/to-code")
    page.evaluate("window.name = '0'")  # the log-in was clicked
    hands = Hands(page)
    with filmed(page):
        hands.press("o")
        for number in range(CLAIMS):
            expect(page.locator("[data-desk]")).to_be_visible()
            code_one(page, hands)
            assert hands.keys <= MOST_KEYS * (number + 1)
        hands.press(page.locator('.rail a[href="/claims/ready"]').get_attribute("data-key"))
        page.wait_for_url("**/claims/ready*")
        hands.press("Control+Enter")
        page.wait_for_url("**/submissions/*")
    assert page.evaluate("window.name") == "0"

    db.session.rollback()
    db.session.expire_all()
    claims = db.session.query(ClaimRecord).all()
    assert [(claim.journey, claim.blocks, claim.warnings) for claim in claims] == [("sent", 0, 0)] * CLAIMS
    (submission,) = db.session.query(Submission).options(undefer(Submission.body))
    assert second_opinion.of_file(submission.body) == []
    read = read_837p(submission.body)
    assert (read.errors, len(read.claims), db.session.query(SubmittedClaim).count()) == ((), CLAIMS, CLAIMS)
