"""What the notes of the loaded ICD-10-CM say of the diagnoses of a claim, as findings; and what they keep silent of."""

from datetime import date
from random import Random
from time import process_time

import pytest

from billing.edits import EDITS, Facts, check
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.examplenotes import ExampleNote, ExampleTold, noting
from billing.edits.noted import note
from billing.edits.topics import drug_intent, episode, topics
from billing.services.rules import Rules
from clinic.codes.library import Library
from clinic.domain.code import ICD9CM, Code
from clinic.domain.period import Period
from tests.counts import count

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def facts(code_library: Library) -> Facts:
    return Facts(on=date(2026, 3, 9), codes=code_library, tables=Rules(code_library))


def told(facts: Facts, *diagnoses: str, **changes) -> list[tuple[str, str]]:
    found = check(claim_with(diagnoses=icd10(*diagnoses), **changes), facts)
    return [(each.code, each.field.removeprefix("part.")) for each in found]


@pytest.mark.parametrize(
    ("diagnoses", "found"),
    [
        # Everyday claims say nothing.
        (("I10", "E119", "J069", "E785"), []),
        (("Z0000", "I10", "Z23"), []),
        (("M25561", "K219", "R42"), []),
        (("E1122", "I129", "N184"), []),
        (("I110", "I5022"), []),
        (("G309", "F0280"), []),
        (("C50911", "D630"), []),
        (("S52501A", "W010XXA", "Y92009"), []),
        (("O2341", "Z3A10"), []),
        (("J45909", "E119"), []),
        (("J189", "J45901"), []),
        # Excluded.
        (("R4182", "R410"), [("EXC-01", "diagnoses[1]")]),
        (("E119", "R739"), [("EXC-02", "diagnoses[1]")]),
        (("O0990", "Z3400"), [("EXC-01", "diagnoses[1]")]),
        # First and added.
        (("D630",), [("CFS-01", "diagnoses[0]")]),
        (("D630", "C50911"), [("CFS-02", "diagnoses[0]")]),
        (("F0280", "G309"), [("CFS-02", "diagnoses[0]")]),
        (("G63",), [("CFS-03", "diagnoses[0]")]),
        (("I129",), [("UAD-01", "diagnoses[0]")]),
        (("N184", "I129"), [("CFS-02", "diagnoses[0]")]),
        (("Z4931",), [("UAD-03", "diagnoses[0]")]),
        # Sides.
        (("H2511", "H2512"), [("LAT-01", "diagnoses[0]")]),
        (("H2513", "H2512"), [("LAT-02", "diagnoses[1]")]),
        (("M25561", "M25569"), [("LAT-03", "diagnoses[1]")]),
        (("M25561", "M25562"), []),
        (("E785", "E782"), [("DIA-14", "diagnoses[0]")]),
        (("J45909", "J4541"), [("DIA-14", "diagnoses[0]")]),
        # Topics.
        (("S52501A", "S52501D"), [("INJ-01", "diagnoses[1]")]),
        (("O2342", "Z3A10"), [("PRG-03", "diagnoses[0]")]),
        (("O2341",), [("PRG-01", "diagnoses[0]")]),
    ],
)
def test_claims_by_the_loaded_release(facts, diagnoses, found):
    mine = [each for each in told(facts, *diagnoses) if each[0][:3] not in {"SEX", "AGE"}]
    assert mine == found


def test_the_note_is_told_with_its_place(facts):
    found = check(claim_with(diagnoses=icd10("R4182", "R410")), facts)
    assert dict(found[0].params) == {"code": "R4182", "other": "R410", "owner": "R4182", "note": "delirium NOS (R41.0)"}


def test_a_side_of_the_line_against_that_of_its_diagnosis(facts):
    def said(diagnosis: str, *modifiers: str, pointers: tuple[int, ...] = (1,)) -> list[str]:
        act = line(code="20610", modifiers=modifiers, pointers=pointers)
        return [code for code, _ in told(facts, diagnosis, "M25562", acts=(act,)) if code.startswith("LAT")]

    assert said("M25561", "LT") == ["LAT-04"]
    assert said("M25561", "RT") == []
    assert said("M25561", "LT", pointers=(1, 2)) == [], "one of the two is on that side"
    assert said("M25561", "RT", "LT") == []
    assert said("I10", "RT") == []
    assert "LAT-05" in said("M25569", "RT")
    assert "LAT-05" not in said("M25569", "RT", pointers=(1, 2)), "another diagnosis of the line names a side"


