"""The shell in a real browser: nothing serious for axe, no width too wide, one keyboard for all of it."""

from __future__ import annotations

import re

import pytest
from flask import render_template
from playwright.sync_api import expect

from clinic.models import Staff
from clinic.policy import requires
from tests.browser.everyone import in_turn, serious
from tests.counts import count

SCREENS = ("/", "/me", "/change", "/house/policy", "/house/parts", "/house/edits", "/house/codes")
WIDTHS = ((390, 844), (1024, 768), (1440, 900), (1920, 1080))
LANGUAGES = ("en", "fr")
SCAN = """text => {
  for (const key of [...text, "Enter"]) {
    const at = document.activeElement;
    const taken = !at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    if (!taken && key !== "Enter" && at instanceof HTMLInputElement) at.value += key;
  }
}"""
"""What a scanner does: every character and Enter, faster than a hand."""


def too_wide(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_log_in_for_everyone(page, house, practice, theme) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"{house}/login")
    assert serious(page) == []
    expect(page.get_by_label("User name")).to_be_focused()


@pytest.mark.parametrize(("turn", "theme"), [(0, "light"), (1, "dark")])
def test_screens_for_everyone(page, sign_in, turn, theme) -> None:
    page.emulate_media(color_scheme=theme)
    address = sign_in(page, "administrator")
    for path in in_turn(SCREENS, turn):
        assert page.goto(address + path).status == 200, path
        assert serious(page) == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_is_wider_than_its_window(page, sign_in, practice, app, language) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/me")
    page.locator(f'#look button[value="{language}"]').click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == language
    for path in SCREENS:
        assert page.goto(address + path).status == 200, path
        for width, height in WIDTHS[: count(2, 4)]:
            page.set_viewport_size({"width": width, "height": height})
            assert too_wide(page) <= 0, (path, width)


def test_keys_reach_everything(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.keyboard.press("l")
    expect(page.locator("#last")).to_be_focused()
    page.keyboard.type("lll")
    expect(page.locator("#last")).to_have_value("lll")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#part-grid tbody a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#part-grid tbody a").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#part-grid tbody a").last).to_be_focused()
    page.keyboard.press("0")
    page.wait_for_url(f"{address}/")


def test_alt_is_the_same_key_inside_a_field(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.locator("#first").focus()
    page.keyboard.press("Alt+l")
    expect(page.locator("#last")).to_be_focused()


def test_ctrl_enter_sends_the_form_and_errors_are_listed_first(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.locator("#charge").fill("1,2,3")
    page.locator("#birth").fill("14 what")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".wrongs")).to_be_focused()
    expect(page.locator(".wrongs li")).to_have_count(3)
    expect(page.locator("#charge")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#charge")).to_have_value("1,2,3")
    page.locator('.wrongs a[href="#birth"]').click()
    expect(page.locator("#birth")).to_be_focused()
    assert serious(page) == []


def test_what_was_typed_is_there_when_one_comes_back(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.locator("#last").fill("Calloway")
    page.goto(f"{address}/me")
    page.go_back()
    expect(page.locator("#last")).to_have_value("Calloway")
    page.goto(f"{address}/house/parts")
    expect(page.locator("#last")).to_have_value("Calloway")
    page.locator("#notices button").click()
    expect(page.locator("#last")).to_have_value("")
    page.goto(f"{address}/house/parts")
    expect(page.locator("#last")).to_have_value("")


def test_logging_out_forgets_what_was_typed(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.locator("#last").fill("Calloway")
    page.locator("[popovertarget=menu]").click()
    page.get_by_role("button", name="Log out", exact=True).click()
    page.wait_for_url(re.compile("/login"))
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('keep:')).length") == 0


@pytest.fixture
def with_find(real):
    """A house with a find line, whoever answers it."""
    if not any(rule.rule == "/find" for rule in real.url_map.iter_rules()):

        @requires("find")
        def find() -> str:
            return render_template("me.html")

        real.add_url_rule("/find", "sample_find", find)


def test_a_scan_from_anywhere_lands_in_find(with_find, page, sign_in) -> None:
    address = sign_in(page, "biller")
    page.goto(f"{address}/me")
    page.evaluate(SCAN, "dC-0412")
    page.wait_for_url(f"{address}/find?q=dC-0412")
    assert page.locator("html").get_attribute("data-theme") is None, "the letter d of the scan was taken for a key"


def test_a_scan_into_another_field_leaves_it_as_it_was(with_find, page, sign_in) -> None:
    address = sign_in(page, "biller")
    page.goto(f"{address}/change")
    field = page.locator("form.pane input[type=password]").first
    field.fill("typed by hand")
    page.evaluate("addEventListener('submit', event => event.preventDefault(), { capture: true })")
    page.evaluate(SCAN, "C-0412")
    expect(field).to_have_value("typed by hand")
    expect(page.locator("#find")).to_have_value("C-0412")


def test_slash_goes_to_find_and_a_hand_is_no_scanner(with_find, page, sign_in) -> None:
    address = sign_in(page, "biller")
    page.goto(f"{address}/me")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("Calloway", delay=60)
    expect(page.locator("#find")).to_have_value("Calloway")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/find?q=Calloway")


def test_one_finding_lights_in_all_its_places(page, sign_in) -> None:
    address = sign_in(page, "administrator")
    page.goto(f"{address}/house/parts")
    page.locator("#f2 > .pin").focus()
    assert page.locator("[data-lit]").evaluate_all("all => all.map(node => node.dataset.pin)") == ["2"] * 3
    page.locator("#last").focus()
    expect(page.locator("[data-lit]")).to_have_count(0)


def test_theme_and_language_from_the_menu_come_back_to_the_page(page, sign_in, practice) -> None:
    address = sign_in(page, "biller")
    page.goto(f"{address}/house/policy")
    page.locator("[popovertarget=menu]").click()
    page.locator('#menu button[name=theme][value="dark"]').click()
    page.wait_for_url(re.compile("/house/policy"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(230, 237, 232)"


def test_reading_and_posting_work_without_scripts(browser, house, practice) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{house}/login")
    page.get_by_label("User name").fill(practice.username(practice.actor("biller")))
    page.get_by_label("Password").fill("a long enough pass phrase")
    page.locator("form [data-main]").click()
    page.goto(f"{house}/me")
    page.locator('#look button[value="dark"]').click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_every_target_is_large_enough_for_a_finger(browser, house, practice) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{house}/login")
    page.get_by_label("User name").fill(practice.username(practice.actor("administrator")))
    page.get_by_label("Password").fill("a long enough pass phrase")
    page.locator("form [data-main]").click()
    for path in ("/", "/me", "/house/parts"):
        page.goto(house + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, textarea, .button, .rail a, .tabs a")]
                 .filter(node => node.getClientRects().length && !node.matches("[type=checkbox], .link"))
                 .filter(node => node.getBoundingClientRect().height < 36).map(node => node.outerHTML.slice(0, 90))"""
        )
        assert small == [], path
    context.close()


def test_password_is_changed_by_its_form(page, sign_in, app, practice) -> None:
    address = sign_in(page, "biller")
    page.goto(f"{address}/change")
    page.get_by_label("Password now").fill("a long enough pass phrase")
    page.get_by_label("New password", exact=True).fill("another long pass phrase")
    page.get_by_label("New password again").fill("another long pass phrase")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{address}/me")
    expect(page.locator("#notices .notice")).to_have_count(1)
    from clinic.base import db

    db.session.expire_all()
    assert db.session.get(Staff, practice.staff["biller"].id).password.endswith("another long pass phrase")
