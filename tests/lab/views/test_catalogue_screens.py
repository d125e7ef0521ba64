"""The catalogue on screen: found, shown with where each value comes from, changed after its effect was seen."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from clinic.base import db
from clinic.services.acting import acting
from clinic.services.changing import print_of
from lab.domain.events import Collected, Planned
from lab.domain.laboratory import LaboratoryFacts
from lab.domain.need import need_of
from lab.models import Laboratory, LabOrder, OrderLine, TestVersion
from lab.services.catalogue import catalogue_on
from lab.services.enter_laboratory import enter_laboratory
from lab.services.set_test import set_test
from lab.services.shipped import shipped
from lab.services.specimens import begin_specimen, number_for, tell
from tests.clinic.views.counting import statements
from tests.clinic.views.house import seen, wrong
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient

MAY = date(2026, 5, 6)
CMP = shipped().tests["cmp"]
MOST = 12


@pytest.fixture
def manager(client, practice):
    log_in(client, practice.actor("manager"), practice)
    return client


def page(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return answer.get_data(as_text=True)


def hidden(text, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    return found.group(1) if found else ""


def fields_of(text):
    """What a browser would send of the form as it stands, checkboxes, areas and selects too."""
    text = text[text.index('id="tests-form"') : text.index("beside-form")]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", text):
        named = re.search(r'name="([^"]+)"', tag)
        if named is None or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        sent.setdefault(named.group(1), []).append(value.group(1).replace("&#34;", '"') if value else "")
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        sent[name] = [body.lstrip("\r\n").replace("&#39;", "'")]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        sent[name] = [chosen.group(1) if chosen else ""]
    return sent


def test_tests_are_found_by_words_key_and_number(manager):
    assert page(manager.get("/house/tests")).count('<td class="clip" data-at="a">') == 70
    for text, keys in (("aptt", ["aptt"]), ("85730", ["aptt"]), ("14979-9", ["aptt"]), ("partial throm", ["aptt"])):
        assert re.findall(r"<code>([a-z_0-9]+)</code>", page(manager.get(f"/house/tests?q={text}"))) == keys
    assert "/house/tests/test/cmp" not in page(manager.get("/house/tests?setting=ppm"))
    assert "/house/tests/test/koh_skin" in page(manager.get("/house/tests?setting=ppm"))


def test_each_test_has_its_page(manager):
    for key in shipped().tests:
        assert '<svg class="tube"' in page(manager.get(f"/house/tests/test/{key}")), key


def test_the_form_sent_as_it_stands_says_the_same_test(manager, practice):
    for key in ("cmp", "aptt", "igra_tb", "oral_dif", "ua_dipstick", "flu_ab_rapid"):
        address = f"/house/tests/test/{key}/change"
        sent = fields_of(page(manager.get(address)))
        text = page(manager.post(address, data={**sent, "reason": ["none"]}))
        answer = manager.post(address, data={**sent, "reason": ["none"], "previewed": [hidden(text, "previewed")]})
        assert answer.status_code == 303
    assert db.session.query(TestVersion).count() == 0


def test_a_change_is_shown_before_it_is_kept(manager, practice):
    address = "/house/tests/test/cmp/change"
    sent = fields_of(page(manager.get(address)))
    sent |= {"min_volume_ul": ["2000"], "reason": ["their directory"], "effective_on": ["2026-05-06"]}
    text = page(manager.post(address, data=sent))
    assert 'id="effect"' in text
    assert db.session.query(TestVersion).count() == 0
    mark = hidden(text, "previewed")
    # what was seen was for other values: shown once more
    other = page(manager.post(address, data={**sent, "min_volume_ul": ["2500"], "previewed": [mark]}))
    assert hidden(other, "previewed") != mark
    assert db.session.query(TestVersion).count() == 0
    assert manager.post(address, data={**sent, "previewed": [mark]}).status_code == 303
    assert catalogue_on(practice.row.id, MAY).tests["cmp"] == replace(CMP, min_volume_ul=2000)
    assert "practice" in page(manager.get("/house/tests/test/cmp"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("min_volume_ul", "2,5"),
        ("min_volume_ul", "9000"),
        ("loinc", "1-1"),
        ("storage", "attic"),
        ("name", ""),
        ("reason", ""),
        ("effective_on", "someday"),
        ("read_from_minutes", "-1"),
        ("companions", "nobody"),
    ],
)
def test_what_is_wrong_stands_at_its_field(manager, field, value):
    address = "/house/tests/test/cmp/change"
    sent = fields_of(page(manager.get(address))) | {"reason": ["why"]}
    assert field in wrong(page(manager.post(address, data={**sent, field: [value]}), 422))


def test_who_was_faster_is_shown(manager, practice):
    address = "/house/tests/test/cmp/change"
    sent = fields_of(page(manager.get(address))) | {"reason": ["why"], "rcf_g": ["1500"]}
    mark = hidden(page(manager.post(address, data=sent)), "previewed")
    set_test(practice.actor("manager"), replace(CMP, spin_minutes=12), MAY, "why", seen=print_of(CMP), seen_on=MAY)
    text = page(manager.post(address, data={**sent, "previewed": [mark]}), 409)
    assert seen(text) != sent["seen"][0]


def test_the_effect_counts_tubes_in_hand_and_plans(manager, practice):
    patient = make_patient(practice)
    with acting(practice.actor("assistant"), "lab.work") as work:
        body = Planned(number=number_for(work), holder="sst", cap="gold", patient_id=patient.id, needs=(need_of(CMP),))
        row = begin_specimen(work, "specimen.planned", body, practice.location.id)
        tell(work, row, "specimen.collected", Collected(at=datetime(2026, 5, 6, 14, 0, tzinfo=UTC)))
    order = LabOrder(
        practice_id=practice.row.id,
        number="L1",
        patient_id=patient.id,
        location_id=practice.location.id,
        ordered_on=MAY,
        state="draft",
        sequence=1,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add(order)
    db.session.flush()
    db.session.add_all(
        OrderLine(
            practice_id=practice.row.id,
            order_id=order.id,
            position=position,
            test_key=key,
            in_house=False,
            state="draft",
            changed_at=NOW,
        )
        for position, key in enumerate(("cmp", "lipid", "tsh"))
    )
    db.session.commit()
    address = "/house/tests/test/cmp/change"
    sent = fields_of(page(manager.get(address))) | {"reason": ["why"]}
    sent |= {"room_minutes": ["60"], "min_volume_ul": ["4000"]}
    with statements() as used:
        text = page(manager.post(address, data=sent))
    assert len(used) <= MOST
    effect = text[text.index('id="effect"') :]
    numbers = [int(number) for number in re.findall(r"<dd>(\d+) ", effect)]
    assert numbers == [1, 1, 1, 1]
    assert row.number in effect
    assert "L1" in effect
    assert re.findall(r'<td class="num">(\d)</td>', effect) == ["1", "2"]


def test_a_laboratory_has_values_of_its_own(manager, practice):
    number = enter_laboratory(practice.actor("manager"), LaboratoryFacts(name="Lakeside", bills="lab", active=True))
    address = f"/house/tests/test/cmp/change?laboratory={number}"
    sent = fields_of(page(manager.get(address))) | {"reason": ["why"], "rcf_g": ["1500"]}
    mark = hidden(page(manager.post(address, data=sent)), "previewed")
    assert manager.post(address, data={**sent, "previewed": [mark]}).status_code == 303
    assert catalogue_on(practice.row.id, MAY, number).tests["cmp"].rcf_g == 1500
    assert catalogue_on(practice.row.id, MAY).tests["cmp"].rcf_g == 1300
    assert page(manager.get("/house/tests?laboratory=999"), 404)
    assert f"laboratory={number}" in page(manager.get("/house/laboratories"))


def test_a_test_is_added_and_no_longer_offered(manager, practice):
    sent = fields_of(page(manager.get("/house/tests/new?like=cmp")))
    sent |= {"key": ["zinc"], "name": ["Zinc 10% n"], "loinc": [""], "reason": ["wanted"]}
    mark = hidden(page(manager.post("/house/tests/new", data=sent)), "previewed")
    assert manager.post("/house/tests/new", data={**sent, "previewed": [mark]}).status_code == 303
    assert catalogue_on(practice.row.id, MAY).tests["zinc"].name == "Zinc 10% n"
    assert "Zinc 10% n" in page(manager.get("/house/tests/test/zinc"))
    answer = manager.post("/house/tests/test/zinc/retire", data={"effective_on": "2026-05-06", "reason": "not run"})
    assert answer.status_code == 303
    assert "zinc" not in catalogue_on(practice.row.id, MAY).tests
    page(manager.get("/house/tests/test/zinc"))
    page(manager.get("/house/tests/test/nothing"), 404)


def test_what_is_taken_as_a_file_can_be_loaded_again(manager, practice):
    answer = manager.get("/house/tests/export")
    text = page(answer)
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 70
    sent = {"text": text.replace("Comprehensive metabolic panel", "Whole metabolic panel"), "reason": "ours"}
    sent |= {"effective_on": "2026-05-06", "laboratory": ""}
    report = page(manager.post("/house/tests/load", data=sent))
    assert catalogue_on(practice.row.id, MAY) is shipped()
    answer = manager.post("/house/tests/load", data={**sent, "previewed": hidden(report, "previewed")})
    assert answer.status_code == 303
    changed = {key for key, test in catalogue_on(practice.row.id, MAY).tests.items() if test != shipped().tests[key]}
    assert changed == {"cmp"}


def test_faults_of_a_file_stand_row_by_row(manager, practice):
    content = (io.BytesIO(b"key,rcf_g,moon\ncmp,1,2\n"), "tests.csv")
    sent = {"file": content, "reason": "x", "effective_on": "2026-05-06"}
    text = page(manager.post("/house/tests/load", data=sent, content_type="multipart/form-data"), 422)
    assert "<code>moon</code>" in text
    content = (io.BytesIO(b"key,rcf_g\ncmp,fast\n"), "tests.csv")
    sent = {"file": content, "reason": "x", "effective_on": "2026-05-06"}
    text = page(manager.post("/house/tests/load", data=sent, content_type="multipart/form-data"), 422)
    assert '<td class="num">2</td><td><code>rcf_g</code>' in text


def test_a_laboratory_is_entered_and_changed(manager, practice):
    sent = {"name": "Lakeside", "bills": "lab", "cutoff": "16.30", "active": "y"}
    assert manager.post("/house/laboratories/new", data=sent).status_code == 303
    row = db.session.query(Laboratory).one()
    assert (row.cutoff, row.dental) == ("16:30", False)
    address = f"/house/laboratories/{row.id}"
    shown = page(manager.get(address))
    answer = manager.post(address, data={**sent, "bills": "practice", "seen": seen(shown)})
    assert answer.status_code == 303
    assert db.session.query(Laboratory).one().bills == "practice"
    assert "cutoff" in wrong(page(manager.post("/house/laboratories/new", data={**sent, "cutoff": "late"}), 422))


@pytest.mark.parametrize(
    "address", ["/house/tests", "/house/tests/test/cmp", "/house/tests/test/cmp/change", "/house/laboratories"]
)
def test_a_page_costs_a_few_statements(manager, practice, address):
    manager.get(address)
    with statements() as used:
        page(manager.get(address))
    assert len(used) <= MOST


def test_who_only_reads_is_offered_no_change(client, practice):
    log_in(client, practice.actor("biller"), practice)
    assert "/test/cmp/change" not in page(client.get("/house/tests/test/cmp"))
    assert client.get("/house/tests/test/cmp/change").status_code == 403
