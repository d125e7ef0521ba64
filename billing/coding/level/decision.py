"""Medical decision-making: problems, data and risk, of which two decide.

After the guidelines for office visits that CMS took over from 2021 (CY 2020 and CY 2021 Physician Fee Schedule final
rules, 84 FR 62847 and 85 FR 84548). Degrees are those of the visit's codes: 2 straightforward, 3 low, 4 moderate,
5 high; 1 is nothing at all.
"""

from __future__ import annotations

from billing.coding.level.documented import Data, Problems, Risk

NOTHING, STRAIGHTFORWARD, LOW, MODERATE, HIGH = 1, 2, 3, 4, 5
_RISK = {"minimal": STRAIGHTFORWARD, "low": LOW, "moderate": MODERATE, "high": HIGH}


def of_problems(problems: Problems) -> int:
    """The degree of what was dealt with."""

    def some(*counts: int | None) -> bool:
        return any(count or 0 for count in counts)

    if some(problems.severe, problems.threat):
        return HIGH
    if some(problems.worse, problems.uncertain, problems.systemic, problems.complicated) or (problems.stable or 0) > 1:
        return MODERATE
    if some(problems.stable, problems.acute) or (problems.minor or 0) > 1:
        return LOW
    return STRAIGHTFORWARD if some(problems.minor) else NOTHING


def of_data(data: Data) -> int:
    """The degree of what was ordered, read and talked over: none at all is straightforward."""
    read = (data.tests or 0) + (data.results or 0) + (data.outside_notes or 0)
    much = read + data.historian > 2
    ways = much + data.interpreted + data.discussed
    if ways > 1:
        return HIGH
    if ways:
        return MODERATE
    return LOW if read > 1 or data.historian else STRAIGHTFORWARD


def of_risk(risk: Risk | None) -> int:
    """The degree of the risk of what was decided."""
    return NOTHING if risk is None else _RISK[risk]


def of_elements(problems: int, data: int, risk: int) -> int | None:
    """The degree that two of the three reach or pass; None where there is none."""
    second = sorted((problems, data, risk))[1]
    return second if second >= STRAIGHTFORWARD else None
