"""What the bench tells of what was done, for whoever bills; no price here. And what a charge is, for the replay."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clinic.domain.value import Value

Drawn = Literal["venipuncture", "capillary"]
"""Draws that are billed by themselves."""


class LabFact(Value, frozen=True, kw_only=True):
    """Something done at a visit that may be billed. What was rejected is none."""

    visit: str
    """The visit, by whatever name the asker knows it."""
    on: date
    """The local date it was done: that of the collection."""
    drawn: Drawn | None = None
    """A specimen was drawn, no test told."""
    test: str | None = None
    procedures: tuple[str, ...] = ()
    """CPT or HCPCS numbers, all of them billed."""
    waived: bool = False
    outside: bool = False
    """Another laboratory ran it and the practice bills for it."""
    targets: int | None = None
    """Results of one number that it gave; None is one."""
    site: str | None = None
    """Where on the body it was taken, as far as that was said."""
    diagnoses: tuple[str, ...] = ()
    """ICD-10-CM from the order, without points."""
    clia: str | None = None
    """Of the place, or of the laboratory that ran it."""
    notice: Literal["ask_payer", "self_pay"] | None = None
    """What the patient chose on a notice that was signed in time: that the payer is asked first, or that it is not."""
    excluded: bool = False
    """The notice said that the payer never pays for it."""


class LabCharge(Value, frozen=True, kw_only=True):
    """One line to be billed."""

    visit: str
    on: date
    code: str
    units: int
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    clia: str | None = None
    tests: tuple[str, ...] = ()
    self_pay: bool = False
    """The patient pays, and the payer is not asked: it goes on no claim."""
