"""What is documented about one office visit, as far as its level rests on it."""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

PatientKind = Literal["new", "established"]
"""``established``: seen within three years by the same provider, or another of the same group and specialty."""
Risk = Literal["minimal", "low", "moderate", "high"]


class Problems(Value, frozen=True, kw_only=True):
    """How many problems of each kind were dealt with."""

    minor: int | None = None
    """They pass by themselves."""
    stable: int | None = None
    """Long-lasting, at the goal of treatment."""
    acute: int | None = None
    """Short illness or injury without complication."""
    worse: int | None = None
    """Long-lasting, not at the goal, or the treatment has side effects."""
    uncertain: int | None = None
    """New, and nobody knows yet what will come of it."""
    systemic: int | None = None
    """Acute illness that affects the whole body."""
    complicated: int | None = None
    """Acute injury that is more than one place or simple repair."""
    severe: int | None = None
    """Long-lasting, much worse: the hospital comes into question."""
    threat: int | None = None
    """Life or a function of the body is in danger soon."""


class Data(Value, frozen=True, kw_only=True):
    """What was ordered, read and talked over. Each test counts once, whether ordered or read."""

    tests: int | None = None
    """Different tests ordered at this visit."""
    results: int | None = None
    """Results read of tests that were not ordered at this visit."""
    outside_notes: int | None = None
    """Sources outside the group whose notes were read."""
    historian: bool = False
    """Someone else had to tell the history."""
    interpreted: bool = False
    """A test that another has reported was looked at anew, and what was seen is written down."""
    discussed: bool = False
    """Treatment or a result was talked over with someone outside the group or of another profession."""


class Documented(Value, frozen=True, kw_only=True):
    """Everything together."""

    patient: PatientKind
    problems: Problems
    data: Data
    risk: Risk | None = None
    """Of what was decided about treatment."""
    minutes: int | None = None
    """The provider's whole time for the patient on that date; not the staff's."""
    staff_only: bool = False
    """Only clinical staff saw the patient."""
