"""Asking about a claim, answering, taking up: by whom, what it keeps from happening, and what is kept of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from billing.coding.changes import AddDiagnosis, SetField, SetLine
from billing.coding.questions import Asked, Choice, Question, answered, begun, closed
from billing.coding.story import after, begin, body_of
from billing.models import ClaimQuestion
from billing.services.answer_question import Given, answer_question, reply
from billing.services.ask_provider import ask_coder, ask_provider
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.close_question import settle_question, take_answer, withdraw_question
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.leaving import ASKED
from billing.services.question_facts import question_of
from billing.services.queue_page import shown
from billing.services.send_claims import send_claims
from billing.services.telling import standing_of
from billing.services.withdraw_claim import withdraw_claim
from clinic import queues
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct, Note
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from tests.billing.services.questions import asked, claim, kind_of_pressure, row
from tests.billing.services.steps import coded_claim, digest_of, ready_claim

FIRST = Given(said="choice", choice=1)


def diagnoses(claim_id: int) -> list[str]:
    return [each["value"] for each in claim(claim_id).coding["diagnoses"]]


def count(practice, queue: str, role: str) -> int:
    db.session.commit()
    rows = [queues.QUEUES[queue]]
    return queues.states(rows, practice.actor(role))[queue].count


def test_a_question_goes_round(practice) -> None:
    claim_id = coded_claim(practice)
    biller, provider = practice.actor("biller"), practice.actor("provider")
    question_id = asked(practice, claim_id)
    assert (row(question_id).state, row(question_id).waits_for, row(question_id).of_id) == (
        "open", "provider", practice.staff["provider"].id,
    )  # fmt: skip
    assert (count(practice, "to_answer", "provider"), count(practice, "answers", "biller")) == (1, 0)
    answer_question(provider, question_id, Given(said="choice", choice=1, words=" since   spring "))
    found = question_of(row(question_id))
    assert (found.chosen, found.answer.words, found.answered_by) == (
        Choice("I11.9", "Hypertensive heart disease without heart failure"), "since spring", provider.staff_id,
    )  # fmt: skip
    assert (count(practice, "to_answer", "provider"), count(practice, "answers", "biller")) == (0, 1)
    assert take_answer(biller, question_id) == "I11.9"
    assert diagnoses(claim_id) == ["I119"]
    assert claim(claim_id).coding["lines"][0]["pointers"] == [1]
    assert (row(question_id).state, row(question_id).waits_for, claim(claim_id).open_questions) == ("closed", None, 0)
    assert count(practice, "answers", "biller") == 0
    acts = {each.act for each in db.session.query(JournalAct)}
    assert {"claim.ask", "claim.answer"} <= acts


def test_what_is_kept_is_the_fold_of_the_facts(practice) -> None:
    claim_id = coded_claim(practice)
    biller, provider = practice.actor("biller"), practice.actor("provider")
    ids = [asked(practice, claim_id) for _ in range(4)]
    answer_question(provider, ids[0], FIRST)
    answer_question(provider, ids[1], Given(said="cannot"))
    withdraw_question(biller, ids[2], "it stands in the letter")
    settle_question(biller, ids[1])
    rows = db.session.scalars(select(Fact).where(Fact.thing == "claim").order_by(Fact.sequence)).all()
    standing = begin(body_of(rows[0].type, rows[0].version, rows[0].body))
    questions: dict[int, Question] = {}
    for fact in rows[1:]:
        body = body_of(fact.type, fact.version, fact.body)
        standing = after(standing, fact.type, body, fact.actor_id)
        if fact.type == "claim.asked":
            questions[fact.sequence] = begun(fact.sequence, body, fact.actor_id)
        elif fact.type in {"claim.answered", "claim.question_closed"}:
            told = answered if fact.type == "claim.answered" else closed
            questions[body.question] = told(questions[body.question], body, fact.actor_id)
    assert standing == standing_of(claim(claim_id))
    assert standing.open_questions == 2
    kept = db.session.query(ClaimQuestion).order_by(ClaimQuestion.number).all()
    assert [question_of(each) for each in kept] == list(questions.values())
    for each in kept:
        found = questions[each.number]
        columns = (
            each.state,
            each.waits_for,
            each.of_id,
            each.note_id,
            each.asked_by,
            each.answered_by,
            each.closed_by,
        )
        assert columns == (
            found.state, found.waits_for, found.put.of, found.put.asked.note_id, found.asked_by, found.answered_by,
            found.closed_by,
        )  # fmt: skip
    assert [each.state for each in kept] == ["answered", "closed", "closed", "open"]
    assert kept[2].reason == "it stands in the letter"


def test_a_claim_with_a_question_takes_no_step(practice) -> None:
    claim_id = coded_claim(practice)
    asked(practice, claim_id)
    with pytest.raises(Refused) as refused:
        finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    assert (refused.value.where, bool(refused.value.remedy)) == ("questions", True)
    for queue in ("to_code", "work"):
        assert len(shown(practice.actor("manager"), queue).rows) == (queue == "work"), queue


def test_asking_undoes_no_step_and_holds_the_next(practice) -> None:
    claim_id = coded_claim(practice)
    manager = practice.actor("manager")
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    question_id = ask_provider(manager, claim_id, Asked(text="Was it one knee or both?"))
    assert claim(claim_id).preparation == "coded"
    for act, who in ((review_claim, manager), (sign_claim, practice.actor("provider"))):
        with pytest.raises(Refused):
            act(who, claim_id, digest_of(practice, claim_id))
    answer_question(practice.actor("provider"), question_id, Given(said="words", words="One, the left"))
    with pytest.raises(Refused):
        review_claim(manager, claim_id, digest_of(practice, claim_id))
    settle_question(manager, question_id)
    review_claim(manager, claim_id, digest_of(practice, claim_id))
    sign_claim(practice.actor("provider"), claim_id, digest_of(practice, claim_id))


def test_a_ready_claim_stays_with_the_reason_until_the_question_is_settled(practice) -> None:
    claim_id = ready_claim(practice)
    biller = practice.actor("biller")
    question_id = asked(practice, claim_id)
    assert [row.claim.id for row in shown(biller, "ready").rows] == []
    assert [each.why for each in send_claims(biller, [claim_id]).stayed] == [ASKED]
    withdraw_question(biller, question_id, "clear from the letter")
    assert (claim(claim_id).preparation, claim(claim_id).stopped) == ("signed", None)
    assert send_claims(biller, [claim_id]).left == (claim_id,)


def test_providers_ask_those_who_code(practice) -> None:
    claim_id = coded_claim(practice)
    biller, provider = practice.actor("biller"), practice.actor("provider")
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    question_id = ask_coder(provider, claim_id, Asked(text="Why is the flu vaccine not billed?"))
    assert (row(question_id).of_id, row(question_id).waits_for) == (biller.staff_id, "coder")
    assert count(practice, "answers", "biller") == 1
    with pytest.raises(Refused):
        answer_question(provider, question_id, Given(said="words", words="I do not know"))
    reply(biller, question_id, Given(said="words", words="It is on the pharmacy's claim."))
    assert (row(question_id).waits_for, count(practice, "to_answer", "provider")) == ("provider", 1)
    with pytest.raises(Refused):
        settle_question(biller, question_id)
    settle_question(provider, question_id)
    assert claim(claim_id).open_questions == 0


def test_the_second_who_answers_is_told_of_the_first(practice) -> None:
    question_id = asked(practice, coded_claim(practice))
    answer_question(practice.actor("provider"), question_id, FIRST)
    with pytest.raises(Refused) as refused:
        answer_question(practice.actor("provider"), question_id, Given(said="cannot"))
    assert refused.value.params["name"] == practice.staff["provider"].name
    assert question_of(row(question_id)).chosen is not None


def test_what_was_taken_back_is_not_answered(practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    with pytest.raises(Refused):
        withdraw_question(practice.actor("biller"), question_id, "  ")
    withdraw_question(practice.actor("biller"), question_id, "seen in the letter")
    with pytest.raises(Refused):
        answer_question(practice.actor("provider"), question_id, FIRST)
    with pytest.raises(Refused):
        withdraw_question(practice.actor("biller"), question_id, "again")
    assert claim(claim_id).open_questions == 0


def test_an_answer_is_not_taken_back_with_its_question(practice) -> None:
    question_id = asked(practice, coded_claim(practice))
    answer_question(practice.actor("provider"), question_id, FIRST)
    with pytest.raises(Refused):
        withdraw_question(practice.actor("biller"), question_id, "too late")
    assert row(question_id).state == "answered"


def test_an_addendum_is_the_providers_note(practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    answer_question(practice.actor("provider"), question_id, Given(said="choice", choice=2, addendum="It is urgent."))
    found = question_of(row(question_id))
    note = db.session.get_one(Note, found.answer.note_id)
    assert (note.text, note.author_id, note.visit_id) == (
        "It is urgent.", practice.staff["provider"].id, claim(claim_id).visits[0].visit_id,
    )  # fmt: skip
    written = db.session.query(Fact).filter_by(thing="visit", type="visit.note_written").one()
    assert written.body["note_id"] == note.id


@pytest.mark.parametrize(
    "given",
    [
        Given(said="choice", choice=3),
        Given(said="choice"),
        Given(said="choice", choice=0),
        Given(said="words"),
        Given(said="words", words="   "),
        Given(said="words", words="x" * 601),
    ],
)
def test_answers_that_are_none(practice, given) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    with pytest.raises(Refused) as refused:
        answer_question(practice.actor("provider"), question_id, given)
    assert refused.value.remedy
    assert (row(question_id).state, claim(claim_id).open_questions) == ("open", 1)


@pytest.mark.parametrize(
    "bad",
    [
        Asked(text="  "),
        Asked(text="x" * 601),
        Asked(text="Which?", choices=tuple(Choice("", str(each)) for each in range(9))),
        Asked(text="Which?", note_id=987654),
    ],
)
def test_questions_that_are_none(practice, bad) -> None:
    claim_id = coded_claim(practice)
    with pytest.raises(Refused) as refused:
        ask_provider(practice.actor("biller"), claim_id, bad)
    assert refused.value.remedy
    assert claim(claim_id).open_questions == 0


def test_a_place_outside_the_note_is_no_place(practice) -> None:
    claim_id = coded_claim(practice)
    ask_provider(practice.actor("biller"), claim_id, Asked(text="Which?", start=5, end=5000))
    (kept,) = db.session.query(ClaimQuestion)
    assert (kept.note_id is not None, question_of(kept).put.asked.start) == (True, None)


def test_who_may_not_does_not(practice, other_practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    for role in ("assistant", "administrator"):
        with pytest.raises(NotAllowed):
            ask_provider(practice.actor(role), claim_id, Asked(text="Which?"))
    for role in ("biller", "manager", "assistant"):
        with pytest.raises(NotAllowed):
            answer_question(practice.actor(role), question_id, FIRST)
    for act in (
        lambda who: ask_provider(who["biller"], claim_id, Asked(text="Which?")),
        lambda who: answer_question(who["provider"], question_id, FIRST),
        lambda who: withdraw_question(who["biller"], question_id, "mine"),
        lambda who: take_answer(who["biller"], question_id),
    ):
        with pytest.raises(Unknown):
            act({role: other_practice.actor(role) for role in ("biller", "provider")})
    with pytest.raises(Refused):
        withdraw_question(practice.actor("provider"), question_id, "I do not like it")


def test_an_answer_goes_where_the_code_stood(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    for code in ("E119", "J069"):
        change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, code)))
    change_claim(biller, claim_id, SetLine("1", "pointers", [2, 1]))
    question_id = asked(practice, claim_id)
    answer_question(practice.actor("provider"), question_id, FIRST)
    take_answer(biller, question_id)
    assert diagnoses(claim_id) == ["I119", "E119", "J069"]
    assert claim(claim_id).coding["lines"][0]["pointers"] == [2, 1]


def test_an_answer_that_stands_there_already_takes_over_the_lines(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    for code in ("E119", "I119"):
        change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, code)))
    change_claim(biller, claim_id, SetLine("1", "pointers", [2, 1, 3]))
    question_id = asked(practice, claim_id)
    answer_question(practice.actor("provider"), question_id, FIRST)
    take_answer(biller, question_id)
    assert diagnoses(claim_id) == ["E119", "I119"]
    assert claim(claim_id).coding["lines"][0]["pointers"] == [1, 2]


def test_an_answer_that_cannot_be_billed_is_not_taken(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    bad = Asked(text="Which?", choices=(Choice("I11", "a family"), Choice("", "neither")))
    for choice in (1, 2):
        question_id = ask_provider(biller, claim_id, bad)
        answer_question(practice.actor("provider"), question_id, Given(said="choice", choice=choice))
        with pytest.raises(Refused) as refused:
            take_answer(biller, question_id)
        assert refused.value.remedy
    assert diagnoses(claim_id) == ["I10"]


def test_questions_do_not_come_between_a_page_and_its_acts(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    seen = claim(claim_id).sequence
    question_id = asked(practice, claim_id)
    answer_question(practice.actor("provider"), question_id, FIRST)
    change_claim(biller, claim_id, SetField("note", "more"), sequence=seen)
    with pytest.raises(ChangedElsewhere):
        take_answer(biller, question_id, sequence=seen)
    with pytest.raises(ChangedElsewhere):
        change_claim(biller, claim_id, SetField("note", "less"), sequence=claim(claim_id).sequence + 1)
    assert take_answer(biller, question_id, sequence=claim(claim_id).sequence) == "I11.9"


def test_a_claim_that_is_gone_is_not_asked_about(practice) -> None:
    claim_id = ready_claim(practice)
    biller = practice.actor("biller")
    send_claims(biller, [claim_id])
    with pytest.raises(Refused):
        ask_provider(biller, claim_id, Asked(text="Which?"))


def test_questions_of_a_withdrawn_claim_wait_for_nobody(practice) -> None:
    claim_id = coded_claim(practice)
    question_id = asked(practice, claim_id)
    withdraw_claim(practice.actor("biller"), claim_id, "nothing was done")
    assert count(practice, "to_answer", "provider") == 0
    with pytest.raises(Refused):
        answer_question(practice.actor("provider"), question_id, FIRST)


def test_a_colleague_answers_in_absence(practice) -> None:
    claim_id = coded_claim(practice)
    practice.provider.staff_id = practice.staff["manager"].id
    db.session.commit()
    question_id = asked(practice, claim_id)
    assert count(practice, "to_answer", "provider") == 0
    answer_question(practice.actor("provider"), question_id, FIRST)
    assert row(question_id).answered_by == practice.staff["provider"].id


def test_a_question_about_a_note_of_another_claim_is_refused(practice) -> None:
    first, second = coded_claim(practice), coded_claim(practice, "Draper")
    with pytest.raises(Refused):
        ask_provider(practice.actor("biller"), second, kind_of_pressure(practice, first))
