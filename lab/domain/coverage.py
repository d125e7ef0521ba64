"""What is asked of whoever knows the payers' policies when tests are ordered, and what is said of a test."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clinic.domain.value import Value


class AskedTest(Value, frozen=True, kw_only=True):
    """A test of an order: the numbers it would be billed by, and the diagnoses it is ordered for."""

    line_id: int
    procedures: tuple[str, ...]
    diagnoses: tuple[str, ...]
    """ICD-10-CM, without points."""


class AskedOrder(Value, frozen=True, kw_only=True):
    """An order as it is asked about."""

    practice_id: int
    order_id: int
    patient_id: int
    visit_id: int | None
    on: date
    """The day it is to be done."""
    tests: tuple[AskedTest, ...]


class NotCovered(Value, frozen=True, kw_only=True):
    """Why a payer is not expected to pay for a test."""

    line_id: int
    code: str
    why: Literal["unsupported", "never", "excluded", "too_often"]
    payer: str
    """Its name."""
    policy: str
    source: str | None = None
    diagnosis: str | None = None
    """That never supports it."""
    times: int | None = None
    per: int | None = None
    """Days, 0 a lifetime."""
    last: date | None = None
    """The last day it was done."""
    next_on: date | None = None
    """From when on it is paid again, None where that never comes."""
    supporting: tuple[tuple[str, str], ...] = ()
    """Some of the diagnoses that would support it, from and to; a star behind the last takes in all that begin so."""
    more: int | None = None
    """How many more spans of them there are."""
