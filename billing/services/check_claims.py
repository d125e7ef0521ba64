"""What is wrong with the claims of a file: its own faults as an 837P, and what the edits say of each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from billing.domain.claim import Claim
from billing.edits import EDITS, Facts, check
from billing.services.read_claims import Source
from billing.x12 import Fault
from clinic.domain.finding import Finding, Severity
from clinic.domain.value import Value
from clinic.domain.words import N_

AnyClaim = Claim[Any, Any]

FILE_FIX = N_("Correct the element in the program that wrote the file.")
_ENVELOPES = ("TA1", "AK9", "IK5")
"""Faults of interchange, group and transaction; all others lie in segments."""


class Told(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A finding on a claim of a file, in words. As JSON, a line of ``flask claim check --json``."""

    file: str
    claim: str | None
    line: int | None
    code: str
    severity: Severity
    field: str | None
    box: str | None
    loop: str | None
    segment: str | None
    element: str | None
    message: str
    fix: str
    change: dict[Literal["field", "value"], str] | None = None
    """What to put where, as canonical JSON text, where that is known."""


def check_claims(source: Source, facts: Facts, file: str) -> Iterator[Told]:
    """The findings on a file: first what no claim can be blamed for, then claim by claim.

    A fault of the file at a place that an edit blocks too is told once, by the edit.
    """
    numbers = {claim.number for claim in source.claims}
    of_claim: dict[str | None, list[Fault]] = {}
    for fault in source.faults:
        of_claim.setdefault(fault.claim if fault.claim in numbers else None, []).append(fault)
    yield from (_of_file(fault, file) for fault in of_claim.pop(None, ()))
    facts = replace(facts, earlier=_Before(facts.earlier))
    for claim in source.claims:
        findings = check(claim, facts)
        said = {(each.loop, each.element) for each in findings if each.severity == "block"}
        for fault in of_claim.pop(claim.number, ()):
            if (fault.loop, fault.element) not in said:
                yield _of_file(fault, file)
        yield from (_of_claim(each, claim, file) for each in findings)


class _Before:
    """The claims a file had before the one asked about, and those known anyway: each claim is asked about once."""

    def __init__(self, known: Callable[[AnyClaim], Iterable[AnyClaim]]) -> None:
        self._known = known
        self._alike: defaultdict[tuple[str, ...], list[AnyClaim]] = defaultdict(list)

    def __call__(self, claim: AnyClaim) -> tuple[AnyClaim, ...]:
        """Those of the same member, and those with the same number."""
        payer = claim.coverage.payer.identifier.value
        found = list(self._known(claim))
        for key in (("member", payer, claim.coverage.member_id), ("number", payer, claim.number)):
            found += self._alike[key]
            self._alike[key].append(claim)
        return tuple(found)


def _of_file(fault: Fault, file: str) -> Told:
    family = "ENV" if fault.code.startswith(_ENVELOPES) else "SYN"
    return Told(
        file=file,
        claim=fault.claim,
        line=None,
        code=f"{family}-{fault.code}",
        severity="block",
        field=None,
        box=None,
        loop=fault.loop,
        segment=fault.segment,
        element=fault.element,
        message=str(fault),
        fix=FILE_FIX,
    )


def _of_claim(finding: Finding, claim: AnyClaim, file: str) -> Told:
    declared = EDITS[finding.code].declared
    return Told(
        file=file,
        claim=claim.number,
        line=finding.line,
        code=finding.code,
        severity=finding.severity,
        field=finding.field,
        box=finding.box,
        loop=finding.loop,
        segment=finding.segment,
        element=finding.element,
        message=declared.message % dict(finding.params),
        fix=declared.sections[2],
        change=None if finding.fix is None else {"field": finding.fix.field, "value": finding.fix.value},
    )
