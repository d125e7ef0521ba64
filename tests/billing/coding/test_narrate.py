"""Every fact that was ever written is told in words, and what it is told with can be filled in."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from billing.coding import changes as do
from billing.coding.axes import axes
from billing.coding.changes import Change
from billing.coding.coding import fresh
from billing.coding.narrate import Ref, Telling, Word, narrate, refs
from billing.coding.story import BODIES, Changed, Held, Opened, Standing, Stop, Stopped, after, begin, body_of
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
DAY = Period(date(2026, 5, 4))


def line(code: str = "99213", cents: int = 8500) -> do.AddLine:
    return do.AddLine(
        code=procedure(code), words="visit", service=DAY, quantity=Quantity(Decimal(1)), charge=Money(cents)
    )


def opened(*changes: Change) -> Standing:
    """A claim with two diagnoses and two lines, then changed."""
    standing = begin(
        Opened(
            number="10001",
            kind="professional",
            patient_id=1,
            service_on="2026-05-04",
            visits=(7,),
            coding=fresh(),
            blocks=0,
            warnings=0,
        )
    )
    first = (do.AddDiagnosis(Code(ICD10CM, "I10")), do.AddDiagnosis(Code(ICD10CM, "J069")), line(), line("93000"))
    for change in (*first, *changes):
        standing = after(standing, "claim.changed", Changed(change=change, blocks=0, warnings=0), 1)
    return standing


def told(change: Change) -> tuple[Telling, ...]:
    return narrate(opened(), "claim.changed", Changed(change=change, blocks=0, warnings=0))


@pytest.mark.parametrize(("type_", "version"), sorted(BODIES))
def test_every_body_is_told(type_: str, version: int) -> None:
    stored = json.loads((SAMPLES / f"{type_}-{version}.json").read_text("utf-8"))
    tellings = narrate(opened(), type_, body_of(type_, version, stored))
    assert tellings
    for telling in tellings:
        assert set(re.findall(r"%\((\w+)\)", telling.what)) <= set(telling.params or {})
        assert telling.what % (telling.params or {})


CHANGES: list[tuple[Change, str, dict[str, object]]] = [
    (
        do.AddDiagnosis(Code(ICD10CM, "E119")),
        "Diagnosis %(code)s added at %(letter)s",
        {"code": "E11.9", "letter": "C"},
    ),
    (do.RemoveDiagnosis(2), "Diagnosis %(letter)s %(code)s taken out", {"letter": "B", "code": "J06.9"}),
    (
        do.MoveDiagnosis(2, 1),
        "Diagnosis %(code)s moved from %(letter)s to %(to)s",
        {"letter": "B", "code": "J06.9", "to": "A"},
    ),
    (
        line("36415", 900),
        "Line %(row)s added: %(code)s %(words)s, %(charge)s",
        {"row": 3, "code": "36415", "words": "visit", "charge": Money(900)},
    ),
    (do.RemoveLine("2"), "Line %(row)s taken out: %(code)s", {"row": 2, "code": "93000"}),
    (
        do.SetLine("2", "charge", {"cents": 9500, "currency": "USD"}),
        "%(field)s of line %(row)s: %(before)s → %(after)s",
        {"field": Word("Charge"), "row": 2, "before": Money(8500), "after": Money(9500)},
    ),
    (
        do.SetLine("1", "pointers", [2, 1]),
        "%(field)s of line %(row)s: %(before)s → %(after)s",
        {"field": Word("For"), "row": 1, "before": None, "after": "BA"},
    ),
    (
        do.SetField("coverage_id", 4),
        "%(field)s: %(before)s → %(after)s",
        {"field": Word("Policy billed"), "before": None, "after": Ref("coverage", 4)},
    ),
    (
        do.SetField("frequency", "7"),
        "%(field)s: %(before)s → %(after)s",
        {
            "field": Word("This claim"),
            "before": (Word("is the original"),),
            "after": (Word("replaces another"),),
        },
    ),
    (
        do.GiveReason("TML-01", "acts", "agreed"),
        "%(finding)s let through: “%(text)s”",
        {"finding": "TML-01", "text": "agreed"},
    ),
    (do.GiveReason("TML-01", "acts", ""), "Reason for %(finding)s taken back", {"finding": "TML-01"}),
    (
        do.PutLines(diagnoses=(), lines=(opened().coding.lines[0],)),
        "Line %(row)s added: %(code)s %(words)s, %(charge)s",
        {"row": 3, "code": "99213", "words": "visit", "charge": Money(8500)},
    ),
    (do.TakeLines(("2",)), "Line %(row)s went to another claim: %(code)s", {"row": 2, "code": "93000"}),
]


@pytest.mark.parametrize(("change", "what", "params"), CHANGES)
def test_a_change_is_told_with_what_was_and_what_is(change: Change, what: str, params: dict[str, object]) -> None:
    assert told(change) == (Telling(what, params),)


def test_every_change_there_is_is_told() -> None:
    assert {type(change) for change, _what, _params in CHANGES} == set(get_args(Change))


def test_a_stop_is_told_with_its_own_reason() -> None:
    why = Stop(what="Claim %(number)s is not ready.", params={"number": "1"}, remedy="Return it.")
    assert [telling.what for telling in narrate(opened(), "claim.stopped", Stopped(why=why))][1:] == [
        why.what,
        why.remedy,
    ]


def test_rows_that_are_named_are_found() -> None:
    assert refs(told(do.SetField("coverage_id", 4))) == {Ref("coverage", 4)}


def test_an_axis_stands_since_the_fact_that_moved_it() -> None:
    first = opened()
    coded = after(first, "claim.coded", Held(digest="d"), 1)
    reviewed = after(coded, "claim.reviewed", Held(digest="d"), 2)
    found = {axis.name: axis for axis in axes([first, coded, reviewed], ("sign",))}
    assert (found["preparation"].stands, found["preparation"].since) == ("reviewed", reviewed.sequence)
    # review is not asked for here, but it happened
    assert found["preparation"].course == ("coding", "coded", "reviewed", "signed")
    assert found["journey"].since == first.sequence
    assert axes([first], ())[0].course == ("coding", "coded")
    gone = replace(reviewed, journey="withdrawn")
    assert axes([gone], ())[1].course == ("none", "withdrawn")
