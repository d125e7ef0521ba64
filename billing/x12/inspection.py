"""A segment against its rules, element by element: the slow way, which says what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from billing.x12.dictionary import AMOUNT, AMOUNT_DIGITS, DATE_TEXT, DataElement
from billing.x12.grammar import Composite, Element, Segment
from billing.x12.standard import COMPOSITES, Note
from billing.x12.syntax import COMPONENT, REPETITION

_PERSON_PARTS = ((4, "NM104"), (5, "NM105"), (7, "NM107"))
"""First name, middle name, suffix: not sent where NM102 says that it is no person."""

_PRINTABLE = re.compile(r"[ -~]*\Z")
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?\Z")


class Problem:
    """A fault's code and its place in the segment, before it is known where the segment stands."""

    __slots__ = ("code", "element", "limit")

    def __init__(self, code: str, element: str, limit: int = 0) -> None:
        self.code = code
        self.element = element
        self.limit = limit


def inspect(segment: Segment, elements: Sequence[str]) -> list[Problem]:
    """All problems of a segment cut at the element separator, its id first. Empty where it keeps the rules."""
    found = [*_shape(segment, elements)]
    places = segment.elements
    for at in range(1, max(len(places), min(len(elements) - 1, segment.width)) + 1):
        text = elements[at] if at < len(elements) else ""
        place = places[at - 1] if at <= len(places) else None
        name = f"{segment.id}{at:02d}"
        if isinstance(place, Element) and place.data.number == DATE_TEXT and text:
            if not _announced(elements[at - 1], text):
                found.append(Problem("IK403-8", name))
        else:
            found.extend(_place(place, text, name))
    for note in segment.notes:
        found.extend(_note(segment.id, note, elements))
    return found


def is_day(text: str) -> bool:
    """Whether the text is a day as CCYYMMDD."""
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _shape(segment: Segment, elements: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the whole: empty places at its end, too many places, a first name of an organisation."""
    if len(elements) > 1 and not elements[-1]:
        yield Problem("IK403-6", f"{segment.id}{len(elements) - 1:02d}")
    if len(elements) - 1 > segment.width:
        yield Problem("IK403-3", "")
    places = segment.elements
    if segment.id == "NM1" and elements[2:3] == ["2"] and len(places) > 3 and places[3] is not None:
        for at, name in _PERSON_PARTS:
            if at < len(elements) and elements[at]:
                yield Problem("IK403-I13", name)


def _place(place: Element | Composite | None, text: str, name: str) -> Iterator[Problem]:
    if not text:
        if place is not None and place.usage == "R":
            yield Problem("IK403-1", name)
    elif place is None:
        yield Problem("IK403-I10", name)
    elif REPETITION in text:
        yield Problem("IK403-12", name)
    elif isinstance(place, Composite):
        yield from _composite(place, text, name)
    elif COMPONENT in text:
        yield Problem("IK403-13", name)
    else:
        yield from _element(place, text, name)


def _composite(composite: Composite, text: str, name: str) -> Iterator[Problem]:
    parts = text.split(COMPONENT)
    if not parts[-1]:
        yield Problem("IK403-6", f"{name}-{len(parts)}")
    if len(parts) > len(COMPOSITES[composite.name]):
        yield Problem("IK403-13", name)
        parts = parts[: len(COMPOSITES[composite.name])]
    for at in range(1, max(len(parts), len(composite.parts)) + 1):
        part = parts[at - 1] if at <= len(parts) else ""
        place = composite.parts[at - 1] if at <= len(composite.parts) else None
        if part or place is not None:
            yield from _place(place, part, f"{name}-{at}")


def _element(place: Element, text: str, name: str) -> Iterator[Problem]:
    if place.codes:
        if text not in place.codes:
            yield Problem("IK403-7", name)
        return
    data = place.data
    if not _PRINTABLE.match(text) or text[0] == " " or text[-1] == " ":
        yield Problem("IK403-6", name)
        return
    match data.type:
        case "DT":
            if not is_day(text):
                yield Problem("IK403-8", name)
        case "TM":
            if not _TIME.match(text):
                yield Problem("IK403-9", name)
        case "N0":
            yield from _number(data, text, name, whole=True)
        case "R":
            yield from _number(data, text, name, whole=False)
        case _:
            yield from _length(data, len(text), name)


def _number(data: DataElement, text: str, name: str, *, whole: bool) -> Iterator[Problem]:
    if not (text.removeprefix("-").isdigit() if whole else _DECIMAL.match(text)):
        yield Problem("IK403-6", name)
        return
    units, _, decimals = text.removeprefix("-").partition(".")
    if data.number != AMOUNT:
        yield from _length(data, len(units) + len(decimals), name)
    elif len(decimals.rstrip("0")) > 2:
        yield Problem("IK403-I12", name)
    elif len(units.lstrip("0")) > AMOUNT_DIGITS:
        yield Problem("IK403-5", name, AMOUNT_DIGITS)


def _length(data: DataElement, length: int, name: str) -> Iterator[Problem]:
    if length < data.shortest:
        yield Problem("IK403-4", name, data.shortest)
    elif length > data.longest:
        yield Problem("IK403-5", name, data.longest)


def _announced(form: str, text: str) -> bool:
    if form == "RD8":
        first, dash, last = text[:8], text[8:9], text[9:]
        return dash == "-" and is_day(first) and is_day(last) and first <= last
    return is_day(text)


def _note(segment: str, note: Note, elements: Sequence[str]) -> Iterator[Problem]:
    present = [place for place in note.places if place < len(elements) and elements[place]]
    missing = [place for place in note.places if place not in present]
    first, *others = note.places
    wanted: list[int] = []
    match note.kind:
        case "P" if present:
            wanted = missing
        case "R" if not present:
            wanted = [first]
        case "C" if first in present:
            wanted = missing
        case "L" if present == [first]:
            wanted = others[:1]
        case "E" if len(present) > 1:
            yield Problem("IK403-10", f"{segment}{present[1]:02d}")
    yield from (Problem("IK403-2", f"{segment}{place:02d}") for place in wanted)
