"""Dividing a coding: nothing is lost, nothing is billed twice, pointers mean what they meant."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from billing.coding import changes as do
from billing.coding.coding import CodedLine, Coding, Reason, fresh
from billing.coding.dividing import Share, by_day, by_provider, taken
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from tests.counts import count

DIAGNOSES = tuple(
    Code(ICD10CM, value)
    for value in ("I10", "E119", "J069", "Z23", "M545", "R079", "E785", "K219", "F411", "G4733", "N390", "L309")
)
DAY = date(2026, 5, 4)


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    """Codings with two lines or more, of several days and providers, pointing here and there."""
    diagnoses = draw(st.lists(st.sampled_from(DIAGNOSES), unique=True, max_size=12))
    places = st.lists(st.integers(1, max(1, len(diagnoses))), unique=True, max_size=4)
    lines = [
        CodedLine(
            number=str(number),
            code=procedure("99213"),
            words="visit",
            service=Period(DAY + timedelta(draw(st.integers(0, 2)))),
            quantity=Quantity(Decimal(1)),
            charge=Money(draw(st.integers(0, 100_000))),
            pointers=tuple(draw(places)) if diagnoses else (),
            rendering_id=draw(st.sampled_from([None, 1, 2, 3])),
        )
        for number in draw(st.lists(st.integers(1, 60), min_size=2, max_size=8, unique=True))
    ]
    return do.replace(
        fresh(),
        diagnoses=tuple(diagnoses),
        lines=tuple(lines),
        lines_given=60,
        rendering_id=draw(st.sampled_from([None, 1, 2])),
        coverage_id=7,
        prior_authorization="A1",
        note="said to both",
        patient_paid=Money(500),
        frequency="7",
        replaces="X9",
    )


def meant(coding: Coding) -> list[tuple[object, ...]]:
    """What each line says but its number, its pointers as the diagnoses they mean; and who rendered it."""
    return [
        (
            line.code,
            line.service,
            line.charge,
            tuple(coding.diagnoses[place - 1] for place in line.pointers),
            coding.rendering_id if line.rendering_id is None else line.rendering_id,
        )
        for line in coding.lines
    ]


def parts(coding: Coding, shares: tuple[Share, ...]) -> list[Coding]:
    """What stays, and what goes to each further claim."""
    new = []
    for share in shares:
        new.append(taken(coding, share))
        coding = do.apply(coding, do.TakeLines(share.numbers))
    return [coding, *new]


def whole(coding: Coding, shares: tuple[Share, ...]) -> list[Coding]:
    """The parts, once it is true of them that together they say what the whole said."""
    found = parts(coding, shares)
    assert sum(part.charged().cents for part in found) == coding.charged().cents
    assert sorted(map(repr, (line for part in found for line in meant(part)))) == sorted(map(repr, meant(coding)))
    for part in found:
        numbers = [line.number for line in part.lines]
        assert len(set(numbers)) == len(numbers)
        assert max(map(int, numbers), default=0) <= part.lines_given
        assert len(set(part.diagnoses)) == len(part.diagnoses) <= 12
    assert {code for part in found for code in part.diagnoses} == set(coding.diagnoses)
    return found


@examples(max_examples=count(60, 2_000), deadline=None)
@given(codings(), st.data())
def test_chosen_lines_go_and_nothing_is_lost(coding: Coding, data: st.DataObject) -> None:
    numbers = [line.number for line in coding.lines]
    chosen = data.draw(st.lists(st.sampled_from(numbers), unique=True, min_size=1, max_size=len(numbers) - 1))
    kept, new = whole(coding, (Share(numbers=tuple(chosen)),))
    assert [line.number for line in kept.lines] == [number for number in numbers if number not in chosen]
    assert [line.charge for line in new.lines] == [line.charge for line in coding.lines if line.number in chosen]
    order = [coding.diagnoses.index(code) for code in new.diagnoses]
    assert order == sorted(order)


@examples(max_examples=count(60, 2_000), deadline=None)
@given(codings())
def test_each_provider_and_each_day_has_a_claim_of_its_own(coding: Coding) -> None:
    for part in whole(coding, by_provider(coding)):
        assert len({who for *_line, who in meant(part)}) == 1
    assert [{line.service.start for line in part.lines} for part in whole(coding, by_day(coding))] == [
        {day} for day in sorted({line.service.start for line in coding.lines})
    ]


@examples(max_examples=count(30, 1_000), deadline=None)
@given(codings())
def test_what_was_divided_goes_together_again(coding: Coding) -> None:
    kept, *new = parts(coding, by_day(coding))
    for part in new:
        kept = do.apply(kept, do.PutLines(diagnoses=part.diagnoses, lines=part.lines))
    assert sorted(map(repr, meant(kept))) == sorted(map(repr, meant(coding)))
    assert len({line.number for line in kept.lines}) == len(coding.lines)


def two() -> Coding:
    """Two lines, each with a diagnosis of its own and one they share; a third diagnosis is nobody's."""
    coding = do.replace(
        fresh(), coverage_id=7, prior_authorization="A1", referral="R1", patient_paid=Money(500), frequency="7"
    )
    for code in DIAGNOSES[:4]:
        coding = do.apply(coding, do.AddDiagnosis(code))
    for pointers in ((1, 2), (3, 2)):
        coding = do.apply(
            coding,
            do.AddLine(
                code=procedure("99213"),
                words="visit",
                service=Period(DAY),
                quantity=Quantity(Decimal(1)),
                charge=Money(100),
                pointers=pointers,
            ),
        )
    return coding


