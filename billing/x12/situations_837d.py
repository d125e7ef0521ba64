"""Rules of the 837D alone that hold between segments."""

from __future__ import annotations

from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import decimal, keyed
from billing.x12.syntax import COMPONENT
from billing.x12.walk import Walk

_SERVED, _PLACED, _ESTIMATED = keyed("DTP*472"), keyed("DTP*441"), keyed("DTP*139")
_DIAGNOSED = (keyed("HI*ABK"), keyed("HI*BK"))


def dental(walk: Walk, frame: Frame) -> None:
    """The claim: days of service by what is asked, numbers of attachments, months of orthodontics; and its lines."""
    clm = frame.segments.get("CLM", [])
    asked = clm[19:20] == ["PB"]
    if asked and _SERVED in frame.segments:
        walk.fault("IK304-I9", frame.number(_SERVED), "DTP", frame)
    for pwk in frame.all("PWK"):
        if pwk[2:3] != ["AA"] and not "".join(pwk[6:7]):
            walk.fault("IK403-I9", frame.number("PWK"), "PWK", frame, element="PWK06")
    dn1 = frame.segments.get("DN1")
    if dn1 is not None and not any(dn1[1:]):
        walk.fault("IK403-I9", frame.number("DN1"), "DN1", frame, element="DN101")
    diagnosed = any(key in frame.segments for key in _DIAGNOSED)
    for line in frame.children.get("2400", ()):
        _line(walk, line, asked=asked, served=_SERVED in frame.segments, diagnosed=diagnosed)


def _line(walk: Walk, frame: Frame, *, asked: bool, served: bool, diagnosed: bool) -> None:
    segments = frame.segments
    if asked and _SERVED in segments:
        walk.fault("IK304-I9", frame.number(_SERVED), "DTP", frame)
    elif not asked and not served and _SERVED not in segments:
        walk.fault("IK304-I6", frame.start, "DTP", frame)
    sv3 = segments.get("SV3")
    if sv3 is None:
        return
    if not diagnosed and "".join(sv3[11:12]):
        walk.fault("IK403-I13", frame.number("SV3"), "SV3", frame, element="SV311")
    _teeth(walk, frame, sv3)
    placed = next((key for key in (_PLACED, _ESTIMATED) if key in segments), None)
    if sv3[5:6] == ["R"]:
        if placed is None:
            walk.fault("IK304-I6", frame.start, "DTP", frame)
    elif placed is not None:
        walk.fault("IK304-I9", frame.number(placed), "DTP", frame)


def _teeth(walk: Walk, frame: Frame, sv3: list[str]) -> None:
    teeth = frame.all("TOO")
    for tooth in teeth:
        surfaces = "".join(tooth[3:4]).split(COMPONENT)
        if len(set(surfaces)) < len(surfaces):
            walk.fault("IK403-I12", frame.number("TOO"), "TOO", frame, element="TOO03")
    if len(teeth) > 1 and decimal("".join(sv3[6:7]) or "1") != 1:
        walk.fault("IK403-I12", frame.number("SV3"), "SV3", frame, element="SV306")
