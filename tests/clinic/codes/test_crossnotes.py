"""What notes say between codes, beside a slow plain reading of them; and what titles say of the side."""

import re
import time
from datetime import date
from random import Random

import pytest

from clinic.codes import crossnotes
from clinic.codes.crossnotes import CrossNotes, side_of
from clinic.codes.library import Library
from clinic.codes.references import read_references
from tests.counts import count

ON = date(2026, 3, 2)
SYSTEM = "icd10cm"


@pytest.fixture(scope="module")
def notes(code_library) -> CrossNotes:
    found = code_library.cross_notes(SYSTEM, ON)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def codes(icd10cm) -> list[str]:
    return [icd10cm.value(at) for at in range(len(icd10cm))]


def said(notes: CrossNotes, *codes: str) -> list[tuple[str, str, str, list[str]]]:
    return [
        (codes[each.at], each.rule.kind, each.rule.owner, [codes[other] for other in each.others])
        for each in notes.among(codes)
    ]


def test_notes_hold_for_all_below_them(notes):
    assert ("R4182", "excludes1", "R4182", ["R410"]) in said(notes, "R4182", "R410")
    assert ("J45909", "excludes2", "10", []) not in said(notes, "J45909", "E119"), "excludes2 keeps nothing apart"
    assert any(each.kind == "excludes2" for each in notes.rules("J45909")), "but it is known"
    assert ("N184", "codeFirst", "N18", ["I129"]) in said(notes, "I129", "N184")
    assert ("I129", "useAdditionalCode", "I129", ["N184"]) in said(notes, "I129", "N184")


def test_what_is_demanded_is_told_even_alone(notes):
    assert said(notes, "D630") == [("D630", "codeFirst", "D630", [])]
    assert [each.rule.demand for each in notes.among(("D630",))] == ["listed"]
    assert [each.rule.demand for each in notes.among(("G63",))] == ["any"], "such as: others may be"
    assert said(notes, "I10", "E119", "J069", "E785", "M25561", "R42", "Z23", "K219") == []
    assert said(notes, "D642") == [], "code first, if applicable"


def test_unknown_codes_say_nothing(notes):
    assert said(notes, "", "NOPE", "é", "I10" * 9) == []
    assert notes.rules("Q") == ()
    assert notes.told("") == notes.told("NOPE")
    assert not notes.told("NOPE").side


def _plainly(library: Library, code: str, other: str) -> set[tuple[str, str, str]]:
    """Which excludes1 and code-first notes of a code name another: every note of its ancestry read anew."""
    found = set()
    for note in library.notes(SYSTEM, code, ON):
        if note.kind == "excludes1":
            for line in note.lines:
                for each in read_references(line):
                    if _in(each, other) and not _in(each, code):
                        found.add((note.kind, note.owner, line))
        elif note.kind == "codeFirst":
            named = [each for line in note.lines for each in read_references(line)]
            if any(_in(each, other) and not _in(each, code) for each in named):
                found.add((note.kind, note.owner, "; ".join(note.lines).replace(":; ", ": ")))
    return found


def _in(reference, code: str) -> bool:
    """Whether a code is meant, worked out by comparing characters one by one."""
    first, last = reference.first, reference.last
    low = [*code[: len(first)]] >= [*first]
    high = [*code[: len(last)]] <= [*last]
    if not (low and high):
        return False
    if reference.tails:
        behind = code[3:]
        if not any(low <= behind[: len(high)] <= high for low, high in reference.tails):
            return False
    if reference.ends and code[-len(reference.ends[0]) :] not in reference.ends:
        return False
    if reference.places:
        seen = [code[place] for place in reference.places if place < len(code) and code[place] != "X"]
        return bool(seen) and seen[-1] in reference.characters
    return True


