"""What two judgements of one claim do not share: by other tables a finding may come, or go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from billing.domain.claim import Claim
from billing.edits.paths import steps
from clinic.domain.code import Code
from clinic.domain.finding import Finding, Severity
from clinic.domain.value import Value


class Differences(Value, frozen=True):
    """The findings that came, those that went, and how many stayed; in their own order."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    same: int


def differences(before: Sequence[Finding], after: Sequence[Finding]) -> Differences:
    """Compare two judgements of one claim.

    A finding is the same when it is of the same edit, as severe, and at the same place: in other words (a limit of 3
    instead of 4) it is still the same fault.
    """
    if before == after:
        return Differences((), (), len(before))
    were, are = Counter(map(_known_by, before)), Counter(map(_known_by, after))
    return Differences(_beyond(after, were), _beyond(before, are), (were & are).total())


def about(claim: Claim[Any, Any], finding: Finding) -> Code | None:
    """The code that a finding is about: of its line the act, else the code at its field; None where it has none."""
    if finding.line is not None:
        found: Code = claim.acts[finding.line - 1].code
        return found
    value: Any = claim
    code = None
    for step in steps(finding.field) if finding.field else ():
        try:
            value = value[step] if isinstance(step, int) else getattr(value, str(step))
        except (AttributeError, IndexError, TypeError):
            break
        if isinstance(value, Code):
            code = value
    return code


def _known_by(finding: Finding) -> tuple[str, Severity, int | None, str]:
    return finding.code, finding.severity, finding.line, finding.field


def _beyond(findings: Sequence[Finding], others: Counter[tuple[str, Severity, int | None, str]]) -> tuple[Finding, ...]:
    """Those that the others have not, each of theirs counted once."""
    left = others.copy()
    found = []
    for each in findings:
        key = _known_by(each)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(each)
    return tuple(found)
