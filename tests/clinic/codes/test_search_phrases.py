"""How often search has the right code in sight: on hand-set phrases, on terms of other vocabularies."""

import pytest

from clinic.codes.library import Library
from tests.clinic.codes.phrases import ON, read, share

PHRASES = read("phrases.csv")
TERMS = read("terms.csv")


def test_the_phrases_are_many_of_all_kinds(code_library: Library):
    assert len(PHRASES) >= 300
    assert {"typo", "french", "lay", "abbreviation", "british", "eponym"} <= {phrase.kind for phrase in PHRASES}
    assert len(TERMS) >= 600
    for phrase in (*PHRASES, *TERMS):
        for code in phrase.accept:
            start = code.rstrip("*")
            found = code_library.search(start, "icd10cm", ON, 1) if len(start) > 2 else [None]
            assert found, (phrase.text, code)


def test_phrases_are_in_sight(code_library: Library):
    assert share(code_library, PHRASES, 5) >= 0.92
    assert share(code_library, [phrase for phrase in PHRASES if phrase.kind == "typo"], 5) >= 0.85


@pytest.mark.parametrize("kind", ["snomed", "lay", "icd9", "synthea", "ehr", "french"])
def test_terms_of_each_style_are_in_sight(code_library: Library, kind: str):
    assert share(code_library, [term for term in TERMS if term.kind == kind], 10) >= 0.85


def test_terms_that_nothing_was_tuned_on_are_in_sight(code_library: Library):
    assert share(code_library, [term for term in TERMS if term.held_out()], 10) >= 0.93
