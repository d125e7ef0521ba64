"""Suggestions by keyboard in a browser: taken, refused, replaced, lit in the note, remembered at the next claim."""

from billing.models import ClaimRecord
from billing.services.open_claim import open_claim
from clinic.base import db
from clinic.models import Note
from tests.fixtures.people import make_patient, make_visit


def opened(practice, last: str, text: str) -> int:
    visit = make_visit(practice, make_patient(practice, last))
    db.session.query(Note).filter_by(visit_id=visit.id).update({"text": text})
    db.session.commit()
    return open_claim(practice.actor("biller"), visit.id)


def diagnoses(claim_id: int) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [code["value"] for code in db.session.get_one(ClaimRecord, claim_id).coding.get("diagnoses", [])]


def test_from_the_note_to_codes_and_remembered_at_the_next(page, sign_in, practice) -> None:
    text = "Assessment: essential hypertension. Asthma. Left knee pain. No pneumonia."
    first = opened(practice, "Calloway", text)
    second = opened(practice, "Osei", "Impression: asthma, known for years. Hypertension.")
    house = sign_in(page, "biller")
    page.goto(f"{house}/claims/{first}/code")
    rows = page.locator("[data-suggestions] .suggested")
    rows.first.wait_for()
    assert page.locator("mark.ev[data-status=negated]").inner_text() == "pneumonia"
    page.keyboard.press("1")
    page.locator("#dx-rows tr[data-position='1']").wait_for()
    page.locator("[data-suggestions] .suggested", has_text="J45.909").wait_for()
    assert diagnoses(first) == ["I10"]
    # ↓ goes through the list and lights the words of the row in the note
    page.keyboard.press("g")
    page.locator(".suggested:focus").wait_for()
    while "J45.909" not in page.locator(".suggested:focus").inner_text():
        page.keyboard.press("ArrowDown")
    assert page.locator("mark.ev[data-lit]").inner_text().startswith("Asthma")
    # another code for the same words, found by words, chosen by arrow and Enter
    row = page.locator(".suggested:focus")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    row_name = page.locator(".suggested", has=page.locator("details[open]")).get_attribute("id")
    page.locator(f"#{row_name}-instead").fill("moderate persistent asthma uncomplicated")
    page.locator(f'#{row_name}-found .option[value="J4540"]').wait_for()
    page.locator(f"#{row_name}-instead").press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#dx-rows tr[data-position='2']").wait_for()
    page.locator("[data-suggestions] .suggested", has_text="M25.562").wait_for()
    assert diagnoses(first) == ["I10", "J4540"]
    page.keyboard.press("g")
    page.locator(".suggested:focus").wait_for()
    page.keyboard.press("Delete")
    page.locator("[data-suggestions] .empty").wait_for()
    # a digit that is left over opens no queue
    page.keyboard.press("1")
    page.wait_for_timeout(120)
    assert page.url.endswith(f"/claims/{first}/code")
    page.goto(f"{house}/claims/{second}/code")
    habit = page.locator(".suggested", has_text="J45.909")
    habit.locator(".habit", has_text="J45.40").wait_for()
    page.keyboard.press("g")
    page.locator(".suggested:focus").wait_for()
    while "J45.909" not in page.locator(".suggested:focus").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("h")
    page.locator("#dx-rows tr[data-position='1']").wait_for()
    assert diagnoses(second) == ["J4540"]


def test_a_telephone_has_room_for_it(page, sign_in, practice) -> None:
    claim_id = opened(practice, "Calloway", "Assessment: asthma. Left knee pain. Type 2 diabetes with polyneuropathy.")
    house = sign_in(page, "biller")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{house}/claims/{claim_id}/code")
    page.locator("[data-suggestions] .suggested").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
