"""The codes that a note of ICD-10-CM names: ``(J45.-)``, ``(A00-B99)``, ``(T36-T50 with fifth or sixth character 5)``.

The tabular list writes for people. What is in parentheses and reads as codes throughout is taken; where a note has no
such thing, a code that it says something is "classified to", or ends with. What cannot be read is left out, so that
it finds nothing rather than something wrong.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?"
_ITEM = re.compile(rf"(?P<first>{_CODE})[.\s-]*?(?:-\s*(?P<last>{_CODE}))?[.\s-]*")
_GROUP = re.compile(r"\(([^()]*)[)}]?")
_PLAIN = re.compile(
    rf"(?:classified (?:to|in)|classifiable to|categor(?:y|ies)|codes? from)\s+(?P<codes>{_CODE}[^a-z(]*)"
    rf"|(?P<end>{_CODE}-?)\.?\s*$"
)
_BETWEEN = re.compile(r"[,;]|\.\s+|\band\b|\bor\b")
_WITH = re.compile(r",?\s*with\s+")
_ORDINALS = {"fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "six": 5, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6}
_PLACES = re.compile(rf"({'|'.join(_ORDINALS)})(?:\s+or\s+({'|'.join(_ORDINALS)}))?[\s-]+characters?\s+(?P<said>.+)")
_BEHIND = re.compile(rf"\s+with\s+((?:{'|'.join(_ORDINALS)})\b.+)")
_ENDS = re.compile(r"final characters?\s+(?P<said>.+)")
_TAIL = re.compile(r"\.([0-9A-Z]{1,4})(?:-\.([0-9A-Z]{1,4}))?-?\.?")
_CHARACTERS = re.compile(r"\.?([0-9A-Z])(?:-([0-9A-Z]))?")
_ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST, _LONGEST_ITEM = 4_000, 40
"""No note of the list is near this, and no code or range; longer texts are cut before they are read."""


class Reference(NamedTuple):
    """A code with all below it, or a range of codes; as claims carry them, without a dot."""

    first: str
    last: str
    tails: tuple[tuple[str, str], ...] = ()
    """Ranges of what may stand behind the category: ``with .51-.52``. Empty for anything."""
    ends: tuple[str, ...] = ()
    """What the code may end with: ``with final characters -23``."""
    places: tuple[int, ...] = ()
    """Of these places the last that is no filler holds one of ``characters``: ``with fifth or sixth character 5``."""
    characters: str = ""

    def matches(self, code: str) -> bool:
        """Whether a code is one of these."""
        if code < self.first or code[: len(self.last)] > self.last:
            return False
        if self.tails and not any(low <= code[3 : 3 + len(high)] <= high for low, high in self.tails):
            return False
        if self.ends and not code.endswith(self.ends):
            return False
        for place in reversed(self.places):
            if len(code) > place and code[place] != "X":
                return code[place] in self.characters
        return not self.places

    def letters(self) -> str:
        """What the codes may begin with."""
        return _ALL[_ALL.index(self.first[0]) : _ALL.index(self.last[0]) + 1]

    def __str__(self) -> str:
        first, last = (f"{code[:3]}.{code[3:]}" if len(code) > 3 else code for code in (self.first, self.last))
        return first if first == last else f"{first}-{last}"


def read_references(text: str) -> tuple[Reference, ...]:
    """The codes that one line of a note names, in its order; none where it names none that can be read."""
    text = text[:_LONGEST]
    found: list[Reference] = []
    for group in _GROUP.finditer(text):
        behind = _BEHIND.match(text, group.end())
        found += _group(f"{group[1]} with {behind[1]}" if behind else group[1])
    if not found:
        plain = _PLAIN.search(text)
        if plain is not None:
            found = list(_group((plain["codes"] or plain["end"]).strip(" .,-")))
    return tuple(dict.fromkeys(found))


def _group(text: str) -> tuple[Reference, ...]:
    """The references of a list of codes; none where anything in it is no code."""
    codes, *conditions = _WITH.split(text.replace(" to ", "-").strip(), maxsplit=1)
    found: list[Reference] = []
    for part in _BETWEEN.split(codes):
        if not part.strip(" .-"):
            continue
        item = _ITEM.fullmatch(part.strip()) if len(part) <= _LONGEST_ITEM else None
        if item is None:
            return ()
        first = item["first"].replace(".", "")
        last = (item["last"] or first).replace(".", "")
        if last < first:
            return ()
        found.append(Reference(first, last))
    if not conditions:
        return tuple(found)
    condition = _by_text(conditions[0].strip()) or _by_place(conditions[0].strip())
    return () if condition is None else tuple([condition._replace(first=each.first, last=each.last) for each in found])


def _by_text(text: str) -> Reference | None:
    """What ``with .52`` and ``with final characters -23`` ask of a code; None where it is neither."""
    tails = _TAIL.findall(text)
    if tails and not _TAIL.sub("", text).strip(" ,.or"):
        return Reference("", "", tails=tuple([(low, high or low) for low, high in tails]))
    ends = _ENDS.fullmatch(text)
    said = re.findall(r"[.-]([0-9A-Z]{2,4})", ends["said"]) if ends is not None else []
    if not said:
        return None
    if "." in text:
        return Reference("", "", tails=tuple([(each, each) for each in said]))
    return Reference("", "", ends=tuple(said))


def _by_place(text: str) -> Reference | None:
    """What ``with fifth or sixth character 1-4`` asks of a code; None where it is no such thing."""
    places = _PLACES.fullmatch(text)
    if places is None:
        return None
    characters = ""
    for part in _BETWEEN.split(places["said"]):
        span = _CHARACTERS.fullmatch(part.strip())
        if span is None:
            return None
        low, high = span[1], span[2] or span[1]
        characters += _ALL[_ALL.index(low) : _ALL.index(high) + 1]
    return Reference(
        "", "", places=tuple([_ORDINALS[each] for each in places.group(1, 2) if each]), characters=characters
    )
