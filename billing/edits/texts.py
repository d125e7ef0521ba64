"""All texts of a claim at once, with the most characters the file takes of each.

Most claims have nothing wrong with any of their texts. So they are gathered in one pass, compiled from the types of
the kind of claim, and looked at together; only where something is wrong are they looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from operator import attrgetter, gt
from typing import Any, get_args, get_origin

import msgspec

from billing.domain.claim import Act, Authority, Claim, Coverage, OtherCoverage
from billing.domain.professional import Professional, ProfessionalAct
from billing.edits import paths
from clinic.domain.code import Identifier
from clinic.domain.person import Address, Contact, OrganizationName, PersonName

SEPARATORS = "*:^~"
"""What separates element, component, repetition and segment in the files written here (X12 ISA, ISA11, ISA16)."""

_COVERAGE = {"member_id": 80, "group_number": 50, "plan_name": 60, "filing": 2, "relationship": 2}

LIMITS: dict[type[msgspec.Struct], dict[str, int]] = {
    PersonName: {"last": 60, "first": 35, "middle": 25, "suffix": 10},
    OrganizationName: {"name": 60},
    Address: {"street": 55, "street_2": 55, "city": 30, "state": 2, "postal_code": 15, "country": 3},
    Contact: {"name": 60, "phone": 256},
    Identifier: {"value": 50},
    Coverage: _COVERAGE,
    OtherCoverage: _COVERAGE,
    Authority: {"prior_authorization": 50, "referral": 50},
    Claim: {"number": 38, "replaces": 50},
    Professional: {"casualty_claim": 50, "note": 80, "accident_state": 2, "place": 2},
    Act: {"number": 50},
    ProfessionalAct: {"description": 80, "place": 2},
}
"""By type and field, from the X12 005010 data elements NM103 to NM109, N3, N4, PER, REF02, SBR, CLM01, NTE02."""

_NO_LIMIT = 1_000_000
_BETWEEN = "|"
"""Stands between texts that are looked at together: a character a text may have."""
_CARRIED = bytes(each for each in range(0x20, 0x7F) if chr(each) not in SEPARATORS)


class _Child:
    """Values inside of which texts stand, but not always the same: optional, of several types, or several."""

    __slots__ = ("get", "groups", "many", "name")

    def __init__(self, name: str, groups: dict[type[Any], _Group], *, many: bool) -> None:
        self.name = name
        self.get = attrgetter(name)
        self.groups = groups
        self.many = many


class _Group:
    """The texts of a type that are reached by names alone, read together, and what lies beyond."""

    __slots__ = ("children", "get", "limits", "names")

    def __init__(self, names: list[str], limits: list[int], children: list[_Child]) -> None:
        self.names = tuple(names)
        self.limits = tuple(limits)
        self.children = tuple(children)
        # attrgetter of one name gives the value itself, of several a tuple.
        self.get = attrgetter(*names) if len(names) > 1 else _one(names)


def _one(names: list[str]) -> Any:
    if not names:
        return lambda _value: ()
    get = attrgetter(names[0])
    return lambda value: (get(value),)


class Texts:
    """The texts of one claim."""

    __slots__ = ("_lengths", "_limits", "_together")

    def __init__(self, claim: Claim[Any, Any]) -> None:
        texts: list[str | None] = []
        limits: list[int] = []
        _gather(claim, _root(claim.kind), texts, limits)
        self._lengths = [1 if each is None else len(each) for each in texts]
        self._limits = limits
        self._together = _BETWEEN.join(filter(None, texts))

    def may_not_be_carried(self) -> bool:
        """False where every character is printable ASCII and none of the separators."""
        together = self._together
        return not together.isascii() or together.encode().translate(None, _CARRIED) != b""

    def may_be_blank(self) -> bool:
        """False where no text is empty or has a blank at an end."""
        together = self._together
        return (
            0 in self._lengths
            or together[:1] == " "
            or together[-1:] == " "
            or "| " in together
            or " |" in together
        )

    def are_too_long(self) -> bool:
        """Whether one is longer than the file takes."""
        return any(map(gt, self._lengths, self._limits))


def limit(claim: Claim[Any, Any], path: str) -> int:
    """The most characters the file takes of a text at a path."""
    owner, _, name = path.rpartition(".")
    holder = paths.value_at(claim, owner) if owner else claim
    return LIMITS.get(type(holder), {}).get(name, _NO_LIMIT)


def _gather(value: Any, group: _Group, texts: list[str | None], limits: list[int]) -> None:
    texts.extend(group.get(value))
    limits.extend(group.limits)
    for child in group.children:
        found = child.get(value)
        if not found:
            continue
        if not child.many:
            _gather(found, child.groups[type(found)], texts, limits)
        elif child.groups:
            for each in found:
                _gather(each, child.groups[type(each)], texts, limits)
        else:
            texts.extend(found)
            limits.extend([_NO_LIMIT] * len(found))


@cache
def _root(kind: str) -> _Group:
    return _group(paths.root(kind))


@lru_cache(maxsize=256)
def _group(type_: Any) -> _Group:
    names: list[str] = []
    limits: list[int] = []
    children: list[_Child] = []
    for name, owner, members, optional in _reached(type_, ""):
        structs = {(get_origin(each) or each): _group(each) for each in members if paths.is_struct(each)}
        if members == (str,):
            names.append(name)
            limits.append(LIMITS.get(owner, {}).get(name.rpartition(".")[2], _NO_LIMIT))
        elif structs:
            if any(each.names or each.children for each in structs.values()):
                children.append(_Child(name, structs, many=False))
        elif len(members) == 1 and get_origin(members[0]) is tuple:
            inner = paths.members(get_args(members[0])[0])
            many = {(get_origin(each) or each): _group(each) for each in inner if paths.is_struct(each)}
            if inner == (str,) or any(each.names or each.children for each in many.values()):
                children.append(_Child(name, many, many=True))
        del optional
    return _Group(names, limits, children)