def test_diagnoses_that_only_gone_lines_meant_go_with_them() -> None:
    kept, new = parts(two(), (Share(numbers=("2",)),))
    assert kept.diagnoses == (DIAGNOSES[0], DIAGNOSES[1], DIAGNOSES[3])
    assert new.diagnoses == (DIAGNOSES[1], DIAGNOSES[2])
    assert [line.pointers for line in new.lines] == [(2, 1)]
    assert (new.frequency, new.patient_paid, new.lines_given) == ("1", None, 1)
    assert (kept.frequency, kept.patient_paid) == ("7", Money(500))


def test_another_payer_is_not_told_what_the_first_gave() -> None:
    share = Share(numbers=("2",), coverage_id=8, rendering_id=4)
    new = taken(two(), share)
    assert (new.coverage_id, new.rendering_id, new.prior_authorization, new.referral) == (8, 4, None, None)
    assert taken(two(), Share(numbers=("2",), coverage_id=7)).prior_authorization == "A1"


def test_reasons_given_for_a_line_do_not_pass_to_the_line_that_takes_its_place() -> None:
    coding = do.replace(two(), reasons=(Reason("X", "acts[0].charge", "so"), Reason("Y", "part.diagnoses", "so")))
    kept = do.apply(coding, do.TakeLines(("1",)))
    assert [reason.finding for reason in kept.reasons] == ["Y"]


def test_too_many_are_refused_and_a_line_is_named() -> None:
    coding = two()
    with pytest.raises(Refused) as refused:
        do.apply(coding, do.PutLines(diagnoses=(*DIAGNOSES, Code(ICD10CM, "R51")), lines=()))
    assert refused.value.where == "diagnoses"
    with pytest.raises(Refused) as refused:
        do.apply(coding, do.TakeLines(("9",)))
    assert refused.value.params == {"number": "9"}
    fifty = do.apply(coding, do.PutLines(diagnoses=(), lines=coding.lines * 24))
    assert len(fifty.lines) == 50
    with pytest.raises(Refused) as refused:
        do.apply(fifty, do.PutLines(diagnoses=(), lines=coding.lines[:1]))
    assert refused.value.where == "lines"


@pytest.mark.parametrize(
    ("kept", "change"),
    [
        (b'{"do":"take_lines","numbers":["2","5"]}', do.TakeLines(("2", "5"))),
        (
            b'{"do":"put_lines","diagnoses":[{"system":"icd10cm","value":"I10"}],"lines":[]}',
            do.PutLines(diagnoses=(DIAGNOSES[0],), lines=()),
        ),
    ],
)
def test_their_kept_text_loads_for_ever(kept: bytes, change: do.Change) -> None:
    assert do.decode(kept) == change
    assert do.encode(change) == kept
