"""Suggestions through HTTP: the pane, its marks in the note, taking and refusing, and what is remembered."""

import re
import time

import pytest

from billing.models import ClaimRecord, SuggestionMemory
from clinic.base import db
from clinic.models import Fact, Note
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

PART = {"HX-Request": "true"}
NOTE = "Assessment: asthma & essential hypertension. No pneumonia.\nFamily history: colon cancer in father."


@pytest.fixture
def claim(client, practice) -> ClaimRecord:
    log_in(client, practice.actor("biller"), practice)
    visit = make_visit(practice, make_patient(practice))
    db.session.query(Note).filter_by(visit_id=visit.id).update({"text": NOTE})
    db.session.commit()
    client.post(f"/claims/of-visit/{visit.id}")
    return db.session.query(ClaimRecord).one()


def pane(client, claim) -> str:
    return client.get(f"/claims/{claim.id}/suggestions", headers=PART).get_data(as_text=True)


def act(client, claim, what: str, code: str, **more):
    db.session.expire_all()
    data = {"code": f"icd10cm:{code}", "sequence": claim.sequence} | more
    return client.post(f"/claims/{claim.id}/suggestions/{what}", data=data, headers=PART)


def diagnoses(claim) -> list[str]:
    db.session.expire_all()
    return [code["value"] for code in db.session.get_one(ClaimRecord, claim.id).coding.get("diagnoses", [])]


def test_the_note_comes_with_its_words_marked(client, claim) -> None:
    page = pane(client, claim)
    note_id = db.session.query(Note.id).scalar()
    assert f'id="note-{note_id}" hx-swap-oob="true"' in page
    marks = re.findall(
        r'<mark class="ev" id="w\d+-(\d+)" data-status="(\w+)" data-of="([\w ]+)">(.*?)(?:<sup|</mark>)', page
    )
    assert [(words, status) for _, status, _, words in marks] == [
        ("asthma", "affirmed"),
        ("essential hypertension", "affirmed"),
        ("pneumonia", "negated"),
        ("colon cancer", "family"),
    ]
    assert all(NOTE[int(start) :].startswith(words) for start, _, _, words in marks)
    twin = re.search(rf'id="note-{note_id}"[^>]*>(.*?)</div>', page, re.DOTALL).group(1)
    plain = re.sub(r"<sup.*?</sup>|<[^>]+>", "", twin).replace("&amp;", "&")
    assert plain == NOTE


def test_the_desk_asks_for_the_pane_and_there_is_a_page_without_scripts(client, claim) -> None:
    desk = client.get(f"/claims/{claim.id}/code").get_data(as_text=True)
    assert f'hx-get="/claims/{claim.id}/suggestions' in desk
    whole = client.get(f"/claims/{claim.id}/suggestions").get_data(as_text=True)
    assert "<title>" in whole
    assert "hx-swap-oob" not in whole
    assert whole.count('<mark class="ev"') == 4


def test_taken_refused_and_replaced(client, claim) -> None:
    answer = act(client, claim, "take", "I10")
    assert (answer.status_code, diagnoses(claim)) == (200, ["I10"])
    assert 'id="desk"' in answer.get_data(as_text=True)
    act(client, claim, "take", "J45909", instead="j45.40")
    assert diagnoses(claim) == ["I10", "J4540"]
    act(client, claim, "refuse", "Z800", reason="not asked")
    assert diagnoses(claim) == ["I10", "J4540"]
    counts = {(row.suggested, row.chosen) for row in db.session.query(SuggestionMemory)}
    assert counts == {("I10", "I10"), ("J45909", "J4540"), ("Z800", "")}
    story = client.get(f"/claims/{claim.id}").get_data(as_text=True)
    assert "essential hypertension" in story


def test_without_scripts_one_comes_back_to_the_desk(client, claim) -> None:
    answer = client.post(f"/claims/{claim.id}/suggestions/take", data={"code": "icd10cm:I10"})
    assert (answer.status_code, diagnoses(claim)) == (303, ["I10"])


