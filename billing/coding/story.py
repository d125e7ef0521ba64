"""Where a claim stands: the fold of its facts (law 2). Four axes, never one status (law 4)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from billing.coding.changes import Change, apply
from billing.coding.coding import Coding
from clinic.domain.value import Value

Preparation = Literal["coding", "coded", "reviewed", "signed"]
Journey = Literal["none", "sent"]
Adjudication = Literal["none"]
Owes = Literal["payer", "patient", "nobody"]


class Standing(Value, frozen=True, kw_only=True):
    """A claim as its facts leave it."""

    number: str
    kind: str
    patient_id: int
    service_on: str
    """ISO date of the first service day."""
    coding: Coding
    preparation: Preparation
    journey: Journey
    adjudication: Adjudication
    owes: Owes
    blocks: int
    warnings: int
    sequence: int
    digest: str | None = None
    assigned_to_id: int | None = None
    coded_by: int | None = None
    """Who finished the coding last: the first pair of eyes."""
    reviewed_by: int | None = None
    signed_by: int | None = None


class Opened(Value, frozen=True, kw_only=True):
    """``claim.opened`` version 1."""

    number: str
    kind: str
    patient_id: int
    service_on: str
    visits: tuple[int, ...]
    coding: Coding
    blocks: int
    warnings: int


class Changed(Value, frozen=True, kw_only=True):
    """``claim.changed`` version 1: what the biller did, and what the edits said afterwards."""

    change: Change
    blocks: int
    warnings: int


class Held(Value, frozen=True, kw_only=True):
    """``claim.coded``, ``claim.reviewed``, ``claim.signed`` version 1: bound to the digest of what was seen."""

    digest: str


class Sent(Value, frozen=True, kw_only=True):
    """``claim.sent`` version 1."""

    submission_id: int
    digest: str


class Assigned(Value, frozen=True, kw_only=True):
    """``claim.assigned`` version 1."""

    staff_id: int | None = None


class Returned(Value, frozen=True, kw_only=True):
    """``claim.returned`` version 1: back to coding, for the reason the fact holds."""


BODIES: dict[tuple[str, int], type[Value]] = {
    ("claim.opened", 1): Opened,
    ("claim.changed", 1): Changed,
    ("claim.coded", 1): Held,
    ("claim.reviewed", 1): Held,
    ("claim.signed", 1): Held,
    ("claim.sent", 1): Sent,
    ("claim.assigned", 1): Assigned,
    ("claim.returned", 1): Returned,
}
"""Every body ever written. A shape is never changed: a new version stands beside it."""


_HELD: dict[str, tuple[Preparation, str]] = {
    "claim.coded": ("coded", "coded_by"),
    "claim.reviewed": ("reviewed", "reviewed_by"),
    "claim.signed": ("signed", "signed_by"),
}


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def as_json(value: Value) -> dict[str, Any]:
    """A value as the JSON a fact keeps."""
    kept: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return kept


def begin(opened: Opened) -> Standing:
    """A claim with its first fact."""
    return Standing(
        number=opened.number,
        kind=opened.kind,
        patient_id=opened.patient_id,
        service_on=opened.service_on,
        coding=opened.coding,
        preparation="coding",
        journey="none",
        adjudication="none",
        owes="payer",
        blocks=opened.blocks,
        warnings=opened.warnings,
        sequence=1,
    )


def after(standing: Standing, type_: str, body: Value, actor_id: int | None) -> Standing:
    """The claim with one more fact. A change of the coding undoes what was coded, reviewed or signed."""
    standing = replace(standing, sequence=standing.sequence + 1)
    match type_, body:
        case "claim.changed", Changed():
            return replace(
                _in_coding(standing),
                coding=apply(standing.coding, body.change),
                blocks=body.blocks,
                warnings=body.warnings,
            )
        case "claim.returned", Returned():
            return _in_coding(standing)
        case _, Held():
            reached, by = _HELD[type_]
            return replace(standing, preparation=reached, digest=body.digest, **{by: actor_id})
        case "claim.sent", Sent():
            return replace(standing, journey="sent", digest=body.digest)
        case "claim.assigned", Assigned():
            return replace(standing, assigned_to_id=body.staff_id)
        case _:
            raise KeyError(type_)


def _in_coding(standing: Standing) -> Standing:
    return replace(standing, preparation="coding", digest=None, coded_by=None, reviewed_by=None, signed_by=None)