def test_a_void_and_a_claim_of_the_years_before_say_nothing(facts):
    assert told(facts, "R4182", "R410", frequency="8", replaces="1") == []
    assert told(facts, "S52501A", "S52501D", frequency="8", replaces="1") == []
    old = claim_with(
        diagnoses=(Code(ICD9CM, "R4182"), Code(ICD9CM, "R410")), acts=(line(service=Period(date(2015, 9, 30))),)
    )
    assert not [each.code for each in check(old, facts) if each.code[:3] in {"EXC", "CFS", "UAD", "LAT", "INJ"}]


def test_no_notes_are_no_findings():
    assert told(EXAMPLE_FACTS, "I10", "E119") == []
    tables = EXAMPLE_FACTS.tables(DAY, "practitioner")
    assert tables is None


def test_a_fault_that_both_notes_tell_is_told_once():
    notes = (
        ExampleNote("N18", "codeFirst", "hypertensive chronic kidney disease (I12.-)", ("I12",)),
        ExampleNote("I129", "useAdditionalCode", "stage of chronic kidney disease (N18.-)", ("N18",), "listed"),
    )
    assert told(noting("I129 N184", *notes), "N184", "I129") == [("CFS-02", "diagnoses[0]")]
    assert told(noting("I129 N184", notes[1]), "N184", "I129") == [("UAD-02", "diagnoses[1]")]


def test_a_pair_is_told_once_whichever_note_says_it():
    both = (ExampleNote("E11", "excludes1", "x (E13)", ("E13",)), ExampleNote("E13", "excludes1", "y (E11)", ("E11",)))
    assert told(noting("E139", *both), "E119", "E139") == [("EXC-01", "diagnoses[1]")]


def test_codes_of_two_seventh_characters_are_no_sides():
    said = {"M1711": ExampleTold("right"), "M1712": ExampleTold("left"), "M170": ExampleTold("both")}
    table = noting("", **said).tables(DAY, "practitioner")
    assert table is not None
    assert table.notes is not None
    assert note(table.notes, icd10("M1711", "M1712")).sides == (), "the code for both is written otherwise"


@pytest.mark.parametrize(
    ("code", "intent"),
    [("T360X5A", "5"), ("T4275XA", "5"), ("T391X1A", "1"), ("T465X6A", "6"), ("T510X1A", ""), ("T36", ""), ("", "")],
)
def test_how_a_drug_harmed(code, intent):
    assert drug_intent(code) == intent


def test_seventh_characters_that_tell_no_episode():
    assert [episode(code) for code in ("S52501A", "M80051D", "M84350A", "O41101X", "E113511", "M1A0110", "I10")] == [
        "A", "D", "A", "", "", "", "",
    ]  # fmt: skip


def test_plain_visits_are_about_nothing():
    assert topics(icd10("I10", "E119", "J069", "E785", "M25561", "R42", "Z23", "K219")) == ()


def test_any_diagnoses_at_all_are_judged_without_an_error(facts, code_library):
    billable = [
        each.value
        for start in ("M25", "S52", "O", "H25", "E1", "T3", "Z", "I", "R", "Y9")
        for each in code_library.search(start, "icd10cm", DAY, 60)
    ]
    rng = Random(11)
    met = set()
    for _ in range(count(400, 20_000)):
        claim = claim_with(diagnoses=icd10(*rng.choices(billable, k=rng.randint(1, 12))))
        for finding in check(claim, facts):
            met.add(finding.code)
            assert EDITS[finding.code].declared.message % dict(finding.params)
    assert len({code for code in met if code[:3] in {"EXC", "CFS", "UAD", "LAT", "INJ", "EXT", "PRG", "PSN"}}) > 8


def test_the_same_diagnoses_cost_nothing_the_second_time(facts):
    claims = [claim_with(number=f"A{number}", diagnoses=icd10("R4182", "R410", "I129", "D630")) for number in range(50)]
    tables = facts.tables(DAY, "practitioner")
    assert tables is not None
    first = tables.diagnosed(claims[0].part.diagnoses)
    assert all(tables.diagnosed(each.part.diagnoses) is first for each in claims)
    start = process_time()
    for _ in range(1000):
        tables.diagnosed(claims[0].part.diagnoses)
    assert process_time() - start < 0.05
