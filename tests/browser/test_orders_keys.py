"""An order by keyboard alone: from the patient's page to printed labels, the mouse in the drawer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from clinic.base import db
from lab.models import LabelPrint, LabOrder, Specimen
from tests.browser.everyone import serious
from tests.fixtures.people import make_patient
from tests.lab.ordering import make_laboratory

WIDTHS = (390, 1024, 1440)


@pytest.fixture
def at_the_patient(page, sign_in, practice):
    """``at_the_patient(language)``: a physician at a patient's page."""

    def open_page(language: str) -> Page:
        make_laboratory(practice)
        patient = make_patient(practice)
        practice.staff["provider"].locale = language
        address = sign_in(page, "provider")
        page.goto(f"{address}/patients/{patient.id}")
        return page

    return open_page


def choose(page: Page, text: str) -> None:
    """What is typed, and the first of what was found under it."""
    page.keyboard.type(text)
    expect(page.locator(".found .option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def fits(page: Page, where: str) -> None:
    """No width too wide; nothing serious for axe, asked once: the words of another language change none of it."""
    if page.locator("html").get_attribute("lang") == "en":
        assert serious(page) == [], where
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (where, width)
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_order_by_keyboard_alone(at_the_patient, language) -> None:
    page = at_the_patient(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.keyboard.press("l")
    expect(page.locator("#new-test")).to_be_focused()
    choose(page, "tsh")
    expect(page.locator(".lacks li")).not_to_have_count(0)
    page.keyboard.press("d")
    expect(page.locator("#add-diagnosis-text")).to_be_focused()
    choose(page, "E03.9")
    expect(page.locator("#diagnoses tbody tr")).to_have_count(1)
    page.keyboard.press("q")
    asked = page.locator("#order-details select:focus")
    expect(asked).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    answer = asked.input_value()
    assert answer
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notices .notice")).to_have_count(1)
    fits(page, "order")
    page.keyboard.press("s")
    page.wait_for_url("**/tubes")
    expect(page.locator(".tube-card")).to_have_count(1)
    expect(page.locator(".tube-card .cap")).to_have_attribute("data-cap", "gold")
    fits(page, "tube plan")
    page.keyboard.press("p")
    expect(page.locator("#job")).to_be_visible()
    fits(page, "labels on their way")
    with page.expect_download() as taken:
        page.keyboard.press("p")
    assert taken.value.suggested_filename.endswith(".pdf")
    db.session.rollback()
    order, row, printed = (db.session.query(model).one() for model in (LabOrder, Specimen, LabelPrint))
    assert (order.state, order.lines[0].state, list(order.lines[0].answers.values())) == ("signed", "active", [answer])
    assert (row.state, row.labeled, printed.state, printed.specimen_id) == ("labeled", True, "sent", row.id)


def test_a_test_that_lacks_its_answer_is_held_and_says_what_it_lacks(at_the_patient) -> None:
    page = at_the_patient("en")
    page.keyboard.press("l")
    expect(page.locator("#new-test")).to_be_focused()
    choose(page, "tsh")
    expect(page.locator(".lacks li")).not_to_have_count(0)
    page.keyboard.press("d")
    expect(page.locator("#add-diagnosis-text")).to_be_focused()
    choose(page, "E03.9")
    expect(page.locator("#diagnoses tbody tr")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.locator("#notices .notice")).to_have_count(1)
    expect(page.locator(".order-line")).to_have_attribute("data-state", "held")
    expect(page.locator(".lacks li")).to_have_count(1)
    expect(page.locator("#notices .notice")).to_have_attribute("data-severity", "warn")
    db.session.rollback()
    assert db.session.query(Specimen).count() == 0
