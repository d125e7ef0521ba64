"""Questions through HTTP: asked at the desk, answered one after the other, taken up where the coder looks."""

from __future__ import annotations

import re

import pytest

from billing.coding.questions import Asked
from billing.models import ClaimQuestion
from billing.services.answer_question import Given, answer_question
from billing.services.ask_provider import ask_coder, ask_provider
from billing.services.question_facts import question_of
from clinic.base import db
from clinic.models import Note
from tests.billing.services.questions import asked, claim, kind_of_pressure, row
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

MANY = 200


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


@pytest.fixture
def provider(client, practice):
    return log_in(client, practice.actor("provider"), practice)


def test_the_form_of_a_suggestion_asks(biller, practice) -> None:
    claim_id = coded_claim(practice)
    answer = biller.post(
        f"/claims/{claim_id}/questions",
        data={
            "text": "How severe is it?",
            "about": "diagnosis:I10",
            "choice": ["J45.20|Mild intermittent asthma", "J45.30|Mild persistent asthma, of the kind | barred"],
            "start": "0",
            "end": "9",
        },
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/claims/{claim_id}/code#ask")
    put = question_of(db.session.query(ClaimQuestion).one()).put
    note = db.session.query(Note).one()
    assert (put.to, put.asked.about, put.asked.note_id, put.asked.start, put.asked.end) == (
        "provider", "diagnosis:I10", note.id, 0, 9,
    )  # fmt: skip
    assert [(each.code, each.words) for each in put.asked.choices] == [
        ("J45.20", "Mild intermittent asthma"),
        ("J45.30", "Mild persistent asthma, of the kind | barred"),
    ]


def test_htmx_gets_the_pane_anew(biller, practice) -> None:
    claim_id = coded_claim(practice)
    answer = biller.post(f"/claims/{claim_id}/questions", data={"text": "Which?"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#questions")
    assert 'data-state="open"' in answer.get_data(as_text=True)


def test_typed_choices_are_one_a_line(biller, practice) -> None:
    claim_id = coded_claim(practice)
    biller.post(
        f"/claims/{claim_id}/questions", data={"text": "Which?", "choices": "I11.9 heart disease\r\n\r\nI16.0 urgency"}
    )
    choices = question_of(db.session.query(ClaimQuestion).one()).put.asked.choices
    assert [(each.code, each.words) for each in choices] == [("I11.9", "heart disease"), ("I16.0", "urgency")]


@pytest.mark.parametrize(
    "form",
    [{"text": " "}, {"text": "x", "start": "one"}, {"text": "x", "choice": [f"{n}|w" for n in range(9)]}],
)
def test_what_is_no_question_changes_nothing(biller, practice, form) -> None:
    claim_id = coded_claim(practice)
    assert biller.post(f"/claims/{claim_id}/questions", data=form).status_code in {303, 422}
    assert (db.session.query(ClaimQuestion).count(), claim(claim_id).open_questions) == (0, 0)


def test_a_provider_answers_one_after_the_other(provider, practice) -> None:
    claims = [coded_claim(practice, last) for last in ("Aarons", "Bell", "Cruz")]
    first, second, third = (asked(practice, each) for each in claims)
    page = provider.get("/questions").get_data(as_text=True)
    assert f'action="/questions/{first}/answer"' in page
    assert '<mark class="ev" id="rests">hypertension</mark>' in page
    assert [found for found in re.findall(r'data-key="(\d)"', page) if found in "12"][:2] == ["1", "2"]
    answer = provider.post(f"/questions/{first}/answer", data={"answer": "2", "note": "1"})
    assert answer.headers["Location"] == f"/questions?at={second}"
    note = db.session.get_one(Note, question_of(row(first)).answer.note_id)
    assert note.text.splitlines()[1:] == ["Asked: What kind of hypertension is it?", "Answer: Hypertensive urgency"]
    answer = provider.post(f"/questions/{second}/answer", data={"answer": "cannot", "note": "1"})
    assert (answer.headers["Location"], question_of(row(second)).answer.note_id) == (f"/questions?at={third}", None)
    answer = provider.post(f"/questions/{third}/answer", data={"words": "white coat"})
    assert answer.headers["Location"] == "/questions"
    assert (question_of(row(third)).answer.said, question_of(row(third)).answer.words) == ("words", "white coat")
    assert 'class="empty"' in provider.get("/questions").get_data(as_text=True)


def test_nothing_said_stays_at_the_question(provider, practice) -> None:
    question_id = asked(practice, coded_claim(practice))
    answer = provider.post(f"/questions/{question_id}/answer", data={"answer": ""})
    assert answer.headers["Location"] == f"/questions?at={question_id}"
    assert row(question_id).state == "open"


def test_an_answer_that_came_too_late_goes_on(provider, practice) -> None:
    first, second = (asked(practice, coded_claim(practice, last)) for last in ("Aarons", "Bell"))
    answer_question(practice.actor("provider"), first, Given(said="choice", choice=1))
    answer = provider.post(f"/questions/{first}/answer", data={"answer": "2"})
    assert answer.headers["Location"] == f"/questions?at={second}"
    told = provider.get(answer.headers["Location"]).get_data(as_text=True)
    assert practice.staff["provider"].name in told
    assert question_of(row(first)).chosen.code == "I11.9"


def test_everyones_questions_are_a_switch_away(provider, practice) -> None:
    claim_id = coded_claim(practice)
    practice.provider.staff_id = practice.staff["manager"].id
    db.session.commit()
    question_id = asked(practice, claim_id)
    assert f"/questions/{question_id}/answer" not in provider.get("/questions").get_data(as_text=True)
    assert f"/questions/{question_id}/answer" in provider.get("/questions?everyones=1").get_data(as_text=True)
    assert f"/questions/{question_id}/answer" in provider.get(f"/questions?at={question_id}").get_data(as_text=True)


def test_an_answer_is_taken_at_the_desk(biller, practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    answer_question(practice.actor("provider"), question_id, Given(said="choice", choice=1))
    desk = biller.get(f"/claims/{claim_id}/code").get_data(as_text=True)
    assert f'hx-get="/claims/{claim_id}/questions?at=desk"' in desk
    pane = biller.get(f"/claims/{claim_id}/questions?at=desk", headers={"HX-Request": "true"}).get_data(as_text=True)
    sequence = re.search(r'name="sequence" value="(\d+)"', pane)[1]
    answer = biller.post(f"/questions/{question_id}/take", data={"sequence": sequence, "at": "desk"})
    assert answer.headers["Location"] == f"/claims/{claim_id}/code#ask"
    assert [each["value"] for each in claim(claim_id).coding["diagnoses"]] == ["I119"]
    assert 'data-state="closed"' in biller.get(f"/claims/{claim_id}/questions").get_data(as_text=True)


def test_answers_that_came_are_taken_up_from_their_page(biller, practice) -> None:
    came, awaited = (asked(practice, coded_claim(practice, last)) for last in ("Aarons", "Bell"))
    answer_question(practice.actor("provider"), came, Given(said="choice", choice=2))
    page = biller.get("/questions/answers").get_data(as_text=True)
    assert f"/questions/{came}/take" in page
    assert f"/questions/{awaited}/take" not in page
    assert biller.post(f"/questions/{came}/take", data={"at": "answers"}).headers["Location"] == "/questions/answers"
    assert row(came).state == "closed"
    biller.post(f"/questions/{awaited}/withdraw", data={"reason": "the letter says it"})
    assert (row(awaited).state, row(awaited).reason) == ("closed", "the letter says it")


def test_a_coder_replies_and_the_provider_reads_it(client, practice) -> None:
    claim_id = coded_claim(practice)
    question_id = ask_coder(practice.actor("provider"), claim_id, Asked(text="Why only one line?"))
    log_in(client, practice.actor("biller"), practice)
    assert f"/claims/{claim_id}/code" in client.get("/questions/answers").get_data(as_text=True)
    client.post(f"/questions/{question_id}/reply", data={"words": "Nothing else was done."})
    client.post("/logout")
    log_in(client, practice.actor("provider"), practice)
    assert f"/questions/{question_id}/read" in client.get("/questions").get_data(as_text=True)
    assert client.post(f"/questions/{question_id}/read").headers["Location"] == "/questions"
    assert row(question_id).state == "closed"


def test_the_claim_tells_its_questions_to_who_signs(provider, practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    page = provider.get(f"/claims/{claim_id}").get_data(as_text=True)
    assert f'hx-get="/claims/{claim_id}/questions?at=claim"' in page
    assert 'data-fact="claim.asked"' in page
    pane = provider.get(f"/claims/{claim_id}/questions?at=claim").get_data(as_text=True)
    assert f"/questions?at={question_id}" in pane
    assert "/take" not in pane
    provider.post(f"/claims/{claim_id}/questions", data={"text": "Why not the vaccine?", "at": "claim"})
    assert db.session.query(ClaimQuestion).filter_by(waits_for="coder").count() == 1


def test_any_number_of_questions_costs_the_same(client, practice) -> None:
    claims = [coded_claim(practice, last) for last in ("Aarons", "Bell", "Cruz", "Dahl")]
    for number in range(MANY):
        question = kind_of_pressure(practice, claims[number % 4])
        question_id = ask_provider(practice.actor("biller"), claims[number % 4], question)
        if number % 2:
            answer_question(practice.actor("provider"), question_id, Given(said="choice", choice=1))
    for role, path, shows in (
        ("provider", "/questions", f"{MANY // 2}"),
        ("provider", "/questions?page=2", f"{MANY // 2}"),
        ("biller", "/questions/answers", f"{MANY // 2}"),
        ("biller", "/questions/answers?page=2&awaited=2", f"{MANY // 2}"),
        ("biller", f"/claims/{claims[0]}/questions", ""),
        ("biller", f"/claims/{claims[0]}/code", ""),
        ("provider", f"/claims/{claims[0]}", ""),
    ):
        log_in(client, practice.actor(role), practice)
        client.get(path)
        with statements() as sent:
            answer = client.get(path)
        assert answer.status_code == 200
        assert shows in answer.get_data(as_text=True)
        assert len(sent) <= 12, (path, len(sent))
        client.post("/logout")
    log_in(client, practice.actor("provider"), practice)
    waiting = db.session.query(ClaimQuestion).filter_by(state="open").first().id
    client.post(f"/questions/{waiting}/answer", data={"answer": "1"})
    other = db.session.query(ClaimQuestion).filter_by(state="open").first().id
    with statements() as sent:
        client.post(f"/questions/{other}/answer", data={"answer": "1", "note": "1"})
    assert len(sent) <= 24