@pytest.mark.parametrize(
    ("code", "more"),
    [("J189", {}), ("C189", {}), ("", {}), ("%%%", {}), ("I10", {"instead": "J45"}), ("I10", {"instead": "zzzzz"})],
)
def test_what_cannot_be_taken_is_told_and_changes_nothing(client, claim, code, more) -> None:
    answer = act(client, claim, "take", code, **more)
    assert answer.status_code == 200
    assert 'data-severity="block"' in answer.get_data(as_text=True)
    assert diagnoses(claim) == []
    assert db.session.query(SuggestionMemory).count() == 0


def test_a_stale_page_is_told(client, claim) -> None:
    act(client, claim, "take", "I10")
    answer = act(client, claim, "take", "J45909", sequence="1")
    assert "Someone else changed this claim" in answer.get_data(as_text=True)
    assert diagnoses(claim) == ["I10"]


def test_a_typed_code_keeps_the_words_it_was_suggested_for(client, claim) -> None:
    client.post(f"/claims/{claim.id}/changes", data={"do": "add_diagnosis", "code": "I10"}, headers=PART)
    fact = db.session.query(Fact).filter_by(type="claim.changed").one()
    assert fact.body["grounds"]["key"] == "essential hypertension"


def test_a_gap_is_a_question_with_its_choices(client, claim) -> None:
    page = pane(client, claim)
    form = re.search(
        rf'<form method="post" id="s\d+-ask"[^>]*action="/claims/{claim.id}/questions".*?</form>', page, re.DOTALL
    )
    assert form
    assert re.findall(r'name="choice" value="([A-Z0-9.]+)\|', form.group(0)) == ["J45.20", "J45.30", "J45.40", "J45.50"]
    fields = dict(re.findall(r'name="(text|about|note|start|end|to)" value="([^"]*)"', form.group(0)))
    assert (fields["about"], fields["to"]) == ("diagnosis:J45.909", "provider")
    assert NOTE[int(fields["start"]) : int(fields["end"])] == "asthma"
    answer = client.post(f"/claims/{claim.id}/questions", data=fields | {"choice": ["J45.20|Mild"]}, headers=PART)
    assert answer.status_code == 200
    assert db.session.query(Fact).filter_by(type="claim.asked").count() == 1


def test_codes_for_another_one(client, claim) -> None:
    page = client.get(f"/claims/{claim.id}/suggestions/codes?instead=moderate+persistent+asthma&form=s2-other")
    assert 'form="s2-other"' in page.get_data(as_text=True)


def test_habits_of_the_house(client, claim, practice) -> None:
    assert client.get("/house/suggestions").status_code == 200
    act(client, claim, "refuse", "J45909")
    page = client.get("/house/suggestions").get_data(as_text=True)
    assert "asthma" in page
    assert "/forget" not in page
    row = db.session.query(SuggestionMemory).one()
    assert client.post(f"/house/suggestions/{row.id}/forget").status_code == 403
    client.post("/logout")
    log_in(client, practice.actor("manager"), practice)
    assert "/forget" in client.get("/house/suggestions").get_data(as_text=True)
    assert client.post(f"/house/suggestions/{row.id}/forget").status_code == 303
    db.session.expire_all()
    assert db.session.query(SuggestionMemory).one().times == 0


def test_the_pane_and_the_house_cost_few_statements(client, claim) -> None:
    act(client, claim, "take", "I10")
    for path in (f"/claims/{claim.id}/suggestions", "/house/suggestions"):
        client.get(path, headers=PART)
        with statements() as sent:
            client.get(path, headers=PART)
        assert len(sent) <= 12, (path, sent)


def test_a_pane_is_quick(client, claim) -> None:
    """By the processor's clock, which other work on the machine does not move."""
    pane(client, claim)
    taken = []
    for _ in range(20):
        began = time.process_time()
        pane(client, claim)
        taken.append(time.process_time() - began)
    taken.sort()
    print(f"pane median {taken[10] * 1e3:.0f} ms, p95 {taken[18] * 1e3:.0f} ms")  # noqa: T201  the closing figure is read from here
    assert taken[18] < 0.15
