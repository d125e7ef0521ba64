"""One rule a case: what a sentence says of a condition, which code its words support, what stays open."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.coding.suggest import Lexicon, gaps, suggest
from billing.services.lexicon import lexicon
from clinic.codes.library import Library
from tests.counts import count

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def terms(code_library: Library) -> Lexicon:
    return lexicon(code_library, ON)


def affirmed(text: str, terms: Lexicon) -> set[str]:
    return {each.code for each in suggest(text, terms) if each.status == "affirmed"}


def statuses(text: str, terms: Lexicon) -> dict[str, str]:
    return {each.code: each.status for each in suggest(text, terms)}


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("Denies chest pain.", "R07.9", "negated"),
        ("No evidence of pneumonia.", "J18.9", "negated"),
        ("Hyperthyroidism was ruled out.", "E05.90", "negated"),
        ("r/o pneumonia", "J18.9", "uncertain"),
        ("Probable pneumonia.", "J18.9", "uncertain"),
        ("Barrett's esophagus cannot be excluded.", "K22.70", "uncertain"),
        ("Return if fever.", "R50.9", "uncertain"),
        ("Mother had rheumatoid arthritis.", "M06.9", "family"),
        ("Family History:\n- asthma in brother", "J45.909", "family"),
        ("Pneumonia, resolved.", "J18.9", "history"),
        ("PMH: pneumonia.", "J18.9", "history"),
        ("PMH: hypertension.", "I10", "affirmed"),
        ("[ ] cough [x] heartburn", "R05.9", "negated"),
        ("Pas de fièvre.", "R50.9", "negated"),
        ("Pneumonie exclue.", "J18.9", "negated"),
        ("Mère : asthme depuis des ans.", "J45.909", "family"),
    ],
)
def test_what_a_sentence_says_of_it(terms: Lexicon, text: str, code: str, status: str):
    assert statuses(text, terms).get(code) == status


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("No diabetes but hypertension.", {"I10"}),
        ("It is not true that he does not have asthma.", {"J45.909"}),
        ("Possible osteoporosis? Confirmed by DXA.", {"M81.0"}),
        ("History of MI in 2015.", {"I25.2"}),
        ("Personal history of melanoma.", {"Z85.820"}),
        ("Allergic to penicillin (hives).", {"Z88.0"}),
        ("Type 2 diabetes with neuropathy.", {"E11.40"}),
        ("Assessment: hypertension. CKD stage 3a.", {"I12.9", "N18.31"}),
        ("Hypertension. Type 2 diabetes. BMI 34.2.", {"I10", "E11.9"}),
        ("Obesity, class 1, BMI 34.2.", {"E66.811", "Z68.34"}),
        ("Osteoarthritis of the left knee. Left knee pain.", {"M17.9"}),
        ("HPI: cough, fever.\nAssessment: acute bronchitis.", {"J20.9"}),
        ("HPI: cough, fever.\nAssessment: probable pneumonia. Hypertension.", {"R05.9", "R50.9", "I10"}),
        ("Right carpal tunnel syndrome.", {"G56.01"}),
        ("Sprain of right ankle.", {"S93.401A"}),
        ("Sprain of right ankle, subsequent encounter.", {"S93.401D"}),
        ("Former smoker.", {"Z87.891"}),
        ("Parodontite chronique généralisée sévère chez ce patient.", {"K05.323"}),
    ],
)
def test_the_codes_its_words_support(terms: Lexicon, text: str, codes: set[str]):
    assert affirmed(text, terms) == codes


def test_what_is_left_open_is_asked(terms: Lexicon):
    [gap] = gaps(suggest("Carpal tunnel syndrome.", terms), terms)
    assert gap.code == "G56.00"
    assert [code for code, _ in gap.choices] == ["G56.01", "G56.02", "G56.03"]
    assert gaps(suggest("Right carpal tunnel syndrome.", terms), terms) == ()


@given(
    st.lists(st.sampled_from(["no ", "fever", ", ", "mother ", ": ", "\n", "[ ]", "2015 ", "?", "d'", "É", "CKD 3"]))
)
@settings(max_examples=count(60, 100_000), deadline=None)
def test_any_order_of_words_is_read(terms: Lexicon, parts: list[str]):
    text = "".join(parts)
    for each in suggest(text, terms):
        assert text[each.start : each.end] == each.text


@given(st.text(max_size=200))
@settings(max_examples=count(60, 100_000), deadline=None)
def test_any_text_is_read(terms: Lexicon, text: str):
    for each in suggest(text, terms):
        assert text[each.start : each.end] == each.text
