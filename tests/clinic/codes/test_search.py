"""Search as you type: what a coder expects to see first."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.library import Library
from clinic.codes.tokens import stem, title_words, words
from tests.counts import count

ON = date(2026, 3, 2)

FIRST = {
    "diabetes": "E11.9",
    "type 2 diabetes": "E11.9",
    "diabetes type 2": "E11.9",
    "diabet": "E11.9",
    "hypertension": "I10",
    "high blood pressure": "I10",
    "asthma": "J45.909",
    "headache": "R51.9",
    "headaches": "R51.9",
    "chest pain": "R07.9",
    "pain chest": "R07.9",
    "low back pain": "M54.50",
    "knee pain": "M25.569",
    "right knee pain": "M25.561",
    "otitis media": "H66.90",
    "otitis media right": "H66.91",
    "urinary tract infection": "N39.0",
    "depression": "F32.A",
    "sore throat": "J02.9",
    "fever": "R50.9",
    "pneumonia": "J18.9",
    "hyperlipidemia": "E78.5",
    "fall": "W19.XXXA",
    "colles fracture right": "S52.531A",
    "right colles'": "S52.531A",
    "sprain left ankle": "S93.402A",
    "crohns": "K50.90",
    "Crohn's disease": "K50.90",
    "meniere": "H81.09",
    "Ménière": "H81.09",
    "covid": "U07.1",
    "strep thr": "J02.0",
    "acute bronchitis": "J20.9",
    "dental caries": "K02.9",
    "hypothyroidism": "E03.9",
    "atrial fibrillation": "I48.91",
    "E11": "E11",
    "e11.9": "E11.9",
    "E119": "E11.9",
    "s52521a": "S52.521A",
}


@pytest.mark.parametrize(("typed", "code"), FIRST.items())
def test_what_comes_first(code_library: Library, typed: str, code: str):
    assert code_library.search(typed, "icd10cm", ON, 5)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("torus fracture lower radius right", "S52.521A"),
        ("torus fracture lower radius right sequela", "S52.521S"),
        ("bronchitis ac", "J20.9"),
        ("neuropathy diabetic type 2", "E11.40"),
        ("b12", "D51.9"),
        ("foot ulcer type 2 diab", "E11.621"),
        ("chronic kidney disease stage 3", "N18.30"),
        ("gastroesophageal reflux", "K21.9"),
        ("concussion", "S06.0XAA"),
        ("smith fracture subsequent left", "S52.542D"),
        ("commotio cerebri", "S06.0XAA"),
        ("diabetes xyzzy", "E11.9"),
        ("S52.521", "S52.521A"),
    ],
)
def test_what_is_in_sight(code_library: Library, typed: str, code: str):
    assert code in [hit.code for hit in code_library.search(typed, "icd10cm", ON, 10)]


@pytest.mark.parametrize("typed", ["fracture", "diabetes", "pain", "fr", "a"])
def test_billable_before_header_and_scores_fall(code_library: Library, typed: str):
    hits = code_library.search(typed, "icd10cm", ON, 200)
    assert len(hits) == 200
    assert len({hit.value for hit in hits}) == 200
    ranks = [hit.billable for hit in hits]
    assert ranks == sorted(ranks, reverse=True)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_a_code_typed_whole_comes_first_and_what_begins_so_behind_it(code_library: Library):
    hits = code_library.search("E11.", "icd10cm", ON, 500)
    assert hits[0].value == "E11"
    assert not hits[0].billable
    assert hits[1].code == "E11.00"
    assert all(hit.value.startswith("E11") for hit in hits)
    assert [hit.billable for hit in hits[1:]] == sorted((hit.billable for hit in hits[1:]), reverse=True)


def test_each_title_finds_its_code(code_library: Library):
    file = code_library._choose("icd10cm", ON)[0]
    for at in range(0, len(file), count(1499, 37)):
        entry = file.entry(at)
        if entry.billable:
            found = code_library.search(entry.display, "icd10cm", ON, 50)
            assert entry.value in [hit.value for hit in found], entry


@settings(max_examples=count(150, 20_000))
@given(text=st.text(max_size=300), limit=st.integers(-1, 30))
def test_anything_may_be_typed(code_library: Library, text: str, limit: int):
    hits = code_library.search(text, "icd10cm", ON, limit)
    assert len(hits) <= max(0, limit)


def test_nothing_is_found_for_nothing(code_library: Library):
    assert code_library.search("", "icd10cm", ON) == []
    assert code_library.search("  .,- ", "icd10cm", ON) == []
    assert code_library.search("xyzzy", "icd10cm", ON) == []
    assert code_library.search("asthma", "loinc", ON) == []


def test_other_systems(code_library: Library):
    assert code_library.search("flu", "hcpcs", ON)[0].code == "G0008"
    assert code_library.search("office", "pos", ON)[0].code == "11"
    assert code_library.search("J06", "hcpcs", ON)[0].code == "J0696"


def test_words_of_titles():
    assert words("Ménière's  disease, Crohn’s") == ["meniere", "disease", "crohn"]
    assert [stem(word) for word in ("fractures", "pelvis", "abscess", "biopsies", "gas")] == [
        "fracture", "pelvis", "abscess", "biopsy", "gas",
    ]  # fmt: skip
    title = title_words("Essential (primary) hypertension, unspecified site")
    assert title.core == {"essential", "hypertension"}
    assert title.aside == {"primary"}
    assert title_words("Chills (without fever)").core == {"chills", "without", "fever"}
