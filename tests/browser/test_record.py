"""The record by keyboard, in a real browser: a patient entered, a policy added, a visit with a coded problem."""

import contextlib
import re

from playwright.sync_api import TimeoutError as TooLate

from clinic.base import db
from clinic.models import Coverage, Patient, Problem, Visit, VisitAct
from tests.fixtures.people import make_patient, make_visit


def test_a_code_is_chosen_by_arrows(page, sign_in, practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    house = sign_in(page, "provider")
    page.goto(f"{house}/visits/{visit.id}")
    page.keyboard.press("p")
    page.locator("#add-problem-text:focus").fill("essential hypertension")
    page.locator('#problems-found .option[value="I10"]').wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("#problems-found .option").first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.locator("#problems td", has_text="Essential (primary) hypertension").wait_for()
    page.keyboard.press("d")
    page.locator("#add-act-text:focus").fill("looked at the knee")
    page.keyboard.press("Enter")
    page.locator("#acts td", has_text="looked at the knee").wait_for()
    db.session.rollback()
    assert db.session.query(Problem).one().code == "I10"
    assert [row.words for row in db.session.query(VisitAct)] == ["visit, known patient", "looked at the knee"]


def test_from_a_name_to_a_policy_and_a_visit(page, sign_in, practice) -> None:
    house = sign_in(page, "assistant")
    page.goto(f"{house}/patients")
    page.keyboard.press("e")
    page.get_by_label("Last name").fill("Moreau")
    page.get_by_label("First name").fill("Théa")
    page.get_by_label("Born").fill("2/3/1970")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/patients/\d+$"))
    page.keyboard.press("a")
    page.wait_for_url(re.compile(r"/coverages/new$"))
    assert not page.locator("#subscriber_last").is_visible()
    page.get_by_label("The patient is").select_option("19")
    assert page.locator("#subscriber_last").is_visible()
    page.get_by_label("The patient is").select_option("18")
    page.get_by_label("Payer", exact=True).select_option(str(practice.payer.id))
    page.get_by_label("Member id").fill("NLM884")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/patients/\d+$"))
    page.keyboard.press("v")
    page.get_by_label("Reason").fill("cough")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/visits/\d+$"))
    db.session.rollback()
    patient = db.session.query(Patient).one()
    assert (patient.name, str(patient.birth)) == ("Moreau, Théa", "1970-02-03")
    assert (db.session.query(Coverage).one().patient_id, db.session.query(Visit).one().reason) == (patient.id, "cough")


def test_the_find_line_takes_a_scan_from_anywhere(page, sign_in, practice) -> None:
    patient = make_patient(practice)
    house = sign_in(page, "biller")
    page.goto(f"{house}/patients")
    for _ in range(3):  # on a busy machine keys may come at a hand's pace; then one scans again
        page.keyboard.type(patient.chart_number)
        page.keyboard.press("Enter")
        with contextlib.suppress(TooLate):
            page.wait_for_url(f"{house}/patients/{patient.id}", timeout=3000)
            return
    page.wait_for_url(f"{house}/patients/{patient.id}")


def test_nothing_is_too_wide_for_a_telephone(page, sign_in, practice) -> None:
    patient = make_patient(practice, "Osei-Achterberg-Vandersloot", "Maximiliane-Theodora")
    visit = make_visit(practice, patient)
    house = sign_in(page, "manager")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (
        "/patients",
        f"/patients/{patient.id}",
        "/patients/new",
        f"/patients/{patient.id}/coverages/new",
        f"/patients/{patient.id}/merge",
        f"/patients/{patient.id}/visits/new",
        f"/visits/{visit.id}",
        f"/visits/{visit.id}/move?q=osei",
        "/find?q=osei",
    ):
        page.goto(house + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
