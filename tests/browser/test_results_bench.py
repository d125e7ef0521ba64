"""A result of the house from its kit to the provider's eyes: lot, controls, value, told because critical, reviewed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from clinic.base import db
from lab.models import ControlRun, KitLot, LabResult
from tests.browser.everyone import serious
from tests.lab.resulting import able, container, drawn

WIDTHS = (390, 1024, 1440)
LOT = "HG2604A"


@pytest.fixture
def provider(page, sign_in, practice):
    """``provider(language)``: a physician who runs the fingerstick test themselves, and the line to be resulted."""

    def start(language: str):
        able(practice, role="provider")
        line = drawn(practice)
        practice.staff["provider"].locale = language
        number = container(line).number
        return page, sign_in(page, "provider"), line, number

    return start


def fits(page: Page, where: str) -> None:
    if page.locator("html").get_attribute("lang") == "en":
        assert serious(page) == [], where
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (where, width)
    page.set_viewport_size({"width": 1440, "height": 900})


def scan(page: Page, text: str) -> None:
    """A scanner's burst into the screen's own field."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def pass_control(page: Page, level: str, value: str) -> None:
    page.locator("#level").select_option(level)
    page.locator("#value").fill(value)
    page.locator("#passed-yes").check()
    page.keyboard.press("Control+Enter")


@pytest.mark.parametrize(("language", "low"), [("en", "6.1"), ("fr", "6,1")])
def test_from_the_kit_to_the_review(provider, language, low) -> None:
    page, address, line, number = provider(language)
    page.goto(f"{address}/house/kits/new")
    page.locator("#test_key").select_option("hgb_poc")
    for field, text in (("kit", "Quick"), ("lot", LOT), ("expires_on", "2026-12-31")):
        page.locator(f"#{field}").fill(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    fits(page, "kits")

    page.goto(f"{address}/lab/results?part=enter")
    page.locator("#scan").focus()
    scan(page, number)
    expect(page.locator("#lot")).to_be_focused()
    scan(page, LOT)
    expect(page.locator(".notice[data-severity=block]")).to_have_count(1)
    expect(page.locator("#result-form [data-main]")).to_have_attribute("aria-disabled", "true")
    fits(page, "result held by its control")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(page.locator("#level")).to_be_focused()
    pass_control(page, "low", "8.1")
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    pass_control(page, "high", "16.2")

    expect(page.locator("#v-hemoglobin")).to_be_visible()
    expect(page.locator("#result-form [data-main]")).not_to_have_attribute("aria-disabled", "true")
    page.locator("#v-hemoglobin").fill(low)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tell")).to_be_visible()
    fits(page, "critical value")
    told = page.locator("#tell")
    told.locator('input[name="name"]').fill("Ruth Salonen")
    told.locator('input[name="read_back"]').check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tell")).to_have_count(0)
    page.goto(f"{address}/lab/results/review")
    fits(page, "results to review")
    page.keyboard.press("y")
    expect(page.locator(".empty")).to_be_visible()

    db.session.rollback()
    row = db.session.query(LabResult).one()
    assert [(each["value"], each["flag"]) for each in row.values] == [("6.1", "LL")]
    assert (row.line_id, row.critical, row.status) == (line.id, True, "final")
    assert row.told["name"] == "Ruth Salonen"
    assert row.reviewed_by is not None
    assert row.told_at is not None
    assert db.session.query(KitLot).one().id == row.kit_lot_id
    assert db.session.query(ControlRun).count() == 2
