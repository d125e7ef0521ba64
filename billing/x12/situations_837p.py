"""Rules of the 837P alone that hold between segments."""

from __future__ import annotations

from billing.x12.frame import Frame
from billing.x12.syntax import ELEMENT
from billing.x12.walk import Walk

_DISABLED = ((f"DTP{ELEMENT}314", "RD8"), (f"DTP{ELEMENT}360", "D8"), (f"DTP{ELEMENT}361", "D8"))
"""Both ends are a span, one end alone is a day."""


def professional(walk: Walk, frame: Frame) -> None:
    """The claim: form of dates by kind."""
    for key, form in _DISABLED:
        dtp = frame.segments.get(key)
        if dtp is not None and dtp[2:3] != [form]:
            walk.fault("IK403-7", frame.number(key), "DTP", frame, element="DTP02")