def test_the_table_says_what_a_slow_reading_says(code_library, notes, codes):
    rng, known = Random(7), frozenset(codes)
    named: list[tuple[str, str, str]] = []
    for code in rng.sample(codes, count(150, 5_000)):
        # Pairs by chance hardly ever meet: half of them are a code and one that a note of its names.
        references = [each for rule in notes.rules(code) for each in rule.references]
        others = [rng.choice(codes)]
        if references:
            first = rng.choice(references).first
            others += [each for each in (first, f"{first}0", f"{first}1", f"{first}9") if each in known]
        for other in others:
            if other == code:
                continue
            expected = _plainly(code_library, code, other)
            found = {
                (each.rule.kind, each.rule.owner, each.rule.text)
                for each in notes.among((code, other))
                if each.at == 0 and each.others
            }
            assert {each for each in found if each[0] in {"excludes1", "codeFirst"}} == expected, (code, other)
            named += expected
    assert len(named) > 20


def test_places_are_those_of_the_codes_given(notes):
    forward, back = notes.among(("R410", "I10", "R4182")), notes.among(("R4182", "I10", "R410"))
    assert [(each.at, each.others) for each in forward] == [(2, (0,))]
    assert [(each.at, each.others) for each in back] == [(0, (2,))]
    assert notes.among(("R4182", "R4182", "R410"))[0].others == (2,)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Pain in right knee", "right"),
        ("Unspecified fracture of the lower end of left radius", "left"),
        ("Age-related nuclear cataract, bilateral", "both"),
        ("Age-related nuclear cataract, unspecified eye", "unspecified"),
        ("Right heart failure, unspecified", ""),
        ("Hemiplegia affecting right dominant side", ""),
        ("Strabismus, right eye and left eye", ""),
        ("Essential (primary) hypertension", ""),
    ],
)
def test_sides_are_read_from_titles(words, side):
    assert side_of(words) == side


def test_what_codes_say_of_themselves(notes):
    told = {code: notes.told(code) for code in ("M25561", "M25569", "E785", "H2513", "O2341", "J45909", "E113511")}
    assert {code: each.side for code, each in told.items()} == {
        "M25561": "right",
        "M25569": "unspecified",
        "E785": "",
        "H2513": "both",
        "O2341": "",
        "J45909": "",
        "E113511": "right",
    }
    assert told["O2341"].trimester == 1
    assert told["E785"].vague == "E78"
    assert notes.told("J45909").vague == "J45", "above headings that are unspecified too"
    assert notes.told("J4541").vague is None
    assert notes.both("H2511", 4) == "H2513"
    assert notes.both("M25561", 5) is None


def test_sides_of_the_release_are_sides(notes, codes, icd10cm):
    for code in Random(8).sample(codes, count(500, 20_000)):
        title = icd10cm.display(icd10cm.find(code))
        side = notes.told(code).side
        words = set(re.findall(r"[a-z]+", title.lower()))
        if side in {"right", "left"}:
            assert side in words
            assert ({"right", "left"} - {side}).isdisjoint(words)
        elif side == "both":
            assert words & {"bilateral", "both"}
        elif side == "unspecified":
            assert "unspecified" in words
            assert words.isdisjoint({"right", "left", "bilateral"})


def test_it_is_ready_at_once(code_library):
    library = Library(code_library.folder)
    library.releases()
    start = time.process_time()
    found = library.cross_notes(SYSTEM, ON)
    assert found is not None
    found.among(("E119", "I10", "J069", "K219"))
    assert time.process_time() - start < 0.05


def test_a_list_without_notes_says_nothing(tmp_path):
    library = Library(tmp_path, sources=lambda: ())
    assert library.cross_notes(SYSTEM, ON) is None


def test_memory_is_bounded(notes, codes, monkeypatch):
    monkeypatch.setattr(crossnotes, "_KEPT", 50)
    small = CrossNotes(notes._file)
    for code in codes[::100]:
        small.among((code, "R410"))
        small.told(code)
    assert max(len(small._among), len(small._told), len(small._places)) <= 50
