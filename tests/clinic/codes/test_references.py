"""The codes that notes name, read from the words of the tabular list; damaged words end in nothing, not in an error."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.crossnotes import read_note
from clinic.codes.references import Reference, read_references
from tests.counts import count

KINDS = ("excludes1", "excludes2", "codeFirst", "useAdditionalCode", "codeAlso", "notes", "includes")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("asthma (J45.-)", ["J45"]),
        ("infections (A00-B99, J09, J10.-)", ["A00-B99", "J09", "J10"]),
        ("atherosclerosis of the extremities (I70.2--I70.7-)", ["I70.2-I70.7"]),
        ("rheumatic fever with heart involvement (I01.0 -I01.9)", ["I01.0-I01.9"]),
        ("rheumatoid arthritis, if known (M05.00 to M05.8A)", ["M05.00-M05.8A"]),
        ("cerebral hemorrhage (I60.-. I61.-, I62.-)", ["I60", "I61", "I62"]),
        ("abscess of intestine (K50.014, K50.114, K50.814, K50.914,)", ["K50.014", "K50.114", "K50.814", "K50.914"]),
        ("complications (A00-R94 and T80-T88.6, T88.8)", ["A00-R94", "T80-T88.6", "T88.8"]),
        ("pneumoconiosis with tuberculosis, any type in A15 (J65)", ["J65"]),
        ("vitamin B12 deficiency anemia (D51.-)", ["D51"]),
        ("conditions classified to Q67.0-Q67.4", ["Q67.0-Q67.4"]),
        ("jaw pain R68.84", ["R68.84"]),
        ("code from category B96 to identify organism", ["B96"]),
        ("behavior (F98.2.-F98.3)", ["F98.2-F98.3"]),
        ("certain infections - see body system-related chapters", []),
        ("urinary infection (complicating):", []),
        ("fracture (S52.- with open fracture 7th character)", []),
        ("worn the wrong way round (B99-A00)", []),
        ("", []),
    ],
)
def test_notes_are_read(text, read):
    assert [str(each) for each in read_references(text)] == read


@pytest.mark.parametrize(
    ("text", "those", "not_those"),
    [
        ("drug (T36-T50 with fifth or sixth character 5)", ("T360X5A", "T39015A", "T4275XA"), ("T360X1A", "T510X5A")),
        (
            "poisoning (T36-T65 with fifth or sixth character 1-4)",
            ("T391X1A", "T510X4A"),
            ("T391X5A", "T391X6A", "T39"),
        ),
        ("underdosing (T36-T50) with fifth or sixth character 6", ("T465X6A",), ("T465X5A",)),
        ("diabetes (E08-E13 with .21)", ("E1121", "E0821"), ("E1122", "E119")),
        ("angiopathy (E08-E13 with .51-.52)", ("E1151", "E1152"), ("E1159", "E115")),
        ("skin (E08-E13 with .62-)", ("E11621", "E0862"), ("E1161",)),
        ("following stroke (I69. with final characters -23)", ("I69023", "I69323"), ("I69021",)),
        ("hyperosmolarity (E08, E11 with final characters .00 or .01)", ("E1100", "E0801"), ("E1110", "E0900")),
        ("mononucleosis (B27.0-B27.9 with fifth character 9)", ("B2709", "B2799"), ("B2700", "B279")),
        ("open fracture (S42.- with 7th character B or C)", ("S42001B", "S42001C"), ("S42001A", "S4200")),
        ("neoplasm (C00-D49)", ("C7A00", "D497", "D49"), ("D500", "B999")),
        ("dementia (O94-O9A)", ("O9A211", "O94"), ("O93",)),
    ],
)
def test_a_reference_matches_what_its_words_say(text, those, not_those):
    read = read_references(text)
    assert read
    for code in those:
        assert any(each.matches(code) for each in read), code
    for code in not_those:
        assert not any(each.matches(code) for each in read), code


def test_the_letters_of_a_reference_are_those_its_codes_begin_with():
    assert Reference("A00", "D49").letters() == "ABCD"
    assert Reference("Z23", "Z23").letters() == "Z"


def test_nearly_all_notes_of_the_release_that_name_a_code_are_read(code_library, icd10cm):
    lines = [line for group in icd10cm.groups for kind, said in group.notes if kind in KINDS[:5] for line in said] + [
        line for at in range(len(icd10cm)) for kind, said in icd10cm.own_notes(at) if kind in KINDS[:5] for line in said
    ]
    naming = [line for line in lines if re.search(r"\([A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?\b", line)]
    unread = [line for line in naming if not read_references(line)]
    assert len(naming) > 9_000
    assert len(unread) < 10, unread


PIECES = (
    *("J45.-", "A00-B99", "(", ")", "with", "fifth", "or", "sixth", "character", "characters", "5", "1-4", ".51-.52"),
    *("final", "-23", "to", "and", ",", ";", ".", "-", "--", "see", "category", "classified to", "X", "", "é", "\x00"),
    *("S42.- with 7th character B", "(T36-T50", "{", "}", "E87.8}", "such as:", "if applicable", " " * 50, "A00." * 30),
)


@settings(max_examples=count(200, 20_000))
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from([" ", "", "\n"]), st.sampled_from(KINDS))
def test_damaged_notes_end_in_references_or_in_nothing(pieces, glue, kind):
    text = glue.join(pieces)
    for each in read_references(text):
        assert each.first <= each.last
        assert each.letters()
        each.matches("T360X5A")
    for rule in read_note("X", kind, (text, text[::-1])):
        assert rule.demand in {"", "listed", "any"}


@settings(max_examples=count(100, 10_000))
@given(st.text(max_size=300))
def test_any_text_ends_in_references_or_in_nothing(text):
    read_references(text)
    read_references(f"({text})")


def test_notes_of_the_release_with_characters_changed(icd10cm):
    rng = Random(4)
    lines = [line for at in range(0, len(icd10cm), 40) for _, said in icd10cm.own_notes(at) for line in said]
    for _ in range(count(2_000, 100_000)):
        line = list(rng.choice(lines))
        for _ in range(rng.randrange(1, 4)):
            line[rng.randrange(len(line))] = rng.choice("()-., XA01;é\n") * rng.randrange(3)
        for each in read_references("".join(line)):
            assert each.first <= each.last


def test_a_very_long_note_takes_no_time():
    for text in (
        "(" * 50_000,
        "(" + "A00, " * 20_000 + ")",
        "(A00" + "-" * 50_000 + ")",
        "A00 " * 30_000,
        "(A00 with " + ".1" * 9_000,
    ):
        read_references(text)
