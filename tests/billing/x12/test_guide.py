"""The 837P table against pyx12's map of the same guide: segments, elements, lengths, codes; and the notation itself."""

from __future__ import annotations

import importlib.resources
import re
from xml.etree import ElementTree as ET

import pytest

from billing.x12.dictionary import DICTIONARY
from billing.x12.grammar import Composite, Element, Loop, Segment, seg
from billing.x12.guide_837p import PROFESSIONAL
from billing.x12.standard import COMPOSITES, SEGMENTS

_MAPS = importlib.resources.files("pyx12") / "map"
Row = tuple[str, str, str]
"""Loop, segment, and the codes of its first element, which tell its uses apart."""

# Where the two differ on purpose: loop, segment, codes of the first element.
_DIFFER = {
    # One of each kind of date, not two of either kind.
    ("2300", "DTP", "090"),
    ("2300", "DTP", "091"),
    ("2300", "DTP", "090|091"),
    ("2400", "DTP", "738"),
    ("2400", "DTP", "739"),
    ("2400", "DTP", "738|739"),
    # BHT06 takes 31 in the guide, a demand of one payer on another.
    ("837", "BHT", "0019"),
    # ST03 is required by the guide, and one text.
    ("837", "ST", "837"),
}


def _theirs() -> dict[Row, list[tuple[str, str, tuple[str, ...]]]]:
    types = {
        entry.get("ele_num"): (entry.get("data_type"), entry.get("min_len"), entry.get("max_len"))
        for entry in ET.fromstring((_MAPS / "dataele.xml").read_text()).iter("data_ele")  # noqa: S314  pyx12's own file
    }
    found: dict[Row, list[tuple[str, str, tuple[str, ...]]]] = {}

    def element(place: ET.Element) -> str:
        if place.findtext("usage") == "N":
            return "-"
        if place.tag == "composite":
            return f"{place.findtext('usage')}({_trim([element(each) for each in place.findall('element')])})"
        codes = "|".join(sorted(each.text or "" for each in place.findall("valid_codes/code")))
        number = place.findtext("data_ele") or ""
        kind, low, high = types[number]
        return f"{place.findtext('usage')} {number} {kind} {low}-{high} {codes}".rstrip()

    def walk(loop: ET.Element, name: str) -> None:
        for each in loop:
            if each.tag == "loop":
                inner = each.get("xid") or ""
                walk(each, "837" if not re.match(r"\d{4}", inner) else inner)
            elif each.tag == "segment" and each.get("xid") not in ("ISA", "GS", "GE", "IEA", "TA1"):
                places = [place for place in each if place.tag in ("element", "composite")]
                codes = places[0].findall("valid_codes/code") or places[0].findall("element/valid_codes/code")
                row = (name, each.get("xid") or "", "|".join(sorted(code.text or "" for code in codes)))
                if places[0].tag == "composite":
                    first = places[0].find("element/valid_codes")
                    row = (row[0], row[1], "|".join(sorted(code.text or "" for code in first)) if first else "")
                text = _trim([element(place) for place in places])
                found.setdefault(row, []).append(
                    (each.findtext("usage") or "", each.findtext("max_use") or "", (text,))
                )

    walk(ET.fromstring((_MAPS / "837.5010.X222.A1.xml").read_text()), "837")  # noqa: S314  pyx12's own file
    return found


def _ours() -> dict[Row, list[tuple[str, str, tuple[str, ...]]]]:
    found: dict[Row, list[tuple[str, str, tuple[str, ...]]]] = {}

    def element(place: Element | Composite | None) -> str:
        if place is None:
            return "-"
        if isinstance(place, Composite):
            return f"{place.usage}({_trim([element(each) for each in place.parts])})"
        data = place.data
        codes = "|".join(sorted(place.codes))
        return f"{place.usage} {data.number} {data.type} {data.shortest}-{data.longest} {codes}".rstrip()

    def walk(loop: Loop) -> None:
        for each in loop.content:
            if isinstance(each, Loop):
                walk(each)
                continue
            first = each.elements[0]
            if isinstance(first, Composite):
                first = first.parts[0]
            codes = "|".join(sorted(first.codes)) if first else ""
            text = _trim([element(place) for place in each.elements])
            found.setdefault((loop.id, each.id, codes), []).append((each.usage, str(each.repeat or ">1"), (text,)))

    walk(PROFESSIONAL.root)
    return found


