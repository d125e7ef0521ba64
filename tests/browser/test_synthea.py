"""A public record, coded at the desk as a biller would, to a claim that leaves and says the same in all three forms."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import undefer

from billing.documents import cms1500
from billing.domain.canonical import from_json
from billing.fhir.claim import to_fhir
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.x12 import read_837p
from clinic.base import db
from clinic.fhir.json import dumps
from clinic.models import Patient, Visit
from tests.browser.serving import enter
from tests.fixtures.people import PASSWORD
from tests.oracle import second_opinion
from tests.oracle.compare import compare

PATIENT = "Cecelia952_Romaguera67_f1731e33-dc55-4ee8-72d7-cece2e49bedd.json"
FOLDER = "fhir/synthea-conditional-refs"


def take_in(app, shared_dir, practice) -> Visit:
    """Import the bundle with the command, and give its latest visit that has a note."""
    folder = shared_dir / FOLDER
    files = [*sorted(folder.glob("*-subset.json")), folder / PATIENT]
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["fhir", "import", *map(str, files), "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output.splitlines()[-1])["created"] > 100
    db.session.rollback()
    db.session.expire_all()
    visits = db.session.query(Visit).join(Patient, Patient.id == Visit.patient_id).filter(Patient.last == "Romaguera67")
    return next(visit for visit in visits.order_by(Visit.on.desc()) if visit.notes)


def add_policy(page: Page) -> None:
    page.keyboard.press("a")
    page.get_by_label("Payer", exact=True).select_option(label="Northlake Mutual")
    page.get_by_label("Member id").fill("ROM0067001")
    page.locator("#coverage [data-main]").click()
    expect(page.locator("#policies code")).to_have_text("ROM0067001")


def complete_address(page: Page) -> None:
    """The record has no ZIP code; no claim leaves without one."""
    page.keyboard.press("c")
    page.locator("#postal_code").fill("01852")
    page.locator("main form [data-main]").first.click()
    expect(page.locator("#who")).to_contain_text("01852")


@contextmanager
def changing(page: Page):
    """What is done inside changes the claim: go on when the desk has been drawn anew."""
    desk = page.locator("[data-desk]")
    before = desk.get_attribute("data-sequence")
    yield
    expect(desk).not_to_have_attribute("data-sequence", before)


def choose(page: Page, name: str, label: str) -> None:
    page.locator(f"#{name}").select_option(label=label)


@pytest.mark.shared
def test_a_public_record_becomes_a_claim(app, practice, page, sign_in, shared_dir) -> None:
    visit = take_in(app, shared_dir, practice)
    address = sign_in(page, "biller")
    page.goto(f"{address}/patients/{visit.patient_id}")
    add_policy(page)
    complete_address(page)
    page.goto(f"{address}/visits/{visit.id}")
    page.get_by_role("button", name="Code").click()
    expect(page.locator("[data-desk]")).to_be_visible()

    page.keyboard.press("d")
    page.locator("#dx").fill("adult medical examination without abnormal")
    page.get_by_role("option", name="Z00.00").wait_for()
    with changing(page):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page.locator("#dx-rows code").first).to_have_text("Z00.00")

    page.locator("#charge").fill("known patient")
    page.get_by_role("option", name="99213").wait_for()
    with changing(page):
        page.locator("#charge").press("ArrowDown")
        page.locator("#charge").press("Enter")
    expect(page.locator(".lines tbody code").first).to_have_text("99213")

    page.locator("#details > summary").click()
    choose(page, "coverage_id", "P · Northlake Mutual ROM0067001")
    choose(page, "rendering_id", "Anand Verma")
    choose(page, "location_id", "Main Street")
    with changing(page):
        page.get_by_role("button", name="Save these").click()
    expect(page.locator("#sheet svg.page")).to_be_visible()

    # Years late: the payer's limit warns, and the reason is kept. The release is another year's: that only advises.
    late = page.locator(".finding[data-severity=warn]").first
    late.get_by_placeholder("reason to let it through").fill("payer agreed on 3 May, call 77")
    with changing(page):
        late.get_by_role("button", name="Keep").click()
    expect(page.locator(".finding[data-severity=block]")).to_have_count(0)
    here = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)

    db.session.rollback()
    db.session.expire_all()
    record = db.session.query(ClaimRecord).order_by(ClaimRecord.id).first()
    assert (record.preparation, record.blocks, record.warnings) == ("coded", 0, 0)
    page.goto(f"{address}/claims/{record.id}")
    page.keyboard.press("r")
    page.wait_for_url(lambda url: not url.endswith(f"/claims/{record.id}"))
    signed_by_the_provider(page, address, practice, record.id)
    page.goto(f"{address}/claims/ready")
    page.get_by_role("button", name="Send the chosen").click()
    page.wait_for_url("**/submissions/*")

    db.session.rollback()
    db.session.expire_all()
    agreed(db.session.query(Submission).options(undefer(Submission.body)).one())


def signed_by_the_provider(page: Page, address: str, practice, claim_id: int) -> None:
    """At a screen of their own."""
    context = page.context.browser.new_context()
    theirs = context.new_page()
    enter(theirs, address, practice.username(practice.actor("provider")), PASSWORD)
    theirs.goto(f"{address}/claims/{claim_id}")
    theirs.keyboard.press("y")
    theirs.wait_for_url("**/claims/to-sign")
    context.close()


def agreed(submission: Submission) -> None:
    """The file passes pyx12 and our own reader; file, page and resource say the same box by box."""
    claim = from_json(db.session.query(SubmittedClaim).one().snapshot)
    assert claim.service.start < date(2022, 1, 1)
    assert second_opinion.of_file(submission.body) == []
    read = read_837p(submission.body)
    assert (read.errors, read.claims) == ((), (claim,))
    resource = to_fhir(claim, created=date(2026, 5, 6))
    second_opinion.of_resource(dumps(resource))
    pdf = cms1500.render([cms1500.pages(claim)])
    assert compare(pdf, submission.body, json.loads(dumps(resource), parse_float=Decimal)) == []
