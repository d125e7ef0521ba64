"""The level of an office visit, and why: by decision-making or by time, whichever documents more."""

from __future__ import annotations

from typing import Literal

from billing.coding.level.decision import of_data, of_elements, of_problems, of_risk
from billing.coding.level.documented import Documented, PatientKind
from billing.coding.level.minutes import least_minutes, of_minutes, prolonged_units
from clinic.domain.value import Value

HIGHEST, STAFF = 5, 1
CODES: dict[PatientKind, dict[int, str]] = {
    "new": {2: "99202", 3: "99203", 4: "99204", 5: "99205"},
    "established": {1: "99211", 2: "99212", 3: "99213", 4: "99214", 5: "99215"},
}
"""The codes of each level, which CMS lists in its public fee schedule."""
LEVELS = {code: level for codes in CODES.values() for level, code in codes.items()}

Way = Literal["decision", "time", "both", "staff"]


class Elements(Value, frozen=True):
    """The degree of each element of decision-making, 1 (nothing) to 5 (high)."""

    problems: int
    data: int
    risk: int


class Above(Value, frozen=True, kw_only=True):
    """What the level above rests on: two of the three elements at its degree, or its minutes."""

    code: str
    degree: int
    minutes: int
    lacks: tuple[str, ...]
    """The elements that are documented below its degree: ``problems``, ``data``, ``risk``."""


class Level(Value, frozen=True, kw_only=True):
    """What the documented facts come to."""

    code: str | None
    """None where they come to no level."""
    level: int | None
    way: Way | None
    elements: Elements
    by_decision: int | None
    by_time: int | None
    above: Above | None
    """None where there is none above."""
    prolonged: int
    """Units of Medicare's prolonged service that the time reaches: only with the highest level, chosen by time."""


def level_of(documented: Documented) -> Level:
    """The level of a visit from 2021 on."""
    patient = documented.patient
    found = Elements(of_problems(documented.problems), of_data(documented.data), of_risk(documented.risk))
    decision = of_elements(found.problems, found.data, found.risk)
    time = of_minutes(patient, documented.minutes)
    reached = max(decision or 0, time or 0) or None
    way: Way | None = None
    if documented.staff_only:
        # Nurses' visits have a level of their own for known patients only, and neither time nor decisions count.
        reached, way = (STAFF, "staff") if patient == "established" else (None, None)
    elif reached is not None:
        way = "both" if decision == time else "decision" if reached == decision else "time"
    return Level(
        code=CODES[patient][reached] if reached else None,
        level=reached,
        way=way,
        elements=found,
        by_decision=decision,
        by_time=time,
        above=None if documented.staff_only else _above(patient, reached, found),
        prolonged=0 if documented.staff_only or time != HIGHEST else prolonged_units(patient, documented.minutes),
    )


def _above(patient: PatientKind, reached: int | None, found: Elements) -> Above | None:
    degree = (reached or STAFF) + 1
    if degree > HIGHEST:
        return None
    degrees = {"problems": found.problems, "data": found.data, "risk": found.risk}
    return Above(
        code=CODES[patient][degree],
        degree=degree,
        minutes=least_minutes(patient, degree),
        lacks=tuple(name for name, has in degrees.items() if has < degree),
    )
