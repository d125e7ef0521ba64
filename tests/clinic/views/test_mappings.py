"""The screen of what other systems call it: filters, choosing many, suggestions, refusals, its cost in statements."""

from __future__ import annotations

import re

import pytest

from clinic.base import db
from clinic.models import Charge, JournalAct, Mapping, Problem, Provider, Visit, VisitAct
from tests.clinic.services.mapped import THEIR_NPI, THEIR_PLACE, take_in
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

HERE = "/house/mappings"
CHECK, SYMPTOM, MEDS = "snomed|185349003", "snomed|185345009", "snomed|428191000124101"
HYPERTENSION = "snomed|38341003"
LARGEST = 12


@pytest.fixture
def biller(client, practice):
    take_in(practice.actor("biller"))
    return log_in(client, practice.actor("biller"), practice)


def page(client, **asked):
    answer = client.get(HERE, query_string=asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def seen(text):
    return re.search(r'name="seen" value="(\d+)"', text)[1]


def decided(kind="act"):
    found = db.session.query(Mapping).filter_by(kind=kind)
    return {row.key: row for row in found}


def charge(practice):
    return db.session.query(Charge).filter_by(practice_id=practice.row.id, code="99213").one()


def test_it_opens_at_what_waits_and_counts_the_rest(biller, practice) -> None:
    text = page(biller)
    assert "Ronny764 Block661" in text
    tabs = dict(re.findall(r'href="/house/mappings\?kind=(\w+)"[^>]*>[^<]*?(\d*)<', text))
    assert tabs == {"practitioner": "1", "place": "1", "payer": "", "act": "3", "problem": "2"}
    assert re.search(r'href="/house/mappings"[^>]*aria-current', text)


def test_several_rows_get_one_target_by_its_code(biller, practice) -> None:
    text = page(biller, kind="act")
    given = {"kind": "act", "seen": seen(text), "pick": [CHECK, SYMPTOM], "target": "99213", "do": "decide"}
    answer = biller.post(HERE, data=given)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{HERE}?kind=act")
    assert {key: row.charge_id for key, row in decided().items()} == dict.fromkeys(
        [CHECK, SYMPTOM], charge(practice).id
    )
    text = page(biller, kind="act")
    assert CHECK not in text
    assert MEDS in text
    assert CHECK in page(biller, kind="act", all="y")


def test_a_row_of_the_list_that_was_found_wins_over_what_was_typed(biller, practice) -> None:
    found = biller.get(f"{HERE}/found", query_string={"kind": "act", "target": "known"}).get_data(as_text=True)
    value = re.search(r'name="target" value="([^"]+)"', found)[1]
    biller.post(HERE, data={"kind": "act", "pick": MEDS, "target": ["known", value]})
    assert decided()[MEDS].charge_id == charge(practice).id
    codes = biller.get(f"{HERE}/found", query_string={"kind": "problem", "target": "essential hypert"})
    assert 'value="I10"' in codes.get_data(as_text=True)


def test_not_ours_and_undecided_again(biller) -> None:
    biller.post(HERE, data={"kind": "act", "pick": [MEDS, CHECK], "do": "not_ours"})
    assert all(row.not_ours for row in decided().values())
    biller.post(HERE, data={"kind": "act", "all": "y", "back": MEDS})
    biller.post(HERE, data={"kind": "act", "all": "y", "pick": [CHECK], "do": "take_back"})
    assert not any(row.not_ours for row in decided().values())


def test_a_suggestion_is_offered_and_taken_only_when_asked(biller, practice) -> None:
    ours = db.session.get(Provider, practice.provider.id)
    ours.first, ours.last = "Ronny764", "Block661"
    db.session.commit()
    text = page(biller, kind="practitioner")
    (value,) = re.findall(r'name="take" value="([^"]+)"', text)
    assert value == f"{ours.id} {THEIR_NPI}"
    assert decided("practitioner") == {}
    biller.post(HERE, data={"kind": "practitioner", "take": value})
    assert decided("practitioner")[THEIR_NPI].provider_id == ours.id


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "act", "target": "99213"}, "Choose at least one row."),
        ({"kind": "act", "pick": CHECK}, "Say what it is here"),
        ({"kind": "act", "pick": CHECK, "target": "99"}, "This is not on the charge list."),
        ({"kind": "problem", "pick": HYPERTENSION, "target": "E11"}, "is a group of codes."),
        ({"kind": "problem", "pick": HYPERTENSION, "target": "hypertension"}, "is no code of ICD-10-CM."),
    ],
)
def test_what_is_refused_is_said_and_what_was_chosen_stays(biller, given, said) -> None:
    answer = biller.post(HERE, data=given)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in text
    assert 'aria-describedby="target-wrong"' in text
    assert text.count(" checked") == ("pick" in given)
    assert decided(given["kind"]) == {}


def test_the_second_of_two_is_told_and_sees_the_first(biller, practice) -> None:
    old = seen(page(biller, kind="act"))
    biller.post(HERE, data={"kind": "act", "pick": CHECK, "do": "not_ours", "seen": old})
    late = biller.post(HERE, data={"kind": "act", "all": "y", "pick": CHECK, "target": "99213", "seen": old})
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "not billed</span>" in text
    assert decided()[CHECK].not_ours
    again = {"kind": "act", "all": "y", "pick": CHECK, "target": "99213", "seen": seen(text)}
    assert biller.post(HERE, data=again).status_code == 303
    assert decided()[CHECK].charge_id == charge(practice).id


def test_ids_and_keys_of_others_are_unknown(biller, other_practice) -> None:
    theirs = db.session.query(Charge).filter_by(practice_id=other_practice.row.id).first()
    for given in (
        {"kind": "act", "pick": CHECK, "target": f"#{theirs.id}"},
        {"kind": "act", "pick": CHECK, "target": "#x"},
        {"kind": "act", "pick": "snomed|0", "do": "not_ours"},
        {"kind": "place", "pick": THEIR_PLACE, "target": str(other_practice.location.id)},
        {"kind": "practitioner", "pick": THEIR_NPI, "target": str(other_practice.provider.id)},
        {"kind": "colour", "pick": CHECK, "do": "not_ours"},
    ):
        assert biller.post(HERE, data=given).status_code == 404, given
    assert biller.get(HERE, query_string={"kind": "colour"}).status_code == 404
    assert db.session.query(Mapping).count() == 0
    assert db.session.query(JournalAct).filter_by(thing="mapping").count() == 0


@pytest.mark.parametrize("kind", ["practitioner", "place", "payer", "act", "problem"])
def test_a_full_page_costs_few_statements(biller, practice, kind) -> None:
    visit = db.session.query(Visit).first()
    for number in range(60):
        words = {"words": f"thing {number:03d}", "system": "snomed", "code": str(number)}
        db.session.add(VisitAct(practice_id=practice.row.id, visit_id=visit.id, **words))
        db.session.add(Problem(practice_id=practice.row.id, visit_id=visit.id, patient_id=visit.patient_id, **words))
    db.session.commit()
    page(biller, kind=kind)
    with statements() as sent:
        text = page(biller, kind=kind, all="y")
    assert len(sent) <= LARGEST, sent
    if kind in ("act", "problem"):
        assert text.count('name="pick"') == 50
        assert page(biller, kind=kind, page=2).count('name="pick"') in range(11, 14)
        assert "thing 059" in page(biller, kind=kind, q="THING 059")


def test_all_shown_can_be_chosen_at_once(biller) -> None:
    text = page(biller, kind="act", pick="all")
    assert text.count(" checked") == 3
