"""The house in a real browser: no width too wide, nothing serious for axe, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from clinic.models import Charge, Printer
from tests.browser.everyone import in_turn, serious
from tests.counts import count

SCREENS = {
    "administrator": (
        "/house/practice",
        "/house/locations",
        "/house/locations/new",
        "/house/staff",
        "/house/staff/new",
        "/house/staff/2",
        "/house/providers",
        "/house/providers/new",
        "/house/printers/new",
        "/house/imports",
        "/house/codes?q=diabetes",
        "/house/journal",
        "/house/journal/reads",
        "/house/paper/blank",
    ),
    "manager": ("/house/payers", "/house/payers/1", "/house/charges", "/house/charges/1", "/house/charges?q=none"),
}
WIDTHS = (390, 1024, 1440)


@pytest.mark.parametrize("role", list(SCREENS))
@pytest.mark.parametrize(("turn", "theme", "language"), [(0, "light", "en"), (1, "dark", "fr")])
def test_every_screen_for_everyone_at_every_width(page, sign_in, role, turn, theme, language) -> None:
    page.emulate_media(color_scheme=theme)
    address = sign_in(page, role)
    page.goto(f"{address}/me")
    page.locator(f'#look button[value="{language}"]').click()
    page.wait_for_load_state()
    for path in in_turn(SCREENS[role], turn):
        assert page.goto(address + path).status == 200, path
        assert serious(page) == [], path
        for width in WIDTHS[: count(2, 3)]:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (path, width)


def test_a_charge_is_added_by_keyboard(page, sign_in, practice) -> None:
    address = sign_in(page, "manager")
    page.goto(f"{address}/house/charges")
    page.keyboard.press("a")
    page.wait_for_url(re.compile("/house/charges/new"))
    page.locator("#code").focus()
    page.keyboard.type("9921")
    page.keyboard.press("Tab")
    page.keyboard.type("visit, longer")
    page.keyboard.press("Tab")
    page.keyboard.type("180.00")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".wrongs")).to_be_focused()
    expect(page.locator("#code")).to_have_attribute("aria-invalid", "true")
    page.locator("#code").fill("99214")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{address}/house/charges")
    expect(page.get_by_role("link", name="99214")).to_be_visible()
    from clinic.base import db

    assert db.session.query(Charge).filter_by(code="99214").one().price_cents == 18000


def test_a_pass_phrase_is_shown_once(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/staff/2")
    page.locator('[data-key="p"]').click()
    expect(page.locator("#pass-phrase")).to_have_text(re.compile(r"(\w{5}-){3}\w{5}"))
    page.keyboard.press("b")
    page.wait_for_url(f"{address}/house/staff")


def test_a_printer_is_taken_away(page, sign_in, practice) -> None:
    from clinic.base import db

    printer = Printer(practice_id=practice.row.id, name="Old", offset_x=0, offset_y=0)
    db.session.add(printer)
    db.session.commit()
    address = sign_in(page, "manager")
    page.goto(f"{address}/house/printers/{printer.id}")
    page.keyboard.press("t")
    page.wait_for_url(f"{address}/house/printers")
    db.session.expire_all()
    assert db.session.query(Printer).count() == 0
