"""What a guide says: loops, segments and elements as values, and the short notation its tables are written in.

One word an element, in the order of the standard: ``R`` required, ``S`` situational, ``-`` not used; ``R=HC|ER`` takes
these codes only; a composite is ``R( R=HC R S )``. What the tables leave off at the end is not used.
Element types and lengths come from the dictionary.
"""

from __future__ import annotations

from typing import Literal

from billing.x12.dictionary import DICTIONARY, DataElement
from billing.x12.standard import COMPOSITES, SEGMENTS, Note
from clinic.domain.value import Value

Usage = Literal["R", "S"]
"""Required or situational; what is not used is None in the tables."""


class Element(Value, frozen=True):
    """A simple element or component at one place of one segment."""

    data: DataElement
    usage: Usage
    codes: tuple[str, ...] = ()
    """Empty where the list is not the guide's own (external code sets, free text)."""


class Composite(Value, frozen=True):
    """An element made of components; None where the component is not used."""

    name: str
    usage: Usage
    parts: tuple[Element | None, ...]


class Segment(Value, frozen=True):
    """A segment at one position of one loop."""

    id: str
    position: int
    """The guide's position number. Segments of one position may come in any order, positions may not."""
    usage: Usage
    repeat: int
    """How often in one loop; 0 is without limit."""
    elements: tuple[Element | Composite | None, ...]
    width: int
    """How many elements the standard has."""
    notes: tuple[Note, ...] = ()


class Loop(Value, frozen=True):
    """A loop: its first segment opens it, the others and the child loops follow by position."""

    id: str
    position: int
    usage: Usage
    repeat: int
    content: tuple[Segment | Loop, ...]


class Guide(Value, frozen=True):
    """One implementation guide: the transaction from ST to SE as a loop, and how its segments are told apart."""

    transaction: str
    """ST01."""
    version: str
    """GS08 and ST03."""
    group: str
    """GS01."""
    root: Loop
    subject: str | None
    """The loop whose first segment's first element names what is spoken of: CLM01 of 2300."""
    told_by: tuple[tuple[str, tuple[int, ...]], ...]
    """Segment id and the places whose codes tell its uses apart (``NM1`` by 1, ``HL`` by 3).

    Others are alone in their loop.
    """


def seg(name: str, position: int, usage: Usage, repeat: int, elements: str) -> Segment:
    """A segment written in the short notation.

    Raises:
        ValueError: the notation does not fit the standard's segment.
    """
    standard = SEGMENTS[name]
    words = elements.replace("(", " ( ").replace(")", " ) ").split()
    places: list[Element | Composite | None] = []
    at = 0
    while at < len(words):
        where = standard.elements[len(places)]
        if at + 1 < len(words) and words[at + 1] == "(":
            end = words.index(")", at)
            places.append(_composite(where, words[at], words[at + 2 : end]))
            at = end + 1
        else:
            places.append(None if words[at] == "-" else _element(int(where), words[at]))
            at += 1
    return Segment(
        name,
        position,
        usage,
        repeat,
        tuple(places),
        len(standard.elements),
        tuple(note for note in standard.notes if _binds(note, places)),
    )


def loop(name: str, position: int, usage: Usage, repeat: int, *content: Segment | Loop) -> Loop:
    """A loop, written as the guide lays it out. ``repeat`` 0 is without limit."""
    return Loop(name, position, usage, repeat, content)


def _element(number: int, word: str) -> Element:
    usage, _, codes = word.partition("=")
    return Element(DICTIONARY[number], usage, tuple(codes.split("|")) if codes else ())  # type: ignore[arg-type]  # R or S, held by a test


def _composite(name: str, usage: str, words: list[str]) -> Composite:
    numbers = COMPOSITES[name]
    parts = tuple(None if word == "-" else _element(numbers[at], word) for at, word in enumerate(words))
    return Composite(name, usage, parts)  # type: ignore[arg-type]  # R or S, held by a test


def _binds(note: Note, places: list[Element | Composite | None]) -> bool:
    """Whether the note can be broken where the guide uses these places; the rest "required" and "not used" check."""
    used = {at: place for at, place in enumerate(places, 1) if place}
    those = [used[at] for at in note.places if at in used]
    match note.kind:
        case "P":
            return any(place.usage == "S" for place in those) and len(those) > 1
        case "R":
            return not any(place.usage == "R" for place in those) and len(those) > 1
        case "E":
            return len(those) > 1
    first = used.get(note.places[0])
    return first is not None and not any(used[at].usage == "R" for at in note.places[1:] if at in used)
