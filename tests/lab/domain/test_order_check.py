"""What a line lacks, where a test may be run, and how tests are found by what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic.domain.refusal import Refused
from lab.domain.find_tests import find_tests
from lab.domain.order_answers import read_answer
from lab.domain.order_check import AT_THE_DRAW, Asked, lack, may_run, missing, open_questions, sent_out
from lab.domain.questions import Question
from lab.services.shipped import shipped

TESTS, QUESTIONS = shipped().tests, shipped().questions
COMPLETE = Asked(test=TESTS["cmp"], in_house=False, laboratory_open=True, diagnoses=("I10",), answers={})


def lacks(line: Asked, **how) -> tuple[str, ...]:
    return missing(line, **{"signed": True, "provider": True, "certificate": None} | how)


def test_what_is_complete_lacks_nothing() -> None:
    assert lacks(COMPLETE) == ()


@pytest.mark.parametrize(
    ("changes", "how", "codes"),
    [
        ({"diagnoses": ()}, {}, ("diagnosis",)),
        ({"laboratory_open": False}, {}, ("laboratory",)),
        ({}, {"signed": False}, ("signature",)),
        ({}, {"provider": False}, ("provider",)),
        ({"test": None}, {}, ("test",)),
        ({"in_house": True, "laboratory_open": False}, {}, ("clia",)),
        ({"in_house": True, "laboratory_open": False}, {"certificate": "full"}, ()),
        ({"test": TESTS["aptt"]}, {}, ("answer:heparin", "answer:anticoagulant")),
        ({"test": TESTS["aptt"], "answers": {"heparin": "no", "anticoagulant": " "}}, {}, ("answer:anticoagulant",)),
        ({"test": TESTS["glucose_fasting"], "answers": {"fasting": "no"}}, {}, ("fasting",)),
        ({"test": TESTS["glucose_fasting"], "answers": {"fasting": "yes"}}, {}, ()),
        ({"test": TESTS["glucose_fasting"]}, {}, ()),
        ({"diagnoses": ()}, {"signed": False, "provider": False}, ("provider", "diagnosis", "signature")),
    ],
)
def test_each_code_says_what_is_missing(changes, how, codes) -> None:
    found = lacks(replace(COMPLETE, **changes), **how)
    assert found == codes
    words = {key: question.words for key, question in QUESTIONS.items()}
    assert all(lack(code, words).what.text and lack(code, words).remedy for code in found)


@pytest.mark.parametrize(
    ("settings", "runs_with"),
    [
        (("reference",), {"full"}),
        (("poc",), {"waived", "ppm", "full"}),
        (("ppm",), {"ppm", "full"}),
        (("reference", "poc"), {"waived", "ppm", "full"}),
    ],
)
def test_a_certificate_says_what_runs_in_house(settings, runs_with) -> None:
    assert {kind for kind in (None, "waived", "ppm", "full") if may_run(settings, kind)} == runs_with


def test_what_only_the_draw_can_tell_holds_no_order() -> None:
    assert set(QUESTIONS) >= AT_THE_DRAW
    assert open_questions(TESTS["urine_protein_24h"], {}) == ()


@pytest.mark.parametrize("test", TESTS.values(), ids=lambda test: test.key)
def test_every_test_is_found_by_key_name_and_number(test) -> None:
    for typed in (test.key, test.name, test.loinc or test.key, *test.procedures[:1]):
        assert test in find_tests(TESTS.values(), typed, 12), typed
    assert find_tests(TESTS.values(), test.key, 12)[0] is test


@pytest.mark.parametrize("typed", ["", "  ", "-", "zzz", "99"])
def test_nothing_is_found_for_nothing(typed) -> None:
    assert find_tests(TESTS.values(), typed, 12) == []


@given(st.text(max_size=40))
def test_whatever_is_typed_is_taken(typed) -> None:
    assert len(find_tests(TESTS.values(), typed, 5)) <= 5


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("yes_no", "yes", "yes"),
        ("yes_no", " No ", "no"),
        ("choice", "bag", "bag"),
        ("number", "37,5", "37.5"),
        ("number", "12", "12"),
        ("date_time", "2026-05-06T07:30", "2026-05-06T07:30"),
        ("date_time", "2026-05-06 07:30", "2026-05-06T07:30"),
        ("text", "  left   arm ", "left arm"),
        ("yes_no", "", ""),
    ],
)
def test_answers_are_kept_as_they_are_meant(kind, typed, kept) -> None:
    asked = Question(key="q", words="?", kind=kind, options=("bag", "catheter") if kind == "choice" else ())
    assert read_answer(asked, typed, "answer_q") == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("yes_no", "perhaps"), ("choice", "jug"), ("number", "much"), ("date_time", "yesterday"), ("text", "x" * 201)],
)
def test_what_is_no_answer_is_refused_at_its_field(kind, typed) -> None:
    asked = Question(key="q", words="?", kind=kind, options=("bag",) if kind == "choice" else ())
    with pytest.raises(Refused) as told:
        read_answer(asked, typed, "answer_q")
    assert told.value.where == "answer_q"


@given(st.text(max_size=30), st.sampled_from(["yes_no", "choice", "number", "date_time", "text"]))
def test_an_answer_is_kept_or_refused(typed, kind) -> None:
    asked = Question(key="q", words="?", kind=kind, options=("bag",) if kind == "choice" else ())
    try:
        kept = read_answer(asked, typed, "answer_q")
    except Refused:
        return
    assert read_answer(asked, kept, "answer_q") == kept


def test_whoever_takes_it_outside_is_a_laboratory() -> None:
    assert [sent_out(TESTS[key].settings) for key in ("cmp", "glucose_poc", "hba1c")] == [True, False, True]
