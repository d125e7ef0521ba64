"""The dental side by keyboard in a real browser: a biopsy from order to label, a case from new to seated."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from clinic.base import db
from lab.models import BiopsyRecord, DentalCase, LabelPrint, Specimen
from lab.services.specimens import container_of
from tests.fixtures.people import make_patient
from tests.lab.boxes import make_laboratory
from tests.lab.dental_things import make_dental_laboratory
from tests.lab.ordering import order_tests

WIDTHS = (390, 1024, 1440)


def read_again() -> None:
    db.session.rollback()
    db.session.expire_all()


def faults(page) -> list[str]:
    """What axe finds at a desk, and where the page is wider than the screen."""
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_biopsy_from_order_to_label(page, sign_in, practice, scheme) -> None:
    order = order_tests(practice, make_patient(practice), ("oral_dif", make_laboratory(practice)), diagnosis="K13.0")
    page.emulate_media(color_scheme=scheme)
    address = sign_in(page, "provider")
    page.goto(f"{address}/lab/orders/{order.id}")
    page.keyboard.press("m")
    page.wait_for_url("**/lab/biopsies/*")
    page.keyboard.press("s")
    expect(page.locator("#site")).to_be_focused()
    page.keyboard.type("Cheek mucosa, l")
    expect(page.locator("#site")).to_have_value("buccal_left")
    expect(page.locator("svg.mouth [data-marked]")).to_have_attribute("data-site", "buccal_left")
    page.locator('svg.mouth [data-site="tongue_tip"]').click()
    expect(page.locator("#site")).to_have_value("tongue_tip")
    page.keyboard.press("Alt+i")
    page.keyboard.type("lichen planus")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#images")).to_be_visible()
    expect(page.locator("#image")).to_be_visible()  # the site is kept: images may follow
    assert faults(page) == []
    page.keyboard.press("o")
    page.wait_for_url("**/lab/orders/*")
    page.locator("#answer_clinical_history").fill("white lines")
    page.locator("#answer_images").select_option("no")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.keyboard.press("s")
    page.wait_for_url("**/tubes")
    page.keyboard.press("p")
    page.wait_for_url("**/lab/labels/jobs/*")
    read_again()
    assert {row.site for row in db.session.scalars(select(BiopsyRecord))} == {"tongue_tip"}
    rows = db.session.scalars(select(Specimen).where(Specimen.state != "missed")).all()
    assert {row.holder for row in rows} == {"formalin_bottle", "michel_vial"}
    assert {container_of(row).site for row in rows} == {"Tongue, tip"}
    assert {row.snapshot["label"]["site"] for row in db.session.scalars(select(LabelPrint))} == {"Tongue, tip"}
    page.goto(f"{address}/lab/containers/{rows[0].number}")
    assert faults(page) == []


def test_a_case_from_new_to_seated(page, sign_in, practice) -> None:
    make_dental_laboratory(practice)
    patient = make_patient(practice)
    address = sign_in(page, "assistant")
    page.goto(f"{address}/patients/{patient.id}")
    page.keyboard.press("d")
    page.wait_for_url("**/lab/cases/new/*")
    expect(page.locator("#jaw")).to_be_disabled()
    page.locator("#kind-of-work").select_option("denture")
    expect(page.locator("#teeth")).to_be_disabled()
    page.locator("#kind-of-work").select_option("bridge")
    page.keyboard.press("Alt+t")
    page.keyboard.type("3-5")
    page.locator("#shade").fill("A2")
    assert faults(page) == []
    page.locator("#seat_on").fill("2099-05-22")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/lab/cases/D000001")
    assert faults(page) == []
    for key, act in (
        ("d", "send"),
        ("s", "back"),
        ("i", "try"),
        ("t", "disinfect"),
        ("d", "send"),
        ("s", "back"),
        ("b", "seat"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#act-{act}")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("#act-seat")).to_have_count(0)
    read_again()
    row = db.session.scalars(select(DentalCase)).one()
    assert (row.state, row.sequence) == ("seated", 9)
    page.goto(f"{address}/lab/cases?show=done")
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    assert faults(page) == []
