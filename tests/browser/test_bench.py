"""A morning at the bench in a real browser: a scanner types and presses Enter, nothing else is touched."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import create_app
from clinic.base import db
from clinic.services.acting import acting
from lab.domain.events import Labeled
from lab.models import LabOrder, Package, Specimen
from lab.services.badges import give_badge
from lab.services.specimens import container_of, tell
from tests.browser.serving import enter, served
from tests.counts import count
from tests.fixtures.people import PASSWORD, make_patient
from tests.lab.boxes import box, make_laboratory
from tests.lab.morning import COLD, Clock, furnish
from tests.lab.ordering import order_tests
from tests.lab.things import plan_container

PATIENTS = count(3, 12)
WIDTHS = (390, 1024, 1440, 1920)
PIN = "4829"


class Scanner:
    """A plain USB scanner at one bench: it types and presses Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard = 0

    def __call__(self, *texts: str) -> None:
        for text in texts:
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")
            self.settled()

    def key(self, key: str) -> None:
        """A single key of the keyboard."""
        self.page.keyboard.type(key)
        self.settled()

    def settled(self) -> None:
        self.heard += 1
        expect(self.page.locator("#bench")).to_have_attribute("data-heard", str(self.heard))


@pytest.fixture
def clock(app, real):
    clock = Clock(app)
    real.config["CABINET_CLOCK"] = lambda: clock.now
    return clock


@pytest.fixture
def cards(practice):
    return furnish(practice)


@pytest.fixture
def bench(page, sign_in, clock, cards):
    """``bench(language)``: the assistant's bench and their scanner."""

    def at(language="en"):
        address = sign_in(page, "assistant")
        page.goto(f"{address}/me")
        page.locator(f'#look button[value="{language}"]').click()
        page.wait_for_load_state()
        page.goto(f"{address}/lab/bench")
        expect(page.locator("#scan")).to_be_focused()
        return Scanner(page)

    return at


def read_again() -> None:
    """What the served house has written since: an older snapshot would not show it."""
    db.session.rollback()
    db.session.expire_all()


def label(practice, row: Specimen) -> None:
    with acting(practice.actor("assistant"), "lab.work") as work:
        tell(work, row, "specimen.labeled", Labeled(at=work.at))


def ordered(practice, laboratory, number: int) -> Specimen:
    """A patient with a signed order, and the tube that was planned for it, labeled."""
    patient = make_patient(practice, f"Calloway{chr(97 + number)}")
    order: LabOrder = order_tests(practice, patient, ("cmp" if number % 2 else "cbc_diff", laboratory), signed=True)
    row = db.session.scalars(select(Specimen).where(Specimen.order_id == order.id)).one()
    label(practice, row)
    return row


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_morning_from_order_to_box_by_scans_alone(bench, practice, clock, cards, language) -> None:
    laboratory = make_laboratory(practice)
    rows = [ordered(practice, laboratory, number) for number in range(PATIENTS if language == "en" else 2)]
    package: Package = box(practice, laboratory, "refrigerated")
    numbers, gels = [row.number for row in rows], [row.number for row in rows if row.holder == "sst"]
    db.session.commit()
    scan = bench(language)
    for number in numbers:
        scan(number, "STEP-COLLECT", "4,5" if language == "fr" else "", "0")
        clock.on(1)
    clock.on(30)
    for number in gels:
        scan(number, "STEP-SPIN")
    clock.on(10)
    for number in numbers:
        scan(number, *(["STEP-SPIN"] if number in gels else []), cards["refrigerated"])
    clock.on(1)
    for number in numbers:
        scan(number, package.number)
    read_again()
    assert {row.state for row in rows} == {"packed"}
    assert {row.package_id for row in rows} == {package.id}
    assert {row.standing["volume_ul"] for row in rows} <= ({4500} if language == "fr" else {4000, 5000})
    assert scan.page.locator("html").get_attribute("lang") == language
    assert scan.page.locator("#bench").get_attribute("data-sounded") is None


def test_scans_that_come_faster_than_answers_wait_their_turn(bench, practice, cards) -> None:
    row = plan_container(practice, make_patient(practice))
    scan = bench()
    for text in (row.number, "STEP-COLLECT", "STEP-COLLECT", cards["room"]):
        scan.page.keyboard.type(text)
        scan.page.keyboard.press("Enter")
    expect(scan.page.locator("#bench")).to_have_attribute("data-heard", "4")
    read_again()
    assert (row.state, row.place_id is not None) == ("collected", True)


def test_another_patients_label_stops_with_sound_and_words(bench, practice, clock) -> None:
    one, other = (plan_container(practice, make_patient(practice, name)) for name in ("Osei", "Haddad"))
    scan = bench()
    scan(one.number, "STEP-COLLECT", other.number)
    expect(scan.page.get_by_role("alert")).to_contain_text("Haddad")
    expect(scan.page.locator("#bench")).to_have_attribute("data-sounded", "1")
    expect(scan.page.locator("#scan")).to_be_focused()
    scan.page.keyboard.press("Escape")
    expect(scan.page.locator("#stop")).to_have_count(0)
    read_again()
    assert (one.sequence, other.sequence) == (1, 1)


