"""What can happen to a container: the bodies of its facts (law 2). ``at`` is when it happened, not when it was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from clinic.domain.value import Value
from lab.domain.catalogue import Condition
from lab.domain.need import Need


class Stay(Value, frozen=True, kw_only=True):
    """Where a container stood from an instant on, until the next."""

    condition: Condition
    since: datetime
    place_id: int | None = None


class Planned(Value, frozen=True, kw_only=True):
    """``specimen.planned`` version 1: a container that is to be filled, and for which tests."""

    number: str
    holder: str
    cap: str
    patient_id: int
    needs: tuple[Need, ...]
    visit_id: int | None = None
    order_id: int | None = None
    piece: int | None = None
    """1-based place in a set; all pieces of a set share ``set_number``."""
    set_number: str | None = None
    recollects: int | None = None
    """The rejected container in whose place it is drawn."""
    site: str | None = None


class Poured(Value, frozen=True, kw_only=True):
    """``specimen.poured`` version 1: the first fact of an aliquot. It inherits identity, time and clock."""

    number: str
    holder: str
    cap: str
    patient_id: int
    parent_id: int
    at: datetime
    collected_at: datetime
    volume_ul: int
    needs: tuple[Need, ...]
    stays: tuple[Stay, ...]
    """The parent's, up to then."""
    visit_id: int | None = None
    order_id: int | None = None
    child: int | None = None
    """1-based among the parent's aliquots."""
    collected_by: int | None = None
    method: str | None = None
    site: str | None = None


class Labeled(Value, frozen=True, kw_only=True):
    """``specimen.labeled`` version 1: a label was printed or stuck on; never a collection."""

    at: datetime
    print_id: int | None = None


class Collected(Value, frozen=True, kw_only=True):
    """``specimen.collected`` version 1."""

    at: datetime
    volume_ul: int | None = None
    method: str | None = None
    """``venipuncture``, ``capillary``, ``swab``, ``void``, ``biopsy`` …"""
    site: str | None = None
    started_at: datetime | None = None
    """Of what was gathered over hours."""
    fasting_hours: int | None = None


class StepStarted(Value, frozen=True, kw_only=True):
    """``specimen.step_started`` version 1. Force is told as g, or as rpm with the rotor's radius."""

    step: str
    at: datetime
    device_id: int | None = None
    g: int | None = None
    rpm: int | None = None
    radius_mm: int | None = None


class StepEnded(Value, frozen=True, kw_only=True):
    """``specimen.step_ended`` version 1."""

    step: str
    at: datetime


class StepDone(Value, frozen=True, kw_only=True):
    """``specimen.step_done`` version 1: a step without length: mixed, transferred, the end of a drink."""

    step: str
    at: datetime


class Aliquoted(Value, frozen=True, kw_only=True):
    """``specimen.aliquoted`` version 1, told of the parent."""

    at: datetime
    child_id: int
    child_number: str
    volume_ul: int
    tests: tuple[str, ...]


class Stored(Value, frozen=True, kw_only=True):
    """``specimen.stored`` version 1."""

    at: datetime
    condition: Condition
    place_id: int | None = None


class Noted(Value, frozen=True, kw_only=True):
    """``specimen.noted`` version 1: a condition seen (HL7 table 0493: hemolyzed, clotted …), or words."""

    at: datetime
    condition: str | None = None
    words: str | None = None


class Packed(Value, frozen=True, kw_only=True):
    """``specimen.packed``, ``specimen.unpacked``, ``specimen.sent``, ``specimen.recalled`` version 1."""

    at: datetime
    package_id: int


class Received(Value, frozen=True, kw_only=True):
    """``specimen.received`` version 1: the other laboratory's word on it."""

    at: datetime
    state: str
    """``good``, ``damaged``, ``leaked``, ``missing`` or ``rejected``."""


class Rejected(Value, frozen=True, kw_only=True):
    """``specimen.rejected`` version 1: HL7 table 0490 and our own sub-code."""

    at: datetime
    code: str
    sub: str | None = None
    recollect_id: int | None = None


class Resulted(Value, frozen=True, kw_only=True):
    """``specimen.resulted`` version 1: a test was run on it."""

    at: datetime
    test: str


class Ended(Value, frozen=True, kw_only=True):
    """``specimen.missed``, ``.lost``, ``.found``, ``.used_up``, ``.disposed``, ``.voided`` version 1."""

    at: datetime


class Undone(Value, frozen=True, kw_only=True):
    """``specimen.undone`` version 1: the fact of that sequence is taken back, for the reason the fact holds."""

    sequence: int
    at: datetime


BODIES: dict[tuple[str, int], type[Value]] = {
    ("specimen.planned", 1): Planned,
    ("specimen.poured", 1): Poured,
    ("specimen.labeled", 1): Labeled,
    ("specimen.collected", 1): Collected,
    ("specimen.step_started", 1): StepStarted,
    ("specimen.step_ended", 1): StepEnded,
    ("specimen.step_done", 1): StepDone,
    ("specimen.aliquoted", 1): Aliquoted,
    ("specimen.stored", 1): Stored,
    ("specimen.noted", 1): Noted,
    ("specimen.packed", 1): Packed,
    ("specimen.unpacked", 1): Packed,
    ("specimen.sent", 1): Packed,
    ("specimen.recalled", 1): Packed,
    ("specimen.received", 1): Received,
    ("specimen.rejected", 1): Rejected,
    ("specimen.resulted", 1): Resulted,
    ("specimen.missed", 1): Ended,
    ("specimen.lost", 1): Ended,
    ("specimen.found", 1): Ended,
    ("specimen.used_up", 1): Ended,
    ("specimen.disposed", 1): Ended,
    ("specimen.voided", 1): Ended,
    ("specimen.undone", 1): Undone,
}
"""Every body ever written: the rule of ``billing.coding.story.BODIES`` holds here too."""


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)
