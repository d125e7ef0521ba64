"""A segment's rules as one regular expression: the fast way to know that nothing is wrong.

A pattern may refuse what is allowed (then ``inspection`` looks, element by element), never the other way round: a
property test compares the two. Separators are ours (``syntax``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from billing.x12.dictionary import AMOUNT, AMOUNT_DIGITS, DATE_TEXT, DataElement
from billing.x12.grammar import Composite, Element, Segment
from billing.x12.standard import Note
from billing.x12.syntax import COMPONENT, ELEMENT

DAY = (
    "(?:19|20)[0-9]{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
"""CCYYMMDD without 29 February, which needs the calendar."""

_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?"
_FORMS = {"D8": DAY, "RD8": f"{DAY}-{DAY}"}


_PERSON_PARTS = (4, 5, 7)
"""NM1: first name, middle name and suffix, which only a person has."""


class _Unit:
    """One element, or two that come together: what they look like, and what stands there when they are left out."""

    def __init__(self, text: str, empty: str | None, required: bool) -> None:
        self.text = text
        self.empty = empty
        """None where nothing may follow an absent unit."""
        self.required = required

    def either(self) -> str:
        if self.required or self.empty is None:
            return self.text
        return f"(?:{self.text}|{self.empty})" if self.text else self.empty


def pattern(segment: Segment) -> re.Pattern[str]:
    """What a segment of this kind without faults looks like.

    Not in it: "at least one of" notes, and that a span of days does not end before it starts.
    """
    variants = [segment.elements]
    who = segment.elements[1] if segment.id == "NM1" and len(segment.elements) > 3 else None
    if isinstance(who, Element) and who.codes == ("1", "2"):
        nobody = [None if at in _PERSON_PARTS else place for at, place in enumerate(segment.elements, 1)]
        variants = [_only(segment.elements, "1"), _only(tuple(nobody), "2")]
    texts = [_sequence(_units(elements, segment.notes), ELEMENT) for elements in variants]
    return re.compile(f"{segment.id}(?:{'|'.join(texts)})(?<![{ELEMENT}{COMPONENT}])")


def _only(elements: tuple[Element | Composite | None, ...], code: str) -> tuple[Element | Composite | None, ...]:
    first, second, *others = elements
    assert isinstance(second, Element)
    return (first, Element(second.data, second.usage, (code,)), *others)


def _units(elements: tuple[Element | Composite | None, ...], notes: tuple[Note, ...]) -> list[_Unit]:
    """Elements in order. Of elements that exclude or ask for others the rarer one is left to the slow way."""
    left_out = {note.places[-1] for note in notes if note.kind == "E"}
    left_out |= {note.places[0] for note in notes if note.kind == "C" and note.places[0] > note.places[1] + 2}
    together = {note.places[0] for note in notes if note.kind == "P" and len(note.places) == 2}
    leading = {note.places[0] for note in notes if note.kind == "L"}
    units: list[_Unit] = []
    at = 0
    while at < len(elements):
        place = elements[at]
        following = elements[at + 1] if at + 1 < len(elements) else None
        at += 1
        if at in left_out:
            units.append(_Unit("", "", required=False))
        elif isinstance(place, Element) and isinstance(following, Element) and following.data.number == DATE_TEXT:
            forms = "|".join(f"{code}{ELEMENT}{_FORMS[code]}" for code in place.codes)
            units.append(_Unit(f"(?:{forms})", ELEMENT, place.usage == "R"))
            at += 1
        elif place is not None and following is not None and (at in together or at in leading):
            both = f"{_place(place)}{ELEMENT}{_place(following)}"
            units.append(_Unit(both, None if at in leading else ELEMENT, place.usage == following.usage == "R"))
            at += 1
        else:
            units.append(_Unit(_place(place), "", place is not None and place.usage == "R"))
    return units


def _sequence(units: list[_Unit], separator: str) -> str:
    """All up to the last required unit, then the others as long as something follows."""
    last = max((at for at, unit in enumerate(units) if unit.required), default=-1)
    fixed = "".join(separator + unit.either() for unit in units[: last + 1])
    rest = ""
    for unit in reversed(units[last + 1 :]):
        rest = f"(?:{separator}{unit.either()}{rest})?"
    return fixed + rest


def _place(place: Element | Composite | None) -> str:
    if place is None:
        return ""
    if isinstance(place, Composite):
        parts = [_Unit(_place(part), "", part is not None and part.usage == "R") for part in place.parts]
        # The first component has no separator before it.
        return _sequence(parts, COMPONENT).removeprefix(COMPONENT) + f"(?<!{COMPONENT})"
    if place.codes:
        return f"(?:{'|'.join(map(re.escape, place.codes))})"
    return _data(place.data)


def _data(data: DataElement) -> str:
    shortest, longest = data.shortest, data.longest
    if data.number == AMOUNT:
        return f"-?[0-9]{{1,{AMOUNT_DIGITS}}}(?:\\.[0-9]{{1,2}})?"
    if data.type in _NUMBERS:
        return _NUMBERS[data.type](shortest, longest)
    if longest == 1:
        return "[!-~]"
    if shortest == 1:
        return f"[!-~](?:[ -~]{{0,{longest - 2}}}[!-~])?"
    return f"[!-~][ -~]{{{shortest - 2},{longest - 2}}}[!-~]"


def _decimal(shortest: int, longest: int) -> str:
    if longest > 5:
        return f"[0-9]{{{shortest},{longest - 3}}}(?:\\.[0-9]{{1,3}})?"
    return f"[0-9]{{{shortest},{longest}}}"


_NUMBERS: dict[str, Callable[[int, int], str]] = {
    "N0": lambda shortest, longest: f"[0-9]{{{shortest},{longest}}}",
    "R": _decimal,
    "DT": lambda _shortest, _longest: DAY,
    "TM": lambda _shortest, _longest: _TIME,
}
