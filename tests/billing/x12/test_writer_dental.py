"""What a dental claim may not be written with is refused, with the claim and the place; nothing is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from billing.domain.claim import Authority
from billing.domain.dental import (
    Attachment,
    DentalActDate,
    DentalDate,
    MissingTooth,
    Orthodontics,
    Prosthesis,
    TreatedTooth,
)
from billing.x12 import read_837d
from clinic.domain.code import CLIA, CPT, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from tests.billing.x12.dental_files import ASKED, SIMPLE, WHOLE, written
from tests.billing.x12.files import segments


def _part(**changes):
    return replace(SIMPLE, part=replace(SIMPLE.part, **changes))


def _line(**changes):
    own = {name: value for name, value in changes.items() if name in {"code", "quantity", "service", "charge"}}
    part = {name: value for name, value in changes.items() if name not in own}
    act = replace(SIMPLE.acts[0], **own, part=replace(SIMPLE.acts[0].part, **part))
    return replace(SIMPLE, acts=(act, *SIMPLE.acts[1:]))


_DAY = date(2024, 1, 1)
# What is refused, and where the refusal points.
CASES = [
    (replace(SIMPLE, acts=()), "2400 LX01"),
    (replace(SIMPLE, replaces="X"), "2300 REF02"),
    (replace(SIMPLE, frequency="7"), "2300 REF02"),
    (replace(SIMPLE, authority=Authority(clia=Identifier(CLIA, "24D0000001"))), "2300 REF01"),
    (replace(SIMPLE, total=Money(1, "CAD")), "2000A CUR02"),
    (_part(accident=("AA",), dates=(DentalDate("439", _DAY),)), "2300 CLM11-4"),
    (_part(accident=("OA",)), "2300 DTP03"),
    (_part(accident_state="IL"), "2300 CLM11-1"),
    (_part(dates=(DentalDate("452", _DAY), DentalDate("452", _DAY))), "2300 DTP01"),
    (_part(missing=(MissingTooth("1", "M"),) * 36), "2300 DN201"),
    (_part(missing=(MissingTooth("", "M"),)), "part.missing[0].tooth"),
    (_part(notes=("A",) * 6), "2300 NTE02"),
    (_part(notes=("A" * 81,)), "2300 NTE02"),
    (_part(notes=("CAFÉ",)), "part.notes[0]"),
    (_part(attachments=(Attachment("RB", "AA"),) * 11), "2300 PWK01"),
    (_part(attachments=(Attachment("RB", "EL"),)), "2300 PWK06"),
    (_part(diagnoses=SIMPLE.part.diagnoses * 3), "2300 HI05"),
    (_part(diagnoses=()), "2400 SV311 line 1"),
    (_part(diagnoses=(Code("snomed", "1"),)), "2300 HI01-1"),
    (_line(code=Code(CPT, "99213")), "2400 SV301-2 line 1"),
    (_line(quantity=Quantity(Decimal(1), "MJ")), "2400 SV306 line 1"),
    (_line(modifiers=("22",) * 5), "2400 SV301-3 line 1"),
    (_line(areas=("99",)), "2400 SV304-1"),
    (_line(areas=("10", "20", "30", "40", "L", "R")), "2400 SV304"),
    (_line(pointers=(1, 2, 3, 4, 5)), "2400 SV311"),
    (_line(pointers=(7,)), "2400 SV311-1"),
    (_line(teeth=(TreatedTooth("1"),) * 33), "2400 TOO02 line 1"),
    (_line(teeth=(TreatedTooth("3", ("M", "M")),)), "2400 TOO03 line 1"),
    (_line(teeth=(TreatedTooth("3", ("X",)),)), "2400 TOO03-1"),
    (_line(teeth=(TreatedTooth("1"), TreatedTooth("2")), quantity=Quantity(Decimal(2))), "2400 SV306 line 1"),
    (_line(dates=(DentalActDate("452", _DAY),) * 2), "2400 DTP01 line 1"),
    (_line(prosthesis=Prosthesis("R")), "2400 DTP03 line 1"),
    (_line(prosthesis=Prosthesis("I", _DAY)), "2400 DTP01 line 1"),
    (_line(description="A" * 81), "2400 SV301-7"),
    (_line(place="123"), "2400 SV303"),
    (replace(ASKED, acts=(ASKED.acts[0], replace(ASKED.acts[1], service=Period(_DAY)))), "2300 CLM19"),
    (replace(WHOLE, other_coverages=WHOLE.other_coverages * 11), "2320 SBR01"),
]


@pytest.mark.parametrize(("claim", "place"), CASES)
def test_what_cannot_be_said_is_refused_at_its_place(claim, place):
    with pytest.raises(Refused) as told:
        written(claim)
    assert told.value.where.endswith(place), told.value.where
    assert told.value.where.startswith(f"claim {claim.number}")
    assert told.value.remedy or told.value.what


def _one(data: bytes, start: str) -> str:
    (found,) = [part for part in segments(data) if part.startswith(start)]
    return found


def test_orthodontics_without_months_says_that_it_is():
    for braces, said in (
        (Orthodontics(), "DN1****Y"),
        (Orthodontics(24), "DN1*24"),
        (Orthodontics(None, 18), "DN1**18"),
        (Orthodontics(0, 0), "DN1*0*0"),
    ):
        claim = _part(orthodontics=braces)
        assert _one(written(claim), "DN1") == said
        assert read_837d(written(claim)).claims == (claim,)


def test_an_estimated_day_has_its_own_qualifier():
    claim = _line(prosthesis=Prosthesis("R", _DAY, estimated=True))
    assert _one(written(claim), "DTP*139") == "DTP*139*D8*20240101"
    assert read_837d(written(claim)).claims == (claim,)
