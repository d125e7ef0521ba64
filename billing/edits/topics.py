"""What the diagnoses of a claim are about, where edits have something to ask: worked out once for each set of them.

A topic is named only where an edit could speak, so that for nearly all claims there is none, and all of these edits
together cost one look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from billing.domain.claim import Claim
from clinic.domain.code import ICD10CM, Code

AnyClaim = Claim[Any, Any]

INITIAL = "ABC"
"""Seventh characters of an injury in active treatment; B and C of open fractures (Official Guidelines, I.C.19.a)."""

PLACES = ("Y92", "Y93", "Y99")
"""Place, activity and status of an external cause."""

AFTERCARE = ("Z47", "Z48")
DIABETES = ("E08", "E09", "E10", "E11", "E13")
SCREENING = ("Z11", "Z12", "Z13")
OUTCOME, BODY_MASS, AGENTS, NEWBORN = "Z37", "Z68", ("B95", "B96", "B97"), "Z38"
KIDNEY, FAILURE, ESSENTIAL, INSULIN = "N18", "I50", "I10", "Z794"

WEEKS, DELIVERIES = "Z3A", frozenset({"O80", "O82"})
_POISONED = ("1", "2", "3", "4")

WITHOUT_FINDINGS = {
    "Z0000": ("Z0001",),
    "Z00129": ("Z00121",),
    "Z0100": ("Z0101",),
    "Z0110": ("Z01118",),
    "Z01419": ("Z01411",),
}
"""Examinations without abnormal findings, and the same with them."""

WITH_FINDINGS = frozenset({"Z0001", "Z00121", "Z0101", "Z01118", "Z01411"})


def icd10_values(claim: AnyClaim) -> list[str]:
    """The ICD-10-CM diagnoses of a claim by their places; empty text for those of another system.

    None of a void, and none of a claim without lines: these are not looked at.
    """
    if claim.frequency == "8" or not claim.acts:
        return []
    return [code.value if code.system == ICD10CM else "" for code in claim.part.diagnoses]


def episode(value: str) -> str:
    """The seventh character of an injury, its cause or a fracture: which part of the treatment; empty where none."""
    has_one = len(value) == 7 and (value[0] in "STVWXY" or value[:3] in {"M80", "M84"})
    return value[6] if has_one else ""


def is_later(values: Sequence[str]) -> bool:
    """Whether there are injuries, and none of them is in active treatment."""
    parts = {episode(value) for value in values if value[:1] in {"S", "T"}} - {""}
    return bool(parts) and parts.isdisjoint(INITIAL)


def is_injury(value: str) -> bool:
    """Whether a code is an injury, not a poisoning or a complication of care (S00 to T34)."""
    return value[:1] == "S" or "T07" <= value[:3] <= "T34"


def drug_intent(value: str) -> str:
    """Of a code of drugs (T36 to T50): 1 to 4 poisoned, 5 adverse effect, 6 too little taken; empty of others."""
    if not "T36" <= value[:3] <= "T50" or len(value) < 6:
        return ""
    return value[5] if value[5] != "X" else value[4]


def topics(diagnoses: tuple[Code, ...]) -> tuple[str, ...]:
    """The topics of some diagnoses, in no order that matters."""
    values = [code.value for code in diagnoses if code.system == ICD10CM]
    letters = {value[:1] for value in values}
    return tuple([topic for starts, tell in _TELLERS if not letters.isdisjoint(starts) for topic in tell(values)])


def _of_injuries(values: list[str]) -> Iterator[str]:
    told = [value for value in values if episode(value)]
    if not told:
        return
    if len({value[:6] for value in told}) < len(set(told)):
        yield "twice"
    if is_later(values):
        yield "later"
    if episode(values[0]) == "S":
        yield "sequela"
    if any(value[:3] in AFTERCARE for value in values):
        yield "aftercare"


def _of_places(values: list[str]) -> Iterator[str]:
    places = [value[:3] for value in values if value[:3] in PLACES]
    if len(set(places)) < len(places):
        yield "places"


def _of_drugs(values: list[str]) -> Iterator[str]:
    if drug_intent(values[0]) in {"5", "6"}:
        yield "harmed"
    if any(drug_intent(value) in _POISONED for value in values[1:]):
        yield "poisoned"


def _of_pregnancy(values: list[str]) -> Iterator[str]:
    mothers = [value for value in values if value[:1] == "O"]
    weeks, outcome = (any(value.startswith(start) for value in values) for start in (WEEKS, OUTCOME))
    if mothers:
        yield "pregnancy"
    if mothers and any(value[:1] == "P" or value.startswith(NEWBORN) for value in values):
        yield "child"
    if not outcome and not DELIVERIES.isdisjoint(mothers):
        yield "delivered"
    if "O80" in mothers and len(set(mothers)) > 1:
        yield "normal"
    if weeks and not mothers:
        yield "weeks"
    if outcome and not mothers:
        yield "outcome"


def _of_diseases(values: list[str]) -> Iterator[str]:
    if values[0][:3] in AGENTS:
        yield "agents"
    diabetes = [value for value in values if value[:3] in DIABETES]
    if len(diabetes) > 1 or (diabetes and INSULIN in values):
        yield "diabetes"
    if ESSENTIAL in values and any(value.startswith((KIDNEY, FAILURE)) for value in values):
        yield "hypertension"


def _of_contacts(values: list[str]) -> Iterator[str]:
    categories = {value[:3] for value in values}
    if BODY_MASS in categories:
        yield "weight"
    if not categories.isdisjoint(SCREENING):
        yield "screening"
    if not WITH_FINDINGS.isdisjoint(values):
        yield "examination"


_TELLERS: tuple[tuple[str, Callable[[list[str]], Iterator[str]]], ...] = (
    ("STMVWXY", _of_injuries),
    ("Y", _of_places),
    ("T", _of_drugs),
    ("OZ", _of_pregnancy),
    ("BEI", _of_diseases),
    ("Z", _of_contacts),
)
"""What is asked of diagnoses of which one begins with one of these letters."""
