"""From faults to findings: placed, without what another one says better, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from billing.edits import paths
from billing.edits.declare import Declaration, Fault
from billing.edits.facts import AnyClaim
from billing.edits.places import place
from clinic.domain.finding import SEVERITIES, Finding, Fix

_RANK = {severity: at for at, severity in enumerate(SEVERITIES)}


class Seen(NamedTuple):
    """A fault, who saw it, and in which lines (0-based): ``first`` is the other line of a pair."""

    by: Declaration
    fault: Fault
    line: int | None = None
    first: int | None = None


def told(claim: AnyClaim, seen: Sequence[Seen]) -> tuple[Finding, ...]:
    """The findings of one claim: by field in the claim's order, then severity, then code; one fault, one finding."""
    declared = {each.by.code: each.by for each in seen}
    findings = sorted([_finding(claim, each) for each in seen], key=lambda each: _order(claim.kind, each))
    # An edit that makes others redundant is of interest only where one of those has spoken too.
    better = [
        (less, each)
        for each in findings
        if (less := declared[each.code].makes_redundant) and not declared.keys().isdisjoint(less)
    ]
    kept: list[Finding] = []
    said: set[tuple[str, str]] = set()
    for each in findings:
        if better and any(each.code in less and _same_place(other, each) for less, other in better):
            continue
        if declared[each.code].once:
            if (each.code, each.field) in said:
                continue
            said.add((each.code, each.field))
        kept.append(each)
    return tuple(kept)


def _finding(claim: AnyClaim, seen: Seen) -> Finding:
    by, fault, line, first = seen
    field = fault.field or by.fields[0].removeprefix("" if line is None else "acts[].")
    if line is not None:
        field = f"acts[{line}].{field}"
    box, loop, segment, element = place(claim.kind, field, patient_is_subscriber=claim.coverage.relationship == "18")
    return Finding(
        code=by.code,
        severity=by.severity,
        field=field,
        line=paths.line_of(field),
        box=box,
        loop=loop,
        segment=segment,
        element=element,
        params=fault.params if first is None else (*fault.params, ("other", str(first + 1))),
        fix=None if fault.fix is None else Fix(field, fault.fix),
    )


def _order(kind: str, each: Finding) -> tuple[tuple[int, ...], int, str, str, tuple[tuple[str, str], ...]]:
    return paths.position(kind, each.field), _RANK[each.severity], each.code, each.field, each.params


def _same_place(one: Finding, other: Finding) -> bool:
    return one.line == other.line and (paths.covers(one.field, other.field) or paths.covers(other.field, one.field))
