"""One slip in a word, and other ways to write it."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.spelling import british, french, root
from clinic.codes.tokens import spoken
from clinic.codes.typos import near, near_beginnings, slips, typo_sections
from tests.counts import count

WORDS = ["asthma", "diabetes", "fracture", "hypertension", "pneumonia", "psoriasis", "sciatica"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def found(typed: str) -> list[str]:
    table = typo_sections(WORDS)
    hashes, of = array("I", table["typo_hash"]), array("I", table["typo_word"])
    return [WORDS[place] for place, _ in near(typed, hashes, of, WORDS)]


@pytest.mark.parametrize("word", WORDS)
def test_each_slip_of_each_word_is_found(word: str):
    slipped = {word[:at] + word[at + 1 :] for at in range(len(word))}
    slipped |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    slipped |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "aqz"}
    slipped |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in "aqz"}
    for typed in slipped - set(WORDS):
        assert word in found(typed), typed
        assert slips(typed, word) == 1


def test_what_is_far_or_short_or_no_word_is_not_found():
    assert found("asthmatics") == []
    assert found("ast") == []
    assert found("diab3tes") == []
    assert found("hyypertnsion") == ["hypertension"]


def slow_slips(one: str, other: str) -> int:
    """Optimal string alignment without shortcuts."""
    table = [
        [row + column if not row * column else 0 for column in range(len(other) + 1)] for row in range(len(one) + 1)
    ]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            same = one[row - 1] == other[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@settings(max_examples=count(300, 100_000))
@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_counted_as_by_the_plain_way(one: str, other: str):
    assert slips(one, other) == min(3, slow_slips(one, other))


def test_what_is_still_being_typed_may_have_a_slip_too():
    assert [WORDS[place] for place in near_beginnings("hypretens", WORDS)] == ["hypertension"]
    assert [WORDS[place] for place in near_beginnings("pneumomi", WORDS)] == ["pneumonia"]
    assert [WORDS[place] for place in near_beginnings("fractr", WORDS)] == ["fracture"]
    assert near_beginnings("frac", WORDS) == []


@pytest.mark.parametrize(
    "family",
    [
        ("fracture", "fractures", "fractured"),
        ("infection", "infected", "infectious", "infections"),
        ("stenosis", "stenotic", "stenoses"),
        ("arthritis", "arthritic"),
        ("swelling", "swell"),
        ("depression", "depressive", "depressed"),
        ("ulceration", "ulcerated"),
    ],
)
def test_a_family_has_one_root(family: tuple[str, ...]):
    assert len({root(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("arthritis", "arthrosis"), ("hepatitis", "hepatic"), ("nephritis", "nephrosis"), ("toxic", "toxin")],
)
def test_conditions_are_not_taken_for_one_another(one: str, other: str):
    assert root(one) != root(other)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("oesophagus", "esophagus"), ("haemorrhage", "hemorrhage"), ("tumour", "tumor"), ("leucocyte", "leukocyte"),
     ("haemorrhoids", "hemorrhoids"), ("anaesthesia", "anesthesia"), ("paralyse", "paralyze"), ("goitre", "goiter")],
)  # fmt: skip
def test_british_words_propose_american_ones(theirs: str, ours: str):
    assert ours in british(theirs)


@pytest.mark.parametrize(
    ("theirs", "ours"), [("nephrite", "nephritis"), ("bronchique", "bronchic"), ("tuberculeux", "tuberculous")]
)
def test_french_words_propose_english_ones(theirs: str, ours: str):
    assert ours in french(theirs)


def test_words_as_they_are_compared():
    assert spoken("l'Œsophage d’un homme") == ["oesophage", "un", "homme"]
    assert spoken("DM type II w/o complication") == ["dm", "type", "2", "without", "complication"]
    assert spoken("S/P CABG (HCC)") == ["status", "post", "cabg"]
    assert spoken("Viral sinusitis (disorder)") == ["viral", "sinusitis"]
    assert spoken("stage IV, vitamin D") == ["stage", "4", "vitamin", "d"]


@settings(max_examples=count(200, 100_000))
@given(st.text(max_size=60))
def test_any_text_is_read(text: str):
    for word in spoken(text):
        assert word.isalnum()
        root(word)
        list(british(word))
        list(french(word))