def _trim(places: list[str]) -> str:
    while places and places[-1] == "-":
        places.pop()
    return " ".join(places)


def test_every_segment_is_as_pyx12_has_it():
    ours, theirs = _ours(), _theirs()
    assert len(theirs) > 150
    differing = {row for row in ours.keys() | theirs.keys() if sorted(ours.get(row, [])) != sorted(theirs.get(row, []))}
    assert differing == _DIFFER


def _loops(loop: Loop) -> list[Loop]:
    return [loop, *(each for inner in loop.content if isinstance(inner, Loop) for each in _loops(inner))]


def test_every_loop_comes_as_often_as_pyx12_lets_it():
    theirs = {
        each.get("xid"): (each.findtext("usage"), (each.findtext("repeat") or "").replace(">1", "0"))
        for each in ET.fromstring((_MAPS / "837.5010.X222.A1.xml").read_text()).iter("loop")  # noqa: S314  pyx12's own
        if re.match(r"\d{4}", each.get("xid") or "")
    }
    ours = {loop.id: (loop.usage, str(loop.repeat)) for loop in _loops(PROFESSIONAL.root) if loop.id != "837"}
    assert ours == theirs


def test_limits_of_the_guide():
    limits = {loop.id: loop.repeat for loop in _loops(PROFESSIONAL.root)}
    assert limits["2300"] == 100
    assert limits["2320"] == 10
    assert limits["2400"] == 50
    assert limits["2430"] == 15
    assert len(limits) == 39


def test_positions_rise_within_a_loop():
    for loop in _loops(PROFESSIONAL.root):
        positions = [each.position for each in loop.content]
        assert positions == sorted(positions), loop.id


def test_dictionary_and_standard_fit_together():
    numbers = {int(place) for segment in SEGMENTS.values() for place in segment.elements if place[0] != "C"}
    used = {number for number in numbers if number in DICTIONARY}
    assert len(used) > 130
    assert {entry.type for entry in DICTIONARY.values()} == {"AN", "ID", "N0", "R", "DT", "TM"}
    assert {note.kind for segment in SEGMENTS.values() for note in segment.notes} == {"P", "R", "E", "C", "L"}
    for segment in SEGMENTS.values():
        assert all(place in COMPOSITES or int(place) in DICTIONARY or place in _UNUSED for place in segment.elements)


_UNUSED: set[str] = set()


def test_the_notation_says_what_it_means():
    segment = seg("DTP", 10, "S", 2, "R=472 R=D8|RD8 R")
    assert segment == Segment("DTP", 10, "S", 2, segment.elements, 3)
    assert [place.usage for place in segment.elements if place] == ["R", "R", "R"]
    assert isinstance(segment.elements[1], Element)
    assert segment.elements[1].codes == ("D8", "RD8")
    composite = seg("SV1", 10, "R", 1, "R( R=HC R - S )").elements[0]
    assert isinstance(composite, Composite)
    assert [part.usage if part else "-" for part in composite.parts] == ["R", "R", "-", "S"]


@pytest.mark.parametrize("text", ["R R R R", "R( R", "R( R=HC R R R R R R R R )"])
def test_a_table_that_does_not_fit_the_standard_fails_at_once(text):
    with pytest.raises((ValueError, IndexError, KeyError)):
        seg("DTP" if text == "R R R R" else "SV1", 10, "R", 1, text)
