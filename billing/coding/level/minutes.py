"""The level by the provider's total time on the date of the visit, and time beyond the highest.

From 2021 the codes had ranges of minutes (15 to 29, 30 to 44, …), from 2024 the first minute of each range, which must
be met or passed: the same level either way. Medicare's prolonged service counts fifteen whole minutes beyond the end of
the highest range: from 89 (new) and 69 (established), each further fifteen once more (CMS, Physician Fee Schedule
payment for office and outpatient visits, fact sheet of 11 January 2021; 85 FR 84574).
"""

from __future__ import annotations

from datetime import date

from billing.coding.level.documented import PatientKind

SINCE = date(2021, 1, 1)
"""Visits before were judged by history and examination."""
FROM: dict[PatientKind, tuple[tuple[int, int], ...]] = {
    "new": ((60, 5), (45, 4), (30, 3), (15, 2)),
    "established": ((40, 5), (30, 4), (20, 3), (10, 2)),
}
"""Minutes from which each level is reached, the highest first."""
PROLONGED = "G2212"
PROLONGED_FROM: dict[PatientKind, int] = {"new": 89, "established": 69}
PROLONGED_EACH = 15


def of_minutes(patient: PatientKind, minutes: int | None) -> int | None:
    """The level that this time reaches, None below the first."""
    return next((level for least, level in FROM[patient] if (minutes or 0) >= least), None)


def least_minutes(patient: PatientKind, level: int) -> int:
    """The minutes from which a level is reached.

    Raises:
        KeyError: time does not tell this level.
    """
    return {reached: least for least, reached in FROM[patient]}[level]


def prolonged_units(patient: PatientKind, minutes: int | None) -> int:
    """How often Medicare's prolonged service is reached beside the highest level."""
    beyond = (minutes or 0) - PROLONGED_FROM[patient]
    return 0 if beyond < 0 else 1 + beyond // PROLONGED_EACH
