"""HL segments: numbered from 1 without gaps, each naming its parent, and saying whether children follow."""

from __future__ import annotations

from billing.x12.frame import Frame
from billing.x12.grammar import Element
from billing.x12.syntax import ELEMENT
from billing.x12.walk import Walk

_HL = "HL"


class Hierarchy:
    """The HL loops of one transaction. Faults stand at the HL segment they are about."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._count = 0
        self._parents: set[int] = set()
        """Starts of the frames under which another HL came."""

    def opened(self, frame: Frame) -> None:
        """A loop that begins with HL."""
        self._count += 1
        elements = _elements(frame)
        if elements is None:
            return
        frame.hl = elements[1] if len(elements) > 1 else ""
        if frame.hl != str(self._count):
            self._walk.fault("IK403-7", frame.start, _HL, frame, element="HL01")
        parent = frame.parent
        if parent is not None and parent.hl is not None:
            self._parents.add(parent.start)
            if len(elements) > 2 and elements[2] != parent.hl:
                self._walk.fault("IK403-7", frame.start, _HL, frame, element="HL02")

    def closed(self, frame: Frame) -> None:
        """The loop ends: HL04 must have said whether others came under it."""
        elements = _elements(frame)
        code = frame.node.opener.segment.elements[3]
        if elements is None or len(elements) < 5 or not isinstance(code, Element) or elements[4] not in code.codes:
            return
        if elements[4] != ("1" if frame.start in self._parents else "0"):
            self._walk.fault("IK403-7", frame.start, _HL, frame, element="HL04")


def _elements(frame: Frame) -> list[str] | None:
    for key, elements in frame.segments.items():
        if key.startswith(_HL + ELEMENT):
            return elements
    return None
