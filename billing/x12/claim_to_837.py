"""Segments of loop 2300 that claims of either kind write alike."""

from __future__ import annotations

from typing import Any

from billing.domain.claim import Claim
from billing.x12.parties_to_x12 import amount, line
from billing.x12.writer import joined
from clinic.domain.code import ICD9CM, ICD10CM, Code

_PRINCIPAL = {ICD10CM: "ABK", ICD9CM: "BK"}
_FURTHER = {ICD10CM: "ABF", ICD9CM: "BF"}
_REASON = 19
"""CLM19, why it is sent."""


def clm(claim: Claim[Any, Any], reason: str | None = None) -> str:
    """CLM."""
    part, coverage = claim.part, claim.coverage
    causes = joined(*part.accident, *("",) * (3 - len(part.accident)), part.accident_state)
    found = [
        "CLM",
        claim.number,
        amount(claim.total.cents),
        "",
        "",
        joined(part.place, "B", claim.frequency),
        part.signed,
        part.assignment,
        coverage.assigns_benefits,
        coverage.release,
        "",
        causes,
    ]
    return line(*found) if reason is None else line(*found, *("",) * (_REASON - len(found)), reason)


def diagnosis_line(diagnoses: tuple[Code, ...]) -> str:
    """HI of diagnoses, of which there is one at least."""
    first, *further = diagnoses
    codes = [joined(_PRINCIPAL.get(first.system, "?"), first.value)]
    codes += [joined(_FURTHER.get(code.system, "?"), code.value) for code in further]
    return line("HI", *codes)
