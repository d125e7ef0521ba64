"""What a biller does to a coding: pointers stay on what they meant, numbers are given once, nothing half fits."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from billing.coding import changes as do
from billing.coding.coding import Coding, fresh
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from tests.counts import count

DIAGNOSES = [Code(ICD10CM, value) for value in ("I10", "E119", "J069", "Z23", "M545", "R079")]


def line(*pointers: int) -> do.AddLine:
    return do.AddLine(
        code=procedure("99213"),
        words="visit",
        service=Period(date(2026, 9, 14)),
        quantity=Quantity(Decimal(1)),
        charge=Money(12600),
        pointers=pointers,
    )


def coded(*changes: do.Change) -> Coding:
    coding = fresh()
    for change in changes:
        coding = do.apply(coding, change)
    return coding


def meant(coding: Coding) -> list[list[Code]]:
    """For each line, the diagnoses it points at."""
    return [[coding.diagnoses[place - 1] for place in each.pointers] for each in coding.lines]


def test_pointers_follow_their_diagnoses() -> None:
    coding = coded(*(do.AddDiagnosis(code) for code in DIAGNOSES[:3]), line(1, 3))
    moved = do.apply(coding, do.MoveDiagnosis(3, 1))
    assert moved.diagnoses[0] == DIAGNOSES[2]
    assert meant(moved) == [[DIAGNOSES[0], DIAGNOSES[2]]]
    gone = do.apply(moved, do.RemoveDiagnosis(1))
    assert meant(gone) == [[DIAGNOSES[0]]]


def test_a_line_number_is_given_once() -> None:
    coding = coded(line(), line(), do.RemoveLine("2"), line())
    assert [each.number for each in coding.lines] == ["1", "3"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ([do.AddDiagnosis(DIAGNOSES[0]), do.AddDiagnosis(DIAGNOSES[0])], "diagnoses"),
        ([do.AddDiagnosis(Code(ICD10CM, f"I{number}")) for number in range(13)], "diagnoses"),
        ([line() for _ in range(51)], "lines"),
        ([do.RemoveDiagnosis(1)], "diagnoses"),
        ([do.RemoveLine("7")], "lines"),
        ([line(), do.SetLine("1", "number", "9")], "number"),
        ([line(), do.SetLine("1", "charge", {"cents": "12"})], "charge"),
        ([do.SetField("lines_given", 0)], "lines_given"),
        ([do.SetField("frequency", "9")], "frequency"),
        ([do.SetField("nonsense", 1)], "nonsense"),
    ],
)
def test_what_does_not_fit_is_refused(changes: list[do.Change], where: str) -> None:
    with pytest.raises(Refused) as refused:
        coded(*changes)
    assert refused.value.where == where


def test_a_reason_is_given_and_taken_back() -> None:
    coding = coded(do.GiveReason("TML02", "acts[0].service", "payer agreed"))
    assert [reason.text for reason in coding.reasons] == ["payer agreed"]
    assert do.apply(coding, do.GiveReason("TML02", "acts[0].service", "")).reasons == ()


POSITIONS = st.integers(0, 8)
CHANGES = st.one_of(
    st.builds(do.AddDiagnosis, st.sampled_from(DIAGNOSES)),
    st.builds(do.RemoveDiagnosis, POSITIONS),
    st.builds(do.MoveDiagnosis, POSITIONS, POSITIONS),
    st.builds(line, POSITIONS.filter(bool)).map(lambda change: change),
    st.builds(do.RemoveLine, st.sampled_from(["1", "2", "3"])),
    st.builds(do.SetLine, st.sampled_from(["1", "2"]), st.just("modifiers"), st.just(["25"])),
    st.builds(do.SetField, st.sampled_from(["note", "frequency"]), st.sampled_from(["7", "note"])),
    st.builds(do.GiveReason, st.just("X"), st.sampled_from(["a", "b"]), st.sampled_from(["", "because"])),
)


@examples(max_examples=count(150, 20_000))
@given(st.lists(CHANGES, max_size=25))
def test_any_sequence_keeps_its_word(changes: list[do.Change]) -> None:
    coding = fresh()
    given_numbers: list[str] = []
    for change in changes:
        before = coding
        try:
            coding = do.apply(coding, change)
        except Refused:
            assert coding is before
            continue
        assert do.apply(before, do.decode(do.encode(change))) == coding
        given_numbers += [each.number for each in coding.lines if each.number not in given_numbers]
    assert given_numbers == sorted(given_numbers, key=int)
    assert len(set(coding.diagnoses)) == len(coding.diagnoses)
    assert coding.charged() == Money(sum(each.charge.cents for each in coding.lines))
