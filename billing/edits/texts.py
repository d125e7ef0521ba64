"""All texts of a claim at once, with the most characters the file takes of each.

Most claims have nothing wrong with any of their texts. So they are gathered in one pass, compiled from the types of
the kind of claim, and looked at together; only where something is wrong are they looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter, gt, or_
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from billing.domain.claim import Act, Authority, Claim, Coverage, OtherCoverage
from billing.domain.professional import Professional, ProfessionalAct
from billing.edits import paths
from billing.edits.parties import in_order
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
ABSENT = "-"
"""Stands in the place of a text that is absent: nothing is wrong with it."""

_CARRIED = bytes(each for each in range(0x20, 0x7F) if chr(each) not in SEPARATORS)


SHARED = ("billing", "pay_to", "coverage.payer", "part.rendering", "part.facility")
"""Parts that a practice's claims have alike. Their texts are looked at once and known again by equality."""

OWN = ("patient.address", "coverage.subscriber", "part.referring", "part.supervising")
"""Those named on a claim who are others on each."""

_Get = Callable[[Claim[Any, Any]], Any]

_KEPT = 10_000
"""Of how many such parts it is known what their texts say: bounded for foreign files."""


class Flaws(NamedTuple):
    """What may be wrong with some texts."""

    uncarried: bool
    """A character is no printable ASCII, or one of the separators."""
    blank: bool
    """A text may be empty or have a blank at an end; the other way round it is sure that none has."""
    long: bool
    """A text is longer than the file takes."""
    parties: bool
    """Somebody's number, specialty or address may not be in order; the other way round it is sure that all are."""


_NO_FLAWS = Flaws(False, False, False, False)
_PARTIES_WRONG = Flaws(False, False, False, True)
_known: dict[msgspec.Struct, Flaws] = {}


def flaws(claim: Claim[Any, Any]) -> Flaws:
    """What may be wrong with the texts of a claim."""
    gather, shared, own = _ways(claim.kind)
    found = _flaws(*gather(claim))
    for get in own:
        if not in_order(get(claim)):
            found = Flaws(*map(or_, found, _PARTIES_WRONG))
            break
    for get in shared:
        part = get(claim)
        if part is not None:
            known = _known.get(part) or _learn(part)
            if known is not _NO_FLAWS:
                found = Flaws(*map(or_, found, known))
    return found


def _learn(part: msgspec.Struct) -> Flaws:
    if len(_known) >= _KEPT:
        _known.clear()
    found = _flaws(*gatherer(type(part))(part))
    if not in_order(part):
        found = Flaws(*map(or_, found, _PARTIES_WRONG))
    _known[part] = found
    return found


def _flaws(texts: list[str], limits: list[int]) -> Flaws:
    together = _BETWEEN.join(texts)
    uncarried = not together.isascii() or together.encode().translate(None, _CARRIED) != b""
    blank = "" in texts or "| " in together or " |" in together or together[:1] == " " or together[-1:] == " "
    long = any(map(gt, map(len, texts), limits))
    return Flaws(uncarried, blank, long, False) if uncarried or blank or long else _NO_FLAWS


@cache
def _ways(kind: str) -> tuple[Gather, tuple[_Get, ...], tuple[_Get, ...]]:
    """What gathers the texts of a kind outside of the shared parts, what gets each of those, and its people."""
    root = paths.root(kind)
    shared = tuple(each for each in SHARED if paths.has(kind, each))
    own = tuple(attrgetter(each) for each in OWN if paths.has(kind, each))
    return gatherer(root, frozenset(shared)), tuple(attrgetter(each) for each in shared), own


def longest(claim: Claim[Any, Any], path: str) -> int:
    """The most characters the file takes of a text at a path."""
    owner, _, name = path.rpartition(".")
    holder = paths.value_at(claim, owner) if owner else claim
    return LIMITS.get(type(holder), {}).get(name, _NO_LIMIT)


Gather = Callable[[Any], tuple[list[str], list[int]]]


@cache
def gatherer(type_: Any, without: frozenset[str] = frozenset()) -> Gather:
    """A function that lists the texts of a value of the type (``ABSENT`` for those it has not), and the limit of each.

    It is written from the types, as straight lines of attribute reads, which cost a fraction of walking the value.
    Fields named in ``without`` are left out.
    """
    known: dict[str, Any] = {}
    lines = ["def gather(v0):", "    texts, limits = [], []"]
    _write(type_, 0, 1, _Source(lines, known), without)
    lines.append("    return texts, limits")
    exec("\n".join(lines), known)  # noqa: S102  the source holds nothing but field names of our own types
    found: Gather = known["gather"]
    return found


class _Source(NamedTuple):
    """A function as it is being written: its lines, and the values they name."""

    lines: list[str]
    known: dict[str, Any]


def _write(type_: Any, value: int, depth: int, source: _Source, without: frozenset[str] = frozenset()) -> None:
    """Lines that gather the texts of the variable ``v<value>``."""
    lines, known = source
    indent = "    " * depth
    names: list[str] = []
    limits: list[int] = []
    later: list[str] = []
    for name, owner, inside in _reached(type_, without):
        field = f"v{value}.{name}"
        members = paths.members(inside)
        many = get_origin(members[0]) is tuple
        if many:
            members = paths.members(get_args(members[0])[0])
        structs = [each for each in members if paths.is_struct(each)]
        if members == (str,) and many:
            later += [f"{indent}texts += {field}", f"{indent}limits += ({_NO_LIMIT},) * len({field})"]
        elif members == (str,):
            optional = NoneType in get_args(inside)
            names.append(f"{ABSENT!r} if {field} is None else {field}" if optional else field)
            limits.append(LIMITS.get(owner, {}).get(name.rpartition(".")[2], _NO_LIMIT))
        elif structs:
            inner = [f"{indent}for v{value + 1} in {field if many else f'({field},)'}:"]
            for each in structs:
                key = f"T{len(known)}"
                known[key] = paths.origin(each)
                inner.append(f"{indent}    if v{value + 1}.__class__ is {key}:")
                before = len(inner)
                _write(each, value + 1, depth + 2, _Source(inner, known))
                if len(inner) == before:
                    inner.pop()
            if len(inner) > 1:
                later += inner
    if names:
        key = f"L{len(known)}"
        known[key] = tuple(limits)
        lines += [f"{indent}texts += ({', '.join(names)},)", f"{indent}limits += {key}"]
    lines += later


def _reached(type_: Any, without: frozenset[str], path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The fields reached by names alone, with owner and type."""
    for name, inside in paths.fields(type_).items():
        if name in paths.NOT_TEXT or path + name in without:
            continue
        if paths.is_struct(inside):
            yield from _reached(inside, without, f"{path}{name}.")
        else:
            yield path + name, paths.origin(type_), inside