def test_digits_act_at_once_and_undo_asks_why(bench, practice, clock) -> None:
    row = plan_container(practice, make_patient(practice))
    scan = bench()
    scan(row.number)
    scan.key("1")
    scan("2.5")
    scan.key("u")
    expect(scan.page.locator("#question")).to_have_attribute("data-wants", "reason")
    scan.key("1")
    read_again()
    assert (row.state, row.sequence) == ("planned", 3)
    scan.key("0")
    expect(scan.page.locator("#hand .held")).to_have_count(0)


def test_arrows_and_enter_take_from_the_list(bench, practice, clock) -> None:
    from lab.services.collect import collect

    rows = [plan_container(practice, make_patient(practice, name)) for name in ("Osei", "Haddad")]
    for row in rows:
        collect(practice.actor("assistant"), row.id, clock.now)
        clock.on(5)
    scan = bench()
    for _ in range(2):
        scan.page.keyboard.press("ArrowDown")
    scan.page.keyboard.press("Enter")
    scan.settled()
    expect(scan.page.locator("#hand h1")).to_contain_text("Haddad")


def test_two_people_at_one_bench(bench, browser, house, practice, clock) -> None:
    from lab.services.collect import collect

    row = plan_container(practice, make_patient(practice))
    collect(practice.actor("assistant"), row.id, clock.now, volume_ul=4000, method="venipuncture")
    clock.on(30)
    first = bench()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    enter(page, house, practice.username(practice.actor("provider")), PASSWORD)
    page.goto(f"{house}/lab/bench")
    second = Scanner(page)
    first(row.number)
    second(row.number)
    expect(page.locator("#hand .told")).to_contain_text("Tom Assistant")
    first("STEP-SPIN")
    second("STEP-SPIN")
    expect(page.locator("#stop")).to_be_visible()
    read_again()
    assert len(container_of(row).runs) == 1
    assert container_of(row).running("spin") is not None
    clock.on(10)
    second("STEP-SPIN")
    read_again()
    assert container_of(row).done("spin") is not None
    context.close()


def test_a_timer_survives_a_reload_and_a_restart(bench, practice, clock, real, database, tmp_path) -> None:
    from lab.services.collect import collect

    row = plan_container(practice, make_patient(practice), COLD, holder="edta", cap="lavender")
    collect(practice.actor("assistant"), row.id, clock.now)
    clock.on(3)
    scan = bench()
    words = scan.page.locator("#board .t").first.text_content()
    scan.page.reload()
    expect(scan.page.locator("#board .t").first).to_have_text(words)
    again = create_app(
        tmp_path / "instance",
        SQLALCHEMY_DATABASE_URI=database,
        SECURITY_PASSWORD_HASH="plaintext",
        SECURITY_PASSWORD_SCHEMES=["plaintext"],
        CABINET_CLOCK=lambda: clock.now,
    )
    with served(again) as address:
        scan.page.goto(f"{address}/lab/bench")
        expect(scan.page.locator("#board .t").first).to_have_text(words)
    with again.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_board_draws_itself_anew_and_keeps_what_is_typed(bench, practice, clock) -> None:
    from lab.services.collect import collect

    scan = bench()
    scan.page.keyboard.type("C0000")
    row = plan_container(practice, make_patient(practice))
    collect(practice.actor("assistant"), row.id, clock.now)
    with scan.page.expect_response(lambda answer: "/lab/bench/due" in answer.url, timeout=20_000):
        pass
    expect(scan.page.locator(f'#board tr[data-number="{row.number}"]')).to_have_count(1)
    expect(scan.page.locator("#scan")).to_have_value("C0000")
    expect(scan.page.locator("#scan")).to_be_focused()


def test_a_scan_from_elsewhere_on_the_page_lands_in_the_scan_line(bench, practice, clock) -> None:
    row = plan_container(practice, make_patient(practice))
    scan = bench()
    scan.page.evaluate("document.activeElement.blur()")
    scan(row.number)
    expect(scan.page.locator("#hand h1")).to_contain_text("Calloway")


def test_a_shared_screen_is_locked_and_taken_over(bench, practice, clock) -> None:
    code = give_badge(practice.actor("manager"), practice.staff["provider"].id, PIN, PIN)
    scan = bench()
    page = scan.page
    page.keyboard.type("l")
    expect(page.locator("#bench")).to_have_attribute("data-locked", "")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#pin")).to_be_focused()
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator("#scan")).to_be_focused()
    expect(page.locator(".who")).to_contain_text(practice.staff["provider"].name)


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "fr")])
def test_the_bench_fits_and_is_fit_for_everyone(bench, practice, clock, theme, language) -> None:
    from lab.services.collect import collect

    rows = [plan_container(practice, make_patient(practice, name)) for name in ("Osei", "Haddad")]
    for row in rows:
        collect(practice.actor("assistant"), row.id, clock.now, volume_ul=4000)
    clock.on(20)
    scan = bench(language)
    scan.page.emulate_media(color_scheme=theme)
    for texts in ((), (rows[0].number,), ("STEP-SPIN",), (rows[1].number,)):
        scan(*texts)
        found = Axe().run(scan.page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
        for width in WIDTHS:
            scan.page.set_viewport_size({"width": width, "height": 900})
            wide = scan.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (texts, width)
