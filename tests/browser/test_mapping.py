"""Ten visits of public records that know nothing of this practice: mapped once, in bulk, coded, sent, and accepted."""

from __future__ import annotations

import json
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import undefer

from billing.coding.changes import GiveReason
from billing.domain.canonical import digest
from billing.models import ClaimRecord, Submission
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.judging import judge
from billing.services.open_claim import open_claim
from billing.x12 import read_837p
from clinic.base import db
from clinic.models import Mapping, Patient, Visit
from tests.browser.test_synthea import changing
from tests.counts import count
from tests.oracle import second_opinion

PATIENTS = ("Lonnie_Von", "Brent_Beer")
BY_HAND = count(1, 3)
"""Visits coded on screen; the others are by the services behind it."""
SINCE = date(2016, 1, 1)
LATE = "payer agreed on 3 May, call 77"


def take_in(app, shared_dir) -> None:
    """Import the records with the command."""
    files = [str(path) for name in PATIENTS for path in sorted((shared_dir / "fhir/synthea").glob(f"{name}_*.json"))]
    assert len(files) == len(PATIENTS)
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["fhir", "import", *files, "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output.splitlines()[-1])["refused"] == 0
    look_again()


def look_again() -> None:
    """What others have committed meanwhile is seen."""
    db.session.rollback()
    db.session.expire_all()


def kind(page: Page, address: str, name: str, text: str = "") -> None:
    """The table of a kind, with the rows that hold the text; all of them chosen."""
    page.goto(f"{address}/house/mappings?kind={name}")
    if text:
        page.keyboard.press("f")
        expect(page.locator("[data-key=f]")).to_be_focused()
        page.locator("[data-key=f]").fill(text)
        page.locator("[data-key=f]").press("Enter")
        page.wait_for_url(f"**q={text}*")
    page.keyboard.press("a")
    page.wait_for_url("**pick=all*")
    assert page.locator("input[name=pick]:checked").count() == page.locator("input[name=pick]").count() > 0


def keep(page: Page, *, typed: str = "", choose: str = "", key: str = "Control+Enter") -> None:
    """Say what the chosen rows are, and keep it."""
    if typed or choose:
        page.keyboard.press("t")
        expect(page.locator("#target")).to_be_focused()
    if typed:
        page.locator("#target").fill(typed)
        page.get_by_role("option", name=typed).first.wait_for()
    if choose:
        page.locator("#target").select_option(label=choose)
    page.keyboard.press(key)
    expect(page.get_by_text("kept.")).to_be_visible()


def map_all(page: Page, address: str) -> None:
    """What these records call their people, places, acts and problems, by the keyboard."""
    page.goto(f"{address}/house/mappings")
    expect(page.locator("#h-list")).to_have_text("What other systems call it")
    kind(page, address, "practitioner")
    keep(page, choose="Anand Verma")
    expect(page.get_by_text("Nothing to decide.")).to_be_visible()
    kind(page, address, "place")
    keep(page, choose="Main Street")

    kind(page, address, "act", "check")
    page.keyboard.press("t")
    expect(page.locator("#target")).to_be_focused()
    page.locator("#target").fill("known patient")
    page.get_by_role("option", name="99213").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("kept.")).to_be_visible()
    for text in ("encounter", "follow-up"):
        kind(page, address, "act", text)
        keep(page, typed="99213")
    kind(page, address, "act")
    keep(page, key="x")  # all else is not billed

    for text, code in (("sinusitis", "J01.90"), ("check", "Z00.00"), ("asthma", "J45.909")):
        kind(page, address, "problem", text)
        keep(page, typed=code)
    kind(page, address, "problem")
    keep(page, typed="R69")
    page.goto(f"{address}/house/mappings")
    expect(page.get_by_text("Nothing to decide.")).to_be_visible()


def add_policy(page: Page, address: str, patient: Patient) -> None:
    page.goto(f"{address}/patients/{patient.id}")
    page.keyboard.press("a")
    page.get_by_label("Payer", exact=True).select_option(label="Northlake Mutual")
    page.get_by_label("Member id").fill(f"NLM{patient.id:09d}")
    page.locator("#coverage [data-main]").click()
    expect(page.locator("#policies code")).to_have_text(f"NLM{patient.id:09d}")


def code_by_hand(page: Page, address: str, visit: Visit) -> None:
    """At the desk nothing is left to do but to say why it is late."""
    page.goto(f"{address}/visits/{visit.id}")
    page.keyboard.press("c")
    expect(page.locator("#dx-rows code")).to_have_count(1)
    expect(page.locator(".lines tbody code").first).to_have_text("99213")
    expect(page.locator("#sheet svg.page")).to_be_visible()
    expect(page.locator(".finding[data-severity=block]")).to_have_count(0)
    open_warnings = page.locator(".finding[data-severity=warn] input[name=text][value='']")
    assert open_warnings.count() > 0
    while open_warnings.count():
        field = open_warnings.first
        field.fill(LATE)
        with changing(page):
            field.press("Enter")
    here = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)


def shown(actor, claim_id: int) -> str:
    return digest(assemble(load(actor, claim_id)).claim)


def code_the_same_way(actor, visit: Visit) -> None:
    """What the desk does, without its screen."""
    claim_id = open_claim(actor, visit.id)
    record = load(actor, claim_id)
    claim = assemble(record).claim
    for finding in judge(claim, coding_of(record)).findings:
        if finding.severity == "warn":
            change_claim(actor, claim_id, GiveReason(finding.code, finding.field, LATE))
    finish_coding(actor, claim_id, shown(actor, claim_id))


@pytest.mark.shared
def test_ten_visits_of_elsewhere_are_mapped_once_and_leave_in_one_batch(
    app, practice, page, sign_in, shared_dir
) -> None:
    take_in(app, shared_dir)
    address = sign_in(page, "biller")
    map_all(page, address)
    for patient in db.session.query(Patient).order_by(Patient.id).all():
        add_policy(page, address, patient)
    look_again()
    decided = db.session.query(Mapping).all()
    assert {row.kind for row in decided} == {"practitioner", "place", "act", "problem"}

    visits = db.session.query(Visit).filter(Visit.on >= SINCE).order_by(Visit.on).limit(10).all()
    assert len({visit.patient_id for visit in visits}) == len(PATIENTS)
    assert all(visit.location_id is None and visit.provider.outside for visit in visits)  # the record is as it came
    for visit in visits[:BY_HAND]:
        code_by_hand(page, address, visit)
    look_again()
    biller, manager, provider = (practice.actor(role) for role in ("biller", "manager", "provider"))
    for visit in visits[BY_HAND:]:
        code_the_same_way(biller, visit)
    claims = db.session.query(ClaimRecord).filter(ClaimRecord.preparation == "coded").all()
    assert len(claims) == len(visits)
    for claim in claims:
        review_claim(manager, claim.id, shown(manager, claim.id))
        sign_claim(provider, claim.id, shown(provider, claim.id))
    db.session.commit()

    page.goto(f"{address}/claims/ready")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/submissions/*")
    look_again()
    sent = db.session.query(Submission).options(undefer(Submission.body)).one()
    assert second_opinion.of_file(sent.body) == []
    read = read_837p(sent.body)
    assert read.errors == ()
    assert sorted(claim.service.start for claim in read.claims) == sorted(visit.on for visit in visits)
    assert {claim.part.rendering.name.last for claim in read.claims} == {"VERMA"}
