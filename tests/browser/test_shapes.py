"""A claim is split, takes a visit on and is withdrawn at the desk, by keyboard alone."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from billing.models import ClaimRecord
from billing.services.claim_value import coding_of
from clinic.base import db
from tests.billing.services.shaping import add_line
from tests.billing.services.steps import coded_claim
from tests.browser.test_house import WIDTHS, serious
from tests.fixtures.people import make_patient, make_visit


def test_shapes_of_a_claim_by_keyboard(page, sign_in, practice) -> None:
    claim_id = coded_claim(practice)
    add_line(practice, claim_id)
    record = db.session.get_one(ClaimRecord, claim_id)
    later = make_visit(practice, record.patient, date(2026, 5, 6))
    address = sign_in(page, "biller")
    page.goto(f"{address}/claims/{claim_id}/code")

    page.keyboard.press("s")
    expect(page.locator("#divide-1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#divide-2")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".lines tbody tr")).to_have_count(1)
    assert db.session.query(ClaimRecord).count() == 2

    page.keyboard.press("j")
    expect(page.locator("#visits-found td a").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".lines tbody tr")).to_have_count(2)
    db.session.rollback()
    assert [line.service.start for line in coding_of(db.session.get_one(ClaimRecord, claim_id)).lines][-1] == later.on

    for key in ("p", "s", "j", "w"):
        page.keyboard.press(key)
        expect(page.locator(f'summary[data-key="{key}"] ~ *')).to_be_visible()
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    assert serious(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, width

    page.locator("#withdraw-reason").fill("opened by mistake")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"/claims/{claim_id}/" not in url)
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(ClaimRecord, claim_id).journey == "withdrawn"


def test_a_claim_without_a_visit_by_keyboard(page, sign_in, practice) -> None:
    make_patient(practice)
    address = sign_in(page, "biller")
    page.goto(f"{address}/claims/to-code")
    page.keyboard.press("c")
    expect(page.locator("#wanted")).to_be_focused()
    page.locator("#wanted:focus").fill("callo")
    page.keyboard.press("Enter")
    expect(page.locator("table a.button")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/claims/without-visit/[0-9]+"))
    page.keyboard.press("d")
    page.locator("#on:focus").fill("2026-05-05")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/claims/[0-9]+/code"))
    assert serious(page) == []
    assert db.session.query(ClaimRecord).one().service_on == date(2026, 5, 5)
