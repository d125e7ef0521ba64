"""Every text fits its element of the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from billing.domain.claim import Act, Authority, Claim, Coverage, OtherCoverage
from billing.domain.professional import Professional, ProfessionalAct, ProfessionalClaim
from billing.edits.declare import EVERY_TEXT, Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import Identifier
from clinic.domain.person import Address, Contact, OrganizationName, PersonName
from clinic.domain.words import N_

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
"""The most characters of NM103 to NM109, N3, N4, PER, REF02, SBR03, SBR04 (X12 005010 data elements)."""

@edit(
    "TXT-03",
    title=N_("Text longer than the file takes"),
    message=N_("The text has %(needed)s characters; the file takes %(limit)s."),
    severity="block",
    scope="claim",
    fields=EVERY_TEXT,
    makes_redundant=("BOX-01",),
    source="X12 005010 data element dictionary; 005010X222A1",
    since="2026-11-24",
)
def text_length(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Each element of the file has a longest length.

    What it checks:
        No name, address, number or note is longer than its element of the 837P may be.

    Why payers deny:
        One element too long and the file is refused as a whole, with all its claims.

    How to fix:
        Shorten the text in a way its reader still knows it.
    """
    yield from _over("", claim)


def _over(path: str, value: Any) -> Iterator[Fault]:
    limits, inner = _shape(type(value))
    for name, limit in limits:
        text = getattr(value, name)
        if text is not None and len(text) > limit:
            yield at(path + name, needed=len(text), limit=limit)
    for name in inner:
        found = getattr(value, name)
        if type(found) is tuple:
            for index, each in enumerate(found):
                yield from _over(f"{path}{name}[{index}].", each)
        elif found is not None:
            yield from _over(f"{path}{name}.", found)


@cache
def _shape(owner: type[msgspec.Struct]) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """The limited texts of a value, and the names of its fields that have some inside."""
    inner = tuple(each.name for each in msgspec.structs.fields(owner) if _limited(each.type))
    return tuple(LIMITS.get(owner, {}).items()), inner


def _limited(type_: Any) -> bool:
    """Whether a limited text stands somewhere in values of the type."""
    if isinstance(type_, TypeVar):
        return True
    owner = get_origin(type_) or type_
    if isinstance(owner, type) and issubclass(owner, msgspec.Struct):
        return owner in LIMITS or any(_limited(each.type) for each in msgspec.structs.fields(owner))
    return any(_limited(each) for each in get_args(type_))


FAILS = (claim_with(patient__name__first="A" * 36), claim_with(note="A" * 81))
PASSES = (claim_with(patient__name__first="A" * 35), claim_with(note="A" * 80))
