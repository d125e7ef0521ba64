"""Questions by keyboard: asked at the desk, answered one after the other, taken over; the level of a visit."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from billing.services.answer_question import Given, answer_question
from billing.services.claim_value import coding_of
from billing.services.question_facts import question_of
from clinic.base import db
from tests.billing.services.questions import asked, claim, row
from tests.billing.services.steps import coded_claim
from tests.browser.everyone import in_turn, serious
from tests.counts import count


def log_out(page, house) -> None:
    page.goto(house)
    page.locator("[popovertarget=menu]").click()
    page.locator("form[action='/logout'] button").click()
    page.wait_for_url("**/login*")


def test_a_question_is_asked_answered_and_taken_by_keyboard(page, sign_in, practice, house) -> None:
    claim_id = coded_claim(practice)
    sign_in(page, "biller")
    page.goto(f"{house}/claims/{claim_id}/code")
    expect(page.locator("#ask")).to_be_attached()
    page.keyboard.press("q")
    expect(page.locator("#ask-text")).to_be_focused()
    page.keyboard.type("What kind of hypertension is it?", delay=60)  # a hand, not a scanner
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("I10", delay=60)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("I11.9 Hypertensive heart disease\nI16.0 Hypertensive urgency")  # a hand, not a scanner
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#questions li[data-state=open]")).to_have_count(1)
    log_out(page, house)

    sign_in(page, "provider")
    page.goto(f"{house}/questions")
    page.keyboard.press("1")
    expect(page.locator("input[name=answer][value='1']")).to_be_checked()
    page.keyboard.press("2")
    expect(page.locator("input[name=answer][value='2']")).to_be_checked()
    expect(page.locator(".choices [data-key='7']")).to_be_attached()  # no choice has it: the rail does not get it
    page.keyboard.press("1")
    expect(page.locator("input[name=answer][value='1']")).to_be_checked()
    page.keyboard.press("w")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("the left ventricle is thick", delay=60)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".empty").first).to_be_visible()
    log_out(page, house)

    sign_in(page, "biller")
    page.goto(f"{house}/questions/answers")
    page.keyboard.press("o")
    page.wait_for_url("**/code*")
    expect(page.locator("#questions [data-key=t]")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#dx-rows tr[data-position='1'] code")).to_have_text("I11.9")
    assert claim(claim_id).open_questions == 0
    note = page.locator(".note-text").nth(1)
    expect(note).to_contain_text("the left ventricle is thick")


def test_many_are_answered_in_a_row(page, sign_in, practice, house) -> None:
    ids = [asked(practice, coded_claim(practice, f"Aarons{number}")) for number in range(6)]
    sign_in(page, "provider")
    page.goto(f"{house}/questions")
    for number, question_id in enumerate(ids):
        expect(page.locator(f"form[action='/questions/{question_id}/answer']")).to_be_visible()
        if not number:
            expect(page.locator("#rests")).to_be_in_viewport()
        key = ("1", "2", "x")[number % 3]
        page.keyboard.press(key)
        expect(page.locator("input[name=answer]:checked")).to_have_attribute("data-key", key)
        page.keyboard.press("Control+Enter" if number % 2 else "a")
        page.wait_for_url(lambda url, here=question_id: f"at={here}" not in url and url.rstrip("/") != house)
    expect(page.locator(".question .empty")).to_be_visible()
    db.session.commit()
    found = [question_of(row(each)).answer for each in ids]
    assert [(each.said, each.note_id is not None) for each in found] == [
        ("choice", False), ("choice", True), ("cannot", False), ("choice", True), ("choice", False), ("cannot", False),
    ]  # fmt: skip


def test_a_level_is_found_and_billed_by_keyboard(page, sign_in, practice, house) -> None:
    from clinic.models import Charge

    db.session.add(
        Charge(practice_id=practice.row.id, system="cpt", code="99214", words="longer visit", price_cents=17000)
    )
    db.session.commit()
    claim_id = coded_claim(practice)
    sign_in(page, "biller")
    page.goto(f"{house}/claims/{claim_id}/code")
    page.keyboard.press("e")
    expect(page.locator("#level-patient")).to_be_focused()
    page.keyboard.type("est", delay=60)
    page.keyboard.press("Tab")
    page.keyboard.type("31", delay=60)
    page.keyboard.press("Enter")
    expect(page.locator(".level-found code").first).to_have_text("99214")
    expect(page.locator(".level-found button").first).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#form-line-1")).to_be_attached()
    expect(page.locator("tr[data-line='1'] td.code code")).to_have_text("99214")
    assert [line.code.value for line in coding_of(claim(claim_id)).lines] == ["99214"]


@pytest.mark.parametrize(("turn", "theme"), [(0, "light"), (1, "dark")])
def test_questions_for_everyone(page, sign_in, practice, house, turn, theme) -> None:
    page.emulate_media(color_scheme=theme)
    claims = [coded_claim(practice, last) for last in ("Aarons", "Bell")]
    first, _second = (asked(practice, each) for each in claims)
    answer_question(practice.actor("provider"), first, Given(said="choice", choice=1, words="for years"))
    for role, paths in (
        ("provider", ("/questions", f"/claims/{claims[0]}")),
        ("biller", ("/questions/answers", f"/claims/{claims[0]}/code?open=level")),
    ):
        sign_in(page, role)
        for path in in_turn(paths, turn):
            assert page.goto(house + path).status == 200, path
            page.wait_for_load_state("networkidle")
            assert serious(page) == [], path
            for width, height in ((390, 844), (1024, 768), (1440, 900))[: count(1, 3)]:
                page.set_viewport_size({"width": width, "height": height})
                wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(wide) <= 0, (path, width)
            page.set_viewport_size({"width": 1440, "height": 900})
        log_out(page, house)
