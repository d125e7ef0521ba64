"""Accidents in a Claim (docs/claim-map.md, part.accident and part.accident_state)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from billing.domain.professional import AccidentCause
from clinic.fhir.elements import ABSENT_REASON, Json, present, read_extensions, write_concept
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

ACCIDENT_CAUSE: Final = CODE_PREFIX + "accident-cause"
_V3 = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_INCIDENTS: dict[AccidentCause, str] = {"AA": "MVA", "EM": "WPA"}
"""v3 ActIncidentCode; it has no code for other accidents."""
_CAUSES: tuple[AccidentCause, ...] = ("AA", "EM", "OA")


def write_accident(part: Any) -> Json | None:
    """The accident element of a part that says ``accident``, ``accident_state`` and ``dates``.

    None where there was none and no state is named; causes stand in extensions too.
    """
    if not part.accident and part.accident_state is None:
        return None
    on = next((dated.on.isoformat() for dated in part.dates if dated.qualifier == "439"), None)
    unknown = {"extension": [{"url": ABSENT_REASON, "valueCode": "unknown"}]}
    kind = None
    if part.accident:
        first = part.accident[0]
        kind = write_concept(ACCIDENT_CAUSE, first)
        if first in _INCIDENTS:
            kind["coding"].append({"system": _V3, "code": _INCIDENTS[first]})
    return present(
        date=on,
        # R4 requires a date; where none is known the reason stands in its place.
        _date=None if on else unknown,
        type=kind,
        locationAddress=present(state=part.accident_state),
    )


def read_causes(node: Node, accident: Node | None) -> tuple[AccidentCause, ...]:
    """The causes our extension names, else the one that the element's type means.

    Raises:
        Refused: our extension or coding names a cause there is not.
    """
    said = tuple(cause.one_of(_CAUSES) for cause in read_extensions(node, "accident-cause", "valueCode"))
    kind = accident.get("type") if accident and not said else None
    if kind is None:
        return said
    for coding in kind.each("coding"):
        code, ours = coding.need("code"), coding.text_at("system") == ACCIDENT_CAUSE
        if ours:
            return (code.one_of(_CAUSES),)
        for cause, incident in _INCIDENTS.items():
            if code.text() == incident:
                return (cause,)
    return ("OA",)


def read_day(accident: Node | None) -> date | None:
    """The day of the accident, where it is known."""
    day = accident.get("date") if accident else None
    return day.day() if day else None
