"""By what two names are taken for alike, and how likely two patients are one person.

Pure and symmetric. What is found is only ever shown: a person decides (two charts of one person are mended by a
merge, one chart of two persons is not mended at all).
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Literal

from clinic.domain.value import Value

Reason = Literal[
    "same_name", "names_swapped", "near_name", "same_first", "same_birth", "near_birth", "same_phone", "same_member_id"
]
"""What speaks for one person."""

WEIGHTS: dict[Reason, int] = {
    "same_name": 50,
    "names_swapped": 45,
    "near_name": 35,
    "same_first": 15,
    "same_birth": 40,
    "near_birth": 25,
    "same_phone": 20,
    "same_member_id": 30,
}
"""Out of about 100. A family shares its phone and its policy, so either alone weighs little."""

_SHORT_NAME = 7
_PHONE_DIGITS = 10


class Traits(Value, frozen=True, kw_only=True):
    """What is known of someone, as far as likeness goes."""

    last: str
    first: str | None = None
    birth: date | None = None
    phone: str | None = None
    member_ids: tuple[str, ...] = ()


class Likeness(Value, frozen=True):
    """How much speaks for one person, and what."""

    score: int
    reasons: tuple[Reason, ...]


def name_key(last: str, first: str | None = None) -> str:
    """Last and first name in small letters, without accents, punctuation or blanks: ``oneil mary``."""
    return " ".join(part for part in (letters(last), letters(first or "")) if part)


def letters(text: str) -> str:
    """A name's letters and digits alone, small and without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if letter.isalnum())


def phone_key(phone: str | None) -> str:
    """The last ten digits of a number, empty where there are fewer: extensions of the house are no one's phone."""
    digits = "".join(letter for letter in phone or "" if letter in "0123456789")
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """How alike two patients are, None where nothing worth showing speaks for one person.

    Shown are: a birth date in common and a similar name; the same name with birth dates that one slip of a hand makes
    of each other, or with a birth date missing; a phone or a member id in common.
    """
    name, birth = _name(one, other), _birth(one.birth, other.birth)
    contact: list[Reason] = []
    if phone_key(one.phone) and phone_key(one.phone) == phone_key(other.phone):
        contact.append("same_phone")
    if {letters(each) for each in one.member_ids} & {letters(each) for each in other.member_ids}:
        contact.append("same_member_id")
    whole = name in {"same_name", "names_swapped"}
    unknown = one.birth is None or other.birth is None
    alike = (birth == "same_birth" and name is not None) or (whole and (birth is not None or unknown))
    if not alike and not contact:
        return None
    if not alike and name == "same_first":
        name = None
    reasons = tuple(reason for reason in (name, birth, *contact) if reason)
    return Likeness(min(100, sum(WEIGHTS[reason] for reason in reasons)), reasons)


def _name(one: Traits, other: Traits) -> Reason | None:
    last, first = letters(one.last), letters(one.first or "")
    their_last, their_first = letters(other.last), letters(other.first or "")
    if (last, first) == (their_last, their_first):
        return "same_name"
    if (last, first) == (their_first, their_last):
        return "names_swapped"
    mine, theirs = f"{last} {first}", f"{their_last} {their_first}"
    slips = 1 if max(len(mine), len(theirs)) <= _SHORT_NAME else 2
    if distance(mine, theirs, slips) <= slips or _short_form(last, first, their_last, their_first):
        return "near_name"
    return "same_first" if first and first == their_first else None


def _short_form(last: str, first: str, their_last: str, their_first: str) -> bool:
    """Bea for Beatrix, Garcia for García López."""
    if last == their_last:
        return _begins(first, their_first, 1)
    return first == their_first and (_begins(last, their_last, 4) or _begins(last[::-1], their_last[::-1], 4))


def _begins(one: str, other: str, least: int) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= least and long.startswith(short)


def distance(one: str, other: str, most: int) -> int:
    """Slips of a hand between two texts: a letter more, less, other, or two neighbours swapped. Past ``most``, more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _birth(one: date | None, other: date | None) -> Reason | None:
    if one is None or other is None:
        return None
    if one == other:
        return "same_birth"
    return "near_birth" if near_birth(one, other) else None


def near_birth(one: date, other: date) -> bool:
    """Whether one slip makes one date of the other: a digit, two neighbouring digits, or day and month swapped."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    mine, theirs = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    return distance(mine, theirs, 1) <= 1
