"""What can happen to a package: the bodies of its facts (law 2). ``at`` is when it happened, not when it was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from clinic.domain.value import Value

Kept = Literal["room", "refrigerated", "frozen"]
"""What a package is kept at on its way."""
Category = Literal["B", "exempt"]
"""UN3373 (Category B), or an exempt human specimen."""
Receipt = Literal["good", "damaged", "leaked", "missing", "rejected"]
"""What the other laboratory says of one container."""


class Opened(Value, frozen=True, kw_only=True):
    """``package.opened`` version 1: an empty package for one laboratory."""

    at: datetime
    number: str
    laboratory_id: int
    location_id: int
    condition: Kept
    category: Category
    by_air: bool = False
    cutoff_at: datetime | None = None
    """When its courier comes, None where the laboratory names no time."""


class ItemAdded(Value, frozen=True, omit_defaults=False, kw_only=True):
    """``package.item_added`` version 1. What was warned of is kept in the fact with the reason it was accepted for."""

    at: datetime
    specimen_id: int
    number: str
    set_number: str | None = None
    dry: bool = False
    """There is no liquid in it."""
    formalin: bool = False
    accepted: tuple[str, ...] = ()
    """Codes of the warnings that were accepted."""


class ItemRemoved(Value, frozen=True, kw_only=True):
    """``package.item_removed`` version 1."""

    at: datetime
    specimen_id: int


class Checked(Value, frozen=True, kw_only=True):
    """``package.checked`` version 1: a line of the checklist, ticked or taken back."""

    at: datetime
    line: str
    ticked: bool
    dry_ice_g: int | None = None
    """With the line of dry ice: its net mass in grams."""


class Sealed(Value, frozen=True, kw_only=True):
    """``package.sealed`` version 1: who sealed it is the fact's actor."""

    at: datetime
    seal: str


class HandedOver(Value, frozen=True, kw_only=True):
    """``package.handed_over`` version 1: to whom, with the seal as it was read then."""

    at: datetime
    courier: str
    seal: str
    temperature_tenths: int | None = None
    """Of the box, in tenths of a degree Celsius."""
    tracking: str | None = None
    expired: tuple[int, ...] = ()
    """Ids of containers that went past their use-by, for the reason the fact holds."""


class ReceiptGiven(Value, frozen=True, kw_only=True):
    """``package.receipt`` version 1: the other laboratory's word on one container."""

    at: datetime
    specimen_id: int
    state: Receipt


class ReceiptUndone(Value, frozen=True, kw_only=True):
    """``package.receipt_undone`` version 1: that word was wrong, or of another container; the fact holds the reason."""

    at: datetime
    specimen_id: int


class Passed(Value, frozen=True, kw_only=True):
    """``package.unsealed``, ``.recalled``, ``.delivered``, ``.reconciled``, ``.lost`` version 1."""

    at: datetime


class TrainedOnly(Value, frozen=True, omit_defaults=False, kw_only=True):
    """``packing_rule.set`` version 1, of a place of care: whether only those pack there who were trained to."""

    at: datetime
    trained_only: bool


BODIES: dict[tuple[str, int], type[Value]] = {
    ("package.opened", 1): Opened,
    ("package.item_added", 1): ItemAdded,
    ("package.item_removed", 1): ItemRemoved,
    ("package.checked", 1): Checked,
    ("package.sealed", 1): Sealed,
    ("package.unsealed", 1): Passed,
    ("package.handed_over", 1): HandedOver,
    ("package.recalled", 1): Passed,
    ("package.delivered", 1): Passed,
    ("package.receipt", 1): ReceiptGiven,
    ("package.receipt_undone", 1): ReceiptUndone,
    ("package.reconciled", 1): Passed,
    ("package.lost", 1): Passed,
}
"""Every body ever written: none is changed or taken away, a new shape is a new version."""


def package_body(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)
