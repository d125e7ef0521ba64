"""Notes, problems, acts and results as one list: nothing twice, each with where it comes from."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.coding.grounds import LONGEST_KEY
from billing.coding.suggest import Lexicon
from billing.coding.suggest.memory import key_of
from billing.coding.suggest.together import together
from billing.coding.suggest.written import DoneAct, ListedProblem, MeasuredValue, Written, WrittenNote
from billing.services.lexicon import lexicon
from clinic.codes.library import Library
from clinic.domain.code import CPT, ICD10CM, Code
from tests.billing.coding.suggest.gold import gold, note
from tests.counts import count

ON = date(2026, 11, 24)
CHARGES = {
    Code(CPT, "99213"): "office visit, known patient",
    Code(CPT, "36415"): "blood draw, vein",
    Code(CPT, "93000"): "electrocardiogram with reading",
}


@pytest.fixture(scope="module")
def terms(code_library: Library) -> Lexicon:
    return lexicon(code_library, ON)


def problem(words: str, code: str | None = None, *, number: int = 1, active: bool = True) -> ListedProblem:
    return ListedProblem(id=number, words=words, code=Code(ICD10CM, code) if code else None, active=active)


def value(words: str, said: str, *, loinc: str | None = None, flag: str | None = None) -> MeasuredValue:
    return MeasuredValue(
        source="result" if flag else "observation", id=7, words=words, value=said, loinc=loinc, flag=flag
    )


def found(terms: Lexicon, *, text: str = "", **more):
    notes = (WrittenNote(id=5, text=text),) if text else ()
    return together(Written(notes=notes, **more), terms, CHARGES)


def by_code(terms: Lexicon, **more):
    return {each.shown: each for each in found(terms, **more).proposals if each.status == "affirmed"}


def test_a_code_from_several_places_is_one_and_names_them_all(terms: Lexicon):
    rows = by_code(
        terms,
        text="Assessment: essential hypertension.",
        problems=(problem("Essential hypertension", "I10", number=3),),
    )
    assert list(rows) == ["I10"]
    assert {(words.source, words.source_id) for words in rows["I10"].words} == {("note", 5), ("problem", 3)}
    alone = by_code(terms, problems=(problem("Essential hypertension", "I10"),))["I10"]
    assert rows["I10"].score > alone.score


def test_what_stands_in_note_and_list_is_weighed_together(terms: Lexicon):
    rows = by_code(
        terms,
        text="Assessment: chronic kidney disease stage 3a.",
        problems=(problem("Type 2 diabetes mellitus without complications", "E119"),),
    )
    assert set(rows) == {"E11.22", "N18.31"}
    assert {words.source for words in rows["E11.22"].words} == {"note", "problem"}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (problem("whatever it is called", "J4520"), {"J45.20"}),
        (problem("asthma"), {"J45.909"}),
        (problem("Type 2 diabetes mellitus", "E11"), {"E11.9"}),
        (problem("asthma", "J4520", active=False), set()),
        (problem("myocardial infarction", "I214", active=False), {"I25.2"}),
        (problem("Fall on stairs", "W108XXA"), set()),
    ],
)
def test_problems(terms: Lexicon, row: ListedProblem, codes: set[str]):
    assert set(by_code(terms, problems=(row,))) == codes


def test_a_result_speaks_for_a_diagnosis_and_is_none(terms: Lexicon):
    high = value("Hemoglobin A1c", "8.4", loinc="4548-4", flag="H")
    alone = found(terms, results=(high,))
    assert (alone.proposals, alone.alone) == ((), (high,))
    with_it = found(terms, text="Assessment: type 2 diabetes.", results=(high,))
    assert with_it.alone == ()
    words = with_it.proposals[0].words
    assert [(each.source, each.source_id) for each in words] == [("note", 5), ("result", 7)]
    usual = value("Hemoglobin A1c", "5.4", loinc="4548-4")
    assert found(terms, text="Assessment: type 2 diabetes.", results=(usual,)).proposals[0].words == words[:1]


def test_a_result_says_nothing_for_what_is_denied(terms: Lexicon):
    high = value("Hemoglobin A1c", "8.4", loinc="4548-4", flag="HH")
    read = found(terms, text="No diabetes.", results=(high,))
    assert {each.status for each in read.proposals} == {"negated"}
    assert read.alone == (high,)


def test_a_measured_body_mass_counts_only_beside_a_diagnosis_of_weight(terms: Lexicon):
    index = value("Body mass index", "33.1", loinc="39156-5")
    assert by_code(terms, results=(index,)) == {}
    rows = by_code(terms, text="Assessment: obesity.", results=(index,))
    assert rows["Z68.33"].words[0].source == "observation"


def act(words: str, code: str | None = None, **more) -> DoneAct:
    more = {"billed": True} | more
    return DoneAct(id=9, words=words, quantity=Decimal(1), code=Code(CPT, code) if code else None, **more)


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (act("visit", "99213"), "99213"),
        (act("blood draw from a vein, left arm"), "36415"),
        (act("blood draw from a vein, left arm", "00000"), "36415"),
        (act("talked for a while"), None),
        (act("visit", "99213", billed=False), None),
        (act("office visit of a known patient, then blood draw from a vein"), "99213"),
    ],
)
def test_what_was_done_becomes_lines_of_the_charge_list(terms: Lexicon, done: DoneAct, code: str | None):
    rows = [each for each in found(terms, acts=(done,)).proposals if each.code.system == CPT]
    assert [row.code.value for row in rows] == ([code] if code else [])


def test_what_two_charges_fit_as_well_is_left_open(terms: Lexicon):
    both = {Code(CPT, "1"): "small dressing", Code(CPT, "2"): "dressing change"}
    written = Written(acts=(act("small dressing change"),))
    assert together(written, terms, both).proposals == ()


def test_open_questions_know_their_place(terms: Lexicon):
    text = "Assessment: asthma."
    read = found(terms, text=text)
    (gap,) = read.gaps
    assert (gap.code, text[gap.start : gap.end], gap.question) == ("J45.909", "asthma", "How severe is it?")
    assert {code for code, _ in gap.choices} == {"J45.20", "J45.30", "J45.40", "J45.50"}


def test_nothing_is_twice_and_all_words_stand_where_they_are_said_to(terms: Lexicon):
    numbers = sorted(gold())
    for first, second in zip(numbers[::2], numbers[1::2], strict=True):
        notes = {1: note(first), 2: note(second)}
        written = Written(
            notes=tuple(WrittenNote(id=number, text=text) for number, text in notes.items()),
            problems=(problem("asthma"), problem("hypertension", "I10", number=2)),
        )
        rows = together(written, terms, CHARGES).proposals
        seen = [(row.code, row.status) for row in rows]
        assert len(seen) == len(set(seen))
        for row in rows:
            for words in row.words:
                if words.source == "note":
                    assert notes[words.source_id][words.start : words.end] == words.text != ""
            assert 0 < row.score < 1
            assert row.why


@settings(max_examples=count(30, 2000), deadline=None)
@given(text=st.text(max_size=300))
def test_a_key_holds_known_words_alone_and_is_bounded(terms: Lexicon, text: str):
    key = key_of(text, terms)
    assert len(key) <= LONGEST_KEY
    assert all(terms.knows(word) and not word.isdigit() for word in key.split())
    assert key_of(key, terms) == key or len(key) > 0


@settings(max_examples=count(30, 2000), deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            ["asthma", "No ", "mother had ", "diabetes", ". ", "\n", "PMH: ", "left knee pain", "é", "8.4"]
        ),
        max_size=12,
    ).map("".join),
    words=st.text(max_size=40),
)
def test_any_record_is_read(terms: Lexicon, text: str, words: str):
    read = found(terms, text=text, problems=(problem(words),), acts=(act(words),), results=(value(words, words),))
    assert all(each.words for each in read.proposals)


def test_names_are_not_remembered(terms: Lexicon):
    assert key_of("Zzyzx Qwertley: asthma 8.4", terms) == "asthma"
