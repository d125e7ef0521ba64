"""From faults to findings: placed, without what another one says better, in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from billing.edits import paths
from billing.edits.declare import Declaration, Fault
from billing.edits.facts import AnyClaim
from billing.edits.places import Place, place
from clinic.domain.finding import SEVERITIES, Finding, Fix

_RANK = {severity: at for at, severity in enumerate(SEVERITIES)}


class Seen(NamedTuple):
    """A fault, who saw it, and in which lines (0-based): ``first`` is the other line of a pair."""

    by: Declaration
    fault: Fault
    line: int | None = None
    first: int | None = None


_Order = tuple[tuple[int, ...], int, str, str, tuple[tuple[str, str], ...]]
"""Position of the field in the claim, severity, code, field, params."""


def told(claim: AnyClaim, seen: Sequence[Seen]) -> tuple[Finding, ...]:
    """The findings of one claim: by field in the claim's order, then severity, then code; one fault, one finding."""
    kind, own = claim.kind, claim.coverage.relationship == "18"
    declared = {each.by.code: each.by for each in seen}
    placed = [_finding(kind, each, own) for each in seen]
    placed.sort(key=itemgetter(0))
    # An edit that makes others redundant is of interest only where one of those has spoken too.
    better = [
        (less, each)
        for _, each in placed
        if (less := declared[each.code].makes_redundant) and not declared.keys().isdisjoint(less)
    ]
    kept: list[Finding] = []
    said: set[tuple[str, str]] = set()
    for _, each in placed:
        if better and any(each.code in less and _same_place(other, each) for less, other in better):
            continue
        if declared[each.code].once:
            if (each.code, each.field) in said:
                continue
            said.add((each.code, each.field))
        kept.append(each)
    return tuple(kept)


def _finding(kind: str, seen: Seen, own: bool) -> tuple[_Order, Finding]:
    """A finding, and what puts it in order. ``own``: the patient is the subscriber."""
    by, fault, line, first = seen
    field = fault.field or by.fields[0].removeprefix("" if line is None else "acts[].")
    if line is not None:
        field = f"acts[{line}].{field}"
    position, number, (box, loop, segment, element) = _where(kind, field, own)
    params = fault.params if first is None else (*fault.params, ("other", str(first + 1)))
    code, severity = by.code, by.severity
    return (position, _RANK[severity], code, field, params), Finding(
        code=code,
        severity=severity,
        field=field,
        line=number,
        box=box,
        loop=loop,
        segment=segment,
        element=element,
        params=params,
        fix=None if fault.fix is None else Fix(field, fault.fix),
    )


@lru_cache(maxsize=8192)
def _where(kind: str, field: str, own: bool) -> tuple[tuple[int, ...], int | None, Place]:
    """Position in the claim, line, and place of a field."""
    return (
        paths.position(kind, field),
        paths.line_of(field),
        place(kind, field, patient_is_subscriber=own),
    )


def _same_place(one: Finding, other: Finding) -> bool:
    return one.line == other.line and (paths.covers(one.field, other.field) or paths.covers(other.field, one.field))
