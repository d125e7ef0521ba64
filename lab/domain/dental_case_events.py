"""What can happen to a case of a dental laboratory: the bodies of its facts (law 2). ``at`` is when it happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from clinic.domain.value import Value

Record = Literal["impression", "scan"]
"""How the laboratory learns the shape: something that was in a mouth, or a file."""
Jaw = Literal["upper", "lower", "both"]


class Prescription(Value, frozen=True, kw_only=True):
    """What is asked of the laboratory."""

    laboratory_id: int
    work: str
    record: Record
    days: int
    """Working days the laboratory takes, as it was known then."""
    teeth: tuple[str, ...] = ()
    jaw: Jaw | None = None
    material: str | None = None
    shade: str | None = None
    seat_on: date | None = None
    """The day of the visit at which it is to be seated."""
    notes: str | None = None


class Opened(Value, frozen=True, kw_only=True):
    """``case.opened`` version 1."""

    at: datetime
    number: str
    patient_id: int
    location_id: int
    prescription: Prescription
    provider_id: int | None = None
    remakes: int | None = None
    """The case that it replaces."""
    first: int | None = None
    """The first case of the row of remakes."""
    remake_reason: str | None = None


class Changed(Value, frozen=True, kw_only=True):
    """``case.changed`` version 1: what is asked, anew, before anything was sent."""

    at: datetime
    prescription: Prescription


class Moved(Value, frozen=True, kw_only=True):
    """``case.moved`` version 1: the visit at which it is seated is on another day."""

    at: datetime
    seat_on: date | None = None


class Disinfected(Value, frozen=True, kw_only=True):
    """``case.disinfected`` version 1: what was in the mouth, by the fact's actor."""

    at: datetime
    product: str | None = None


class Sent(Value, frozen=True, kw_only=True):
    """``case.sent`` version 1: to the laboratory, for the first time or after a try-in."""

    at: datetime
    courier: str | None = None
    tracking: str | None = None


class Returned(Value, frozen=True, kw_only=True):
    """``case.returned`` version 1: back from the laboratory, to be tried in or finished."""

    at: datetime
    finished: bool
    lot: str | None = None
    """Of the material, or of the implant's part."""


class Tried(Value, frozen=True, kw_only=True):
    """``case.tried`` version 1: it was in the mouth; what is to be changed."""

    at: datetime
    words: str | None = None


class Remade(Value, frozen=True, kw_only=True):
    """``case.remade`` version 1: another case takes its place."""

    at: datetime
    code: str
    remake_id: int


class Noted(Value, frozen=True, kw_only=True):
    """``case.noted`` version 1."""

    at: datetime
    words: str


class Passed(Value, frozen=True, kw_only=True):
    """``case.seated`` and ``case.cancelled`` version 1."""

    at: datetime


class Undone(Value, frozen=True, kw_only=True):
    """``case.undone`` version 1: the fact of that sequence is taken back, for the reason the fact holds."""

    at: datetime
    sequence: int


BODIES: dict[tuple[str, int], type[Value]] = {
    ("case.opened", 1): Opened,
    ("case.changed", 1): Changed,
    ("case.moved", 1): Moved,
    ("case.disinfected", 1): Disinfected,
    ("case.sent", 1): Sent,
    ("case.returned", 1): Returned,
    ("case.tried", 1): Tried,
    ("case.seated", 1): Passed,
    ("case.remade", 1): Remade,
    ("case.cancelled", 1): Passed,
    ("case.noted", 1): Noted,
    ("case.undone", 1): Undone,
}
"""Every body ever written: none is changed or taken away, a new shape is a new version."""


def case_body(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)
