"""Rules of an 837 that hold between segments: when one is needed, or must not be sent, because of another.

Reading reports them; the writer refuses claims that would break them. Only what the syntax says stands here: sums,
check digits, code lists of others and what payers like are edits.
"""

from __future__ import annotations

from billing.x12.frame import Frame
from billing.x12.syntax import COMPONENT, ELEMENT
from billing.x12.walk import Walk

_HAPPENED = f"DTP{ELEMENT}439"
_REPLACED = f"REF{ELEMENT}F8"


def subscriber(walk: Walk, frame: Frame) -> None:
    """Claims directly under the subscriber: the subscriber is the patient, with address, birth date and sex."""
    sbr = frame.segments.get("SBR")
    if sbr is not None and sbr[2:3] != ["18"]:
        walk.fault("IK403-I9", frame.number("SBR"), "SBR", frame, element="SBR02")
        return
    inner = frame.first("2010BA")
    if inner is not None:
        for segment in ("N3", "N4", "DMG"):
            if segment not in inner.segments:
                walk.fault("IK304-I6", inner.start, segment, inner)


def filing(walk: Walk, frame: Frame) -> None:
    """SBR09, the kind of plan, is required until every plan has a national number, which is to say always."""
    sbr = frame.segments.get("SBR")
    if sbr is not None and not "".join(sbr[9:10]):
        walk.fault("IK403-I9", frame.number("SBR"), "SBR", frame, element="SBR09")


def patient(walk: Walk, frame: Frame) -> None:
    """A patient loop under a subscriber who is said to be the patient."""
    sbr = frame.parent.segments.get("SBR") if frame.parent else None
    if sbr is not None and sbr[2:3] == ["18"]:
        walk.fault("IK304-I9", frame.start, "HL", frame)


def claim(walk: Walk, frame: Frame) -> None:
    """The claim: replaced number by frequency, accident by cause, line numbers in order, plans of other payers."""
    for other in frame.children.get("2320", ()):
        filing(walk, other)
    clm = frame.segments.get("CLM")
    if clm is None or len(clm) < 6:
        return
    frequency = clm[5].split(COMPONENT)[2:3]
    if _REPLACED in frame.segments:
        if frequency == ["1"]:
            walk.fault("IK304-I9", frame.number(_REPLACED), "REF", frame)
    elif frequency in (["7"], ["8"]):
        walk.fault("IK304-I6", frame.start, "REF", frame)
    if len(clm) > 11 and clm[11]:
        _accident(walk, frame, clm[11].split(COMPONENT))
    for at, line in enumerate(frame.children.get("2400", ()), 1):
        lx = line.segments.get("LX")
        if lx is not None and lx[1:2] != [str(at)]:
            walk.fault("IK403-7", line.start, "LX", line, element="LX01")


def _accident(walk: Walk, frame: Frame, causes: list[str]) -> None:
    if "AA" in causes[:2] and not any(causes[3:5]):
        walk.fault("IK403-I9", frame.start, "CLM", frame, element="CLM11-4")
    if ("AA" in causes[:2] or "OA" in causes[:2]) and _HAPPENED not in frame.segments:
        walk.fault("IK304-I6", frame.start, "DTP", frame)
