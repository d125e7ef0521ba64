"""An 837P or 837D read the plain way: split into segments, put into loops, asked by loop, segment and element.

It imports nothing of billing/ and knows no more of the guide than which segment opens which loop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Segment = list[str]

_PARTIES = {"DN": "2310A", "P3": "2310A", "82": "2310B", "77": "2310C", "DQ": "2310D"}
_DENTAL_PARTIES = {**_PARTIES, "DD": "2310D", "DQ": "2310E"}
_LINE_PARTIES = {"82": "2420A", "DD": "2420B"}
_BEFORE_CLAIM = {"85": "2010AA", "87": "2010AB", "IL": "2010BA", "PR": "2010BB", "QC": "2010CA"}
_LEVELS = {"20": "2000A", "22": "2000B", "23": "2000C"}
_BELOW = {
    "2000A": ("2000A", "2010A", "2000B", "2010B", "2000C", "2010C"),
    "2000B": ("2000B", "2010B", "2000C", "2010C"),
}

_PLACE = re.compile(
    r"(?:(?P<loop>\w+) )?(?P<segment>\w+)(?:\[(?P<qualifiers>[^\]]+)\])?(?: (?P<at>\d\d)(?:-(?P<part>\d))?)?\Z"
)


@dataclass
class Loops:
    """Segments by loop: of a claim, of one of its lines, or of one other payer."""

    loops: dict[str, list[Segment]] = field(default_factory=dict)
    lines: list[Loops] = field(default_factory=list)
    others: list[Loops] = field(default_factory=list)
    component: str = ":"

    def all(self, place: str) -> list[Segment]:
        """The segments at ``LOOP SEG[QUAL|QUAL]``; ``LOOP`` may be ``PATIENT``, the loop the patient stands in."""
        found = _PLACE.match(place)
        assert found, place
        loop = found["loop"]
        if loop == "PATIENT":
            loop = "2010CA" if "2010CA" in self.loops else "2010BA"
        wanted = found["qualifiers"].split("|") if found["qualifiers"] else None
        return [
            segment
            for segment in self.loops.get(loop, [])
            if segment[0] == found["segment"] and (wanted is None or segment[1] in wanted)
        ]

    def one(self, place: str) -> str | None:
        """The element (``05``) or component (``05-3``) at a place; None where it is empty or not there."""
        found = _PLACE.match(place)
        assert found, place
        assert found["at"], place
        segments = self.all(place)
        assert len(segments) <= 1, f"{place} stands {len(segments)} times"
        if not segments or len(segments[0]) <= int(found["at"]):
            return None
        text = segments[0][int(found["at"])]
        if found["part"]:
            parts = text.split(self.component)
            text = parts[int(found["part"]) - 1] if len(parts) >= int(found["part"]) else ""
        return text or None

    def parts(self, text: str) -> list[str]:
        return text.split(self.component)


def claims(content: bytes) -> list[Loops]:
    """The claims of a file, in order, each with the loops above it."""
    segments, component = _split(content)
    dental = any(segment[0] == "ST" and segment[3] == "005010X224A2" for segment in segments)
    above: dict[str, list[Segment]] = {}
    found: list[Loops] = []
    scope: Loops | None = None
    loop = "head"
    for segment in segments:
        name = segment[0]
        if name == "HL":
            loop, scope = _LEVELS[segment[3]], None
            above = {
                key: kept for key, kept in above.items() if not key.startswith(_BELOW.get(loop, ("2000C", "2010C")))
            }
        elif name == "CLM":
            scope = Loops({key: list(kept) for key, kept in above.items()}, component=component)
            found.append(scope)
            loop = "2300"
        elif name == "SBR" and found and scope is not None:
            loop, scope = "2320", Loops(component=component)
            found[-1].others.append(scope)
        elif name == "LX":
            loop, scope = "2400", Loops(component=component)
            found[-1].lines.append(scope)
        elif name == "LIN":
            loop = "2410"
        elif name == "NM1":
            loop = _party_loop(loop, segment[1], in_claim=scope is not None, dental=dental)
        (above if scope is None else scope.loops).setdefault(loop, []).append(segment)
    return found


def _split(content: bytes) -> tuple[list[Segment], str]:
    """Segments in elements, and the component separator, by the places of the ISA (4, 105, 106)."""
    text = content.decode("ascii")
    element, component, terminator = text[3], text[104], text[105]
    return [part.strip("\r\n").split(element) for part in text.split(terminator) if part.strip()], component


def _party_loop(loop: str, qualifier: str, *, in_claim: bool, dental: bool) -> str:
    """The loop an NM1 opens: it depends on where it stands."""
    if not in_claim:
        return _BEFORE_CLAIM.get(qualifier, "head")
    if loop in {"2320", "2330A", "2330B"}:
        return {"IL": "2330A", "PR": "2330B"}[qualifier]
    if loop in {"2400", "2410", "2420A", "2420B"}:
        return _LINE_PARTIES[qualifier]
    return (_DENTAL_PARTIES if dental else _PARTIES)[qualifier]
