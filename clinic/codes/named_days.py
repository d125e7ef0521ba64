"""The edition that a file's name tells: publishers date their files there and nowhere else."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_FORMS = (
    re.compile(_YEAR + r"[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<month>0?[1-9]|1[0-2])[-_.](?P<day>0?[1-9]|[12]\d|3[01])[-_.](?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(_YEAR + r"[-_. ]?q(?P<quarter>[1-4])(?!\d)"),
    re.compile(_YEAR + r"[-_.](?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(_YEAR + r"(?!\d)[-_. ]*(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
    re.compile(
        r"(?<![a-z])(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]*(?P<day>[0-3]?\d)?[-_., ]*"
        r"(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(_YEAR + r"(?!\d)"),
)  # fmt: skip


def day_named(file_name: str) -> date | None:
    """The first day of the edition a file's name tells, by day, quarter, month or year; None where it tells none.

    ``HCPC2026_JUL_ANWEB.txt`` is 1 July 2026, ``…_Eff_07-01-2024.csv`` 1 July 2024, ``cpt-2026.csv`` 1 January 2026.
    """
    return _told(file_name)[0]


def year_named(file_name: str) -> int | None:
    """The year, where a file's name tells that and nothing closer."""
    day, said = _told(file_name)
    return day.year if day is not None and len(said) == 1 else None


def _told(file_name: str) -> tuple[date | None, dict[str, str]]:
    name = file_name.casefold()
    for form in _FORMS:
        match = form.search(name)
        if match is None:
            continue
        said = {part: text for part, text in match.groupdict().items() if text}
        year, month, day = int(said["year"]), int(said.get("month", 1)), int(said.get("day", 1))
        if "quarter" in said:
            month = 3 * int(said["quarter"]) - 2
        if "name" in said:
            month = _MONTHS.index(said["name"]) + 1
        try:
            return date(year, month, day), said
        except ValueError:
            continue
    return None, {}
