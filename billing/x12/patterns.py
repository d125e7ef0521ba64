"""A segment's rules as one regular expression: the fast way to know that nothing is wrong.

A pattern may refuse what is allowed (then ``inspection`` looks, element by element), never the other way round: a
property test compares the two. Separators are ours (``syntax``).
"""

from __future__ import annotations

import re

from billing.x12.dictionary import AMOUNT, AMOUNT_DIGITS, DATE_TEXT, DataElement
from billing.x12.grammar import Composite, Element, Segment
from billing.x12.syntax import COMPONENT, ELEMENT

DAY = (
    "(?:19|20)[0-9]{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
"""CCYYMMDD without 29 February, which needs the calendar."""

_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?"
_FORMS = {"D8": DAY, "RD8": f"{DAY}-{DAY}"}


def pattern(segment: Segment) -> re.Pattern[str]:
    """What a segment of this kind without faults looks like. Syntax notes and the order of spans are not in it."""
    places: list[tuple[bool, str]] = []
    elements = segment.elements
    at = 0
    while at < len(elements):
        place = elements[at]
        following = elements[at + 1] if at + 1 < len(elements) else None
        if isinstance(place, Element) and isinstance(following, Element) and following.data.number == DATE_TEXT:
            # The form and the text it announces are one word for the pattern.
            forms = "|".join(f"{code}{ELEMENT}{_FORMS[code]}" for code in place.codes)
            places.append((place.usage == "R", f"(?:{forms})"))
            if place.usage != "R":
                places[-1] = (True, f"(?:{forms}|{ELEMENT})")
            at += 2
            continue
        places.append((place is not None and place.usage == "R", _place(place)))
        at += 1
    return re.compile(segment.id + _sequence(places, ELEMENT) + f"(?<![{ELEMENT}{COMPONENT}])")


def _sequence(places: list[tuple[bool, str]], separator: str) -> str:
    """All up to the last required place, then the others as long as something follows."""
    last = max((at for at, (required, _) in enumerate(places) if required), default=-1)
    fixed = "".join(separator + (text if required else _optional(text)) for required, text in places[: last + 1])
    rest = ""
    for _, text in reversed(places[last + 1 :]):
        rest = f"(?:{separator}{_optional(text)}{rest})?"
    return fixed + rest


def _optional(text: str) -> str:
    return f"(?:{text})?" if text else ""


def _place(place: Element | Composite | None) -> str:
    if place is None:
        return ""
    if isinstance(place, Composite):
        parts = [(part is not None and part.usage == "R", _place(part)) for part in place.parts]
        # The first component has no separator before it.
        return _sequence(parts, COMPONENT).removeprefix(COMPONENT) + f"(?<!{COMPONENT})"
    if place.codes:
        return f"(?:{'|'.join(map(re.escape, place.codes))})"
    return _data(place.data)


def _data(data: DataElement) -> str:
    shortest, longest = data.shortest, data.longest
    if data.number == AMOUNT:
        return f"-?[0-9]{{1,{AMOUNT_DIGITS}}}(?:\\.[0-9]{{1,2}})?"
    match data.type:
        case "N0":
            return f"[0-9]{{{shortest},{longest}}}"
        case "R":
            return f"[0-9]{{{shortest},{longest - 3}}}(?:\\.[0-9]{{1,3}})?" if longest > 5 else f"[0-9]{{1,{longest}}}"
        case "DT":
            return DAY
        case "TM":
            return _TIME
    if longest == 1:
        return "[!-~]"
    if shortest == 1:
        return f"[!-~](?:[ -~]{{0,{longest - 2}}}[!-~])?"
    return f"[!-~][ -~]{{{shortest - 2},{longest - 2}}}[!-~]"
