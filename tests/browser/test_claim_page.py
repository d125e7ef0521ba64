"""A claim's page in a real browser: nothing too wide, nothing serious for axe, through its findings by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from billing.coding.changes import SetLine
from billing.services.change_claim import change_claim
from billing.services.send_claims import send_claims
from tests.billing.services.steps import coded_claim, ready_claim
from tests.counts import count

WIDTHS = (390, 1024, 1440)


@pytest.fixture
def paths(practice) -> list[str]:
    """A claim in coding with findings, one that left, and versions of both."""
    biller = practice.actor("biller")
    coding, sent = coded_claim(practice, "Osei"), ready_claim(practice)
    change_claim(biller, coding, SetLine("1", "pointers", []))
    change_claim(biller, coding, SetLine("1", "charge", {"cents": 0, "currency": "USD"}))
    send_claims(biller, [sent])
    return [f"/claims/{coding}", f"/claims/{sent}", f"/claims/{coding}/versions?a=1&b=now", f"/claims/{sent}/versions"]


def serious(page) -> list[str]:
    """What axe calls serious or critical."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "fr")])
def test_at_every_width(page, sign_in, paths, theme, language) -> None:
    page.emulate_media(color_scheme=theme)
    address = sign_in(page, "biller")
    page.goto(f"{address}/me")
    page.locator(f'#look button[value="{language}"]').click()
    page.wait_for_load_state()
    for path in paths:
        assert page.goto(address + path).status == 200, path
        assert serious(page) == [], path
        for width in WIDTHS[: count(2, 3)]:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (path, width)


def test_through_the_findings_by_keyboard(page, sign_in, paths) -> None:
    address = sign_in(page, "biller")
    page.goto(address + paths[0])
    findings = page.locator("#findings > .finding")
    codes = [finding.locator(".id").inner_text() for finding in findings.all()]
    assert len(codes) > 1
    place = codes.index("PTR-01")
    for _step in range(place + 1):
        page.keyboard.press("j")
    expect(findings.nth(place)).to_have_attribute("aria-current", "true")
    number = place + 1
    lit = page.locator(f'.page .pin[data-pin="{number}"][data-lit], tr[data-pins~="{number}"][data-lit]')
    expect(lit).to_have_count(2)
    for _step in range(place + 1):
        page.keyboard.press("k")
    expect(findings.nth(len(codes) - 1)).to_have_attribute("aria-current", "true")
    # a letter close behind another is part of a scan (static/js/keys.js)
    page.wait_for_function("until => performance.now() > until", arg=page.evaluate("performance.now() + 60"))
    page.keyboard.press("v")
    page.wait_for_url("**/versions")
