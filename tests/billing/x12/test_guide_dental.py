"""The 837D table against facts written down by another hand, and against pyx12's map of the older dental guide."""

from __future__ import annotations

import importlib.resources
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from billing.x12.dictionary import DICTIONARY
from billing.x12.grammar import Composite, Element, Loop, Segment
from billing.x12.guide_837d import DENTAL
from billing.x12.guide_837p import PROFESSIONAL
from billing.x12.standard import COMPOSITES, SEGMENTS

# Loop: the segments in the order of their positions, each with how often it may come (reference of the guide).
_ORDER = {
    "2300": "CLM1 DTP4 DN11 DN235 PWK10 CN11 AMT1 REF8 K310 NTE5 HI1 HCP1",
    "2400": "LX1 SV31 TOO32 DTP6 CN11 REF18 AMT1 K310 HCP1",
    "2000B": "HL1 SBR1",
    "2000C": "HL1 PAT1",
    "2010BA": "NM11 N31 N41 DMG1 REF2",
    "2010CA": "NM11 N31 N41 DMG1 REF2",
    "2310A": "NM11 PRV1 REF3",
    "2310D": "NM11 PRV1 REF4",
    "2310E": "NM11 REF4",
    "2420B": "NM11 PRV1 REF20",
    "2430": "SVD1 CAS5 DTP1 AMT1",
}
_WHO = {
    "2310A": "DN|P3", "2310B": "82", "2310C": "77", "2310D": "DD", "2310E": "DQ",
    "2330C": "DN|P3", "2330D": "82", "2330E": "DQ", "2330F": "85", "2330G": "77", "2330H": "DD",
    "2420A": "82", "2420B": "DD", "2420C": "DQ", "2420D": "77",
}  # fmt: skip


def _loops(loop: Loop) -> list[Loop]:
    return [loop, *(each for inner in loop.content if isinstance(inner, Loop) for each in _loops(inner))]


LOOPS = {loop.id: loop for loop in _loops(DENTAL.root)}


@pytest.mark.parametrize("name", _ORDER)
def test_segments_stand_in_the_order_of_the_guide_as_often_as_it_lets_them(name):
    counted: Counter[str] = Counter()
    order: list[str] = []
    for each in LOOPS[name].content:
        if isinstance(each, Segment):
            counted[each.id] += each.repeat
            order += [each.id] if each.id not in order else []
    assert " ".join(f"{each}{counted[each]}" for each in order) == _ORDER[name]


@pytest.mark.parametrize("name", _WHO)
def test_each_loop_names_whom_the_guide_says(name):
    nm1 = LOOPS[name].content[0]
    assert isinstance(nm1, Segment)
    code = nm1.elements[0]
    assert isinstance(code, Element)
    assert "|".join(code.codes) == _WHO[name]


def test_limits_of_the_guide():
    assert (LOOPS["2300"].repeat, LOOPS["2320"].repeat, LOOPS["2400"].repeat, LOOPS["2430"].repeat) == (100, 10, 50, 15)
    assert DENTAL.version == "005010X224A2"
    assert DENTAL.group == "HC"
    missing = set(_loops_of(PROFESSIONAL.root)) - set(LOOPS)
    assert missing == {"2310F", "2410", "2420E", "2420F", "2420G", "2420H", "2440"}
    assert set(LOOPS) - set(_loops_of(PROFESSIONAL.root)) == {"2330H"}


def _loops_of(root: Loop) -> list[str]:
    return [loop.id for loop in _loops(root)]


def test_positions_rise_within_a_loop():
    for loop in LOOPS.values():
        positions = [each.position for each in loop.content]
        assert positions == sorted(positions), loop.id


def _codes(place: object) -> list[str]:
    if isinstance(place, Composite):
        return [code for part in place.parts if part for code in part.codes]
    return list(place.codes) if isinstance(place, Element) else []


@pytest.mark.parametrize(("loop", "name"), [("2400", "SV3"), ("2400", "TOO"), ("2300", "DN2")])
def test_codes_of_teeth_and_areas_are_those_of_the_older_guide(loop, name):
    """pyx12 has the dental guide of 004010: its segments say the same codes, but for the status I that is gone."""
    path = importlib.resources.files("pyx12") / "map" / "837.4010.X097.A1.xml"
    theirs = next(each for each in ET.fromstring(path.read_text()).iter("segment") if each.get("xid") == name)  # noqa: S314
    ours = next(each for each in LOOPS[loop].content if isinstance(each, Segment) and each.id == name)
    places = [place for place in theirs if place.tag in ("element", "composite")]
    for place, standard in zip(places, ours.elements, strict=False):
        if place.findtext("usage") == "N":
            continue
        codes = {each.text for each in place.findall(".//valid_codes/code")}
        if codes:
            assert set(_codes(standard)) == codes - {"I"} | ({"I"} & set(_codes(standard)))


def test_the_dental_segments_of_the_standard():
    assert SEGMENTS["SV3"].elements == (
        "C003", "782", "1331", "C006", "1358", "380", "352", "1327", "1360", "1073", "C004",
    )  # fmt: skip
    assert COMPOSITES["C005"] == (1369,) * 5
    assert COMPOSITES["C006"] == (1361,) * 5
    lengths = {number: (DICTIONARY[number].shortest, DICTIONARY[number].longest) for number in (1358, 1361, 1368, 1369)}
    assert lengths == {1358: (1, 1), 1361: (1, 3), 1368: (1, 2), 1369: (1, 2)}
