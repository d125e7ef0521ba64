"""Edits compiled for one kind of claim and one payer, so that an edit costs nothing where it cannot fire.

The findings and their order are those of the plain loop over all edits and all lines.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from billing.edits.case import Case
from billing.edits.declare import GIVEN, Declaration, Scope
from billing.edits.facts import AnyClaim, Facts
from billing.edits.registry import EDITS, Edit
from billing.edits.telling import Seen, told
from billing.payers import PayerProfile
from clinic.domain.finding import Finding

_CODES_KEPT = 20_000
"""Of how many act codes a plan remembers what they set off: more than a practice has, but bounded for foreign files."""

_Asked = tuple[tuple[str, ...], list[str]]
"""An edit as it is written into a plan: its conditions, and the lines that ask it."""

Look = Callable[..., None]
"""Asks edits in a row: a function of what their scope gives, the list of what is seen, and the line."""


def holds(declared: Declaration, kind: str, profile: PayerProfile) -> bool:
    """Whether an edit is on for a kind of claim and a payer."""
    return (
        kind in declared.kinds
        and declared.code not in profile.off
        and (not declared.payers or profile.key in declared.payers or declared.code in profile.on)
    )


class Plan:
    """The edits that can fire on one kind of claim to one payer, sorted by what sets them off."""

    def __init__(self, edits: Iterable[Edit], kind: str, profile: PayerProfile) -> None:
        chosen = [each.declared for each in edits if holds(each.declared, kind, profile)]
        self.profile = profile
        claim = [each for each in chosen if each.scope == "claim"]
        self._look_at_claim = looking("claim", [each for each in claim if not each.trigger_codes])
        self._claim_triggered = [each for each in claim if each.trigger_codes]
        self._line = [each for each in chosen if each.scope == "line"]
        self._pair = [each for each in chosen if each.scope == "pair"]
        self._pairs_always = any(not each.same_code for each in self._pair)
        self._by_edits: dict[tuple[str, ...], Look] = {}
        self._by_code: dict[str, Look] = {}

    def check(self, claim: AnyClaim, facts: Facts) -> tuple[Finding, ...]:
        """What is wrong with the claim, in order. It is of this plan's kind and bills its payer."""
        case = Case(claim, facts, self.profile)
        seen: list[Seen] = []
        self._look_at_claim(claim, case, seen, None)
        codes = case.codes
        known = self._by_code
        for at, (code, act) in enumerate(zip(codes, claim.acts, strict=True)):
            look = known.get(code) or self._look_at_line(code)
            look(claim, act, case, seen, at)
        if self._claim_triggered:
            seen.extend(self._triggered(claim, codes, case))
        if len(codes) > 1 and (self._pairs_always or len(set(codes)) < len(codes)):
            seen.extend(self._pairs(claim, codes, case))
        return told(claim, seen) if seen else ()

    def _look_at_line(self, code: str) -> Look:
        """What asks the edits an act of this code sets off. Codes that set off the same share one."""
        edits = [each for each in self._line if not each.trigger_codes or code in each.trigger_codes]
        key = tuple(each.code for each in edits)
        if key not in self._by_edits:
            self._by_edits[key] = looking("line", edits)
        look = self._by_edits[key]
        if len(self._by_code) < _CODES_KEPT:
            self._by_code[code] = look
        return look

    def _triggered(self, claim: AnyClaim, codes: Sequence[str], case: Case) -> Iterator[Seen]:
        for by in self._claim_triggered:
            if not by.trigger_codes.isdisjoint(codes):
                yield from (Seen(by, fault) for fault in by.run(claim, case))

    def _pairs(self, claim: AnyClaim, codes: Sequence[str], case: Case) -> Iterator[Seen]:
        acts = claim.acts
        lines: dict[str, list[int]] = {}
        for line, code in enumerate(codes):
            lines.setdefault(code, []).append(line)
        for by in self._pair:
            for first, second in _chosen(by, lines, len(acts)):
                for fault in by.run(claim, acts[first], acts[second], case):
                    yield Seen(by, fault, second, first)


def _chosen(by: Declaration, lines: Mapping[str, list[int]], count: int) -> Iterator[tuple[int, int]]:
    """The pairs an edit looks at, given the lines of each code."""
    if by.same_code:
        for code, same in lines.items():
            if len(same) > 1 and (not by.trigger_codes or code in by.trigger_codes):
                yield from combinations(same, 2)
    elif not by.trigger_codes:
        yield from combinations(range(count), 2)
    elif hit := {line for code in by.trigger_codes & lines.keys() for line in lines[code]}:
        yield from (pair for pair in combinations(range(count), 2) if not hit.isdisjoint(pair))


def looking(scope: Scope, edits: Sequence[Declaration]) -> Look:
    """Ask these edits, each only where its ``when`` holds.

    Nearly every claim has nothing wrong, and then most of the time would go into calling functions that say nothing.
    So the plan is written as one function in which each ``when`` stands as it was declared. Edits whose conditions
    begin alike are asked together, so that the common part is looked at once; findings are put in order later.
    """
    known: dict[str, Any] = {"Seen": Seen}
    lines = [f"def look({', '.join(GIVEN[scope])}, seen, at):", "    pass"]
    asked: list[_Asked] = []
    for number, by in enumerate(edits):
        known[f"by{number}"], known[f"edit{number}"] = by, by.function
        call = [
            f"for fault in edit{number}({', '.join(by.asks)}):",
            f"    seen.append(Seen(by{number}, fault, at))",
        ]
        asked.append((conditions(by.when), call))
    lines += _nested(asked, "    ")
    exec("\n".join(lines), known)  # noqa: S102  the source holds the declarations of edits and nothing from outside
    found: Look = known["look"]
    return found


@cache
def conditions(when: str) -> tuple[str, ...]:
    """The parts of an expression that all have to hold, in order; none where there is none."""
    if not when:
        return ()
    tree = ast.parse(when.strip(), mode="eval").body
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return tuple([ast.unparse(each) for each in parts])


def _nested(asked: Sequence[_Asked], indent: str) -> Iterator[str]:
    """Source that asks edits under their conditions, those that begin alike under one."""
    groups: dict[str, list[_Asked]] = {}
    for parts, call in asked:
        if parts:
            groups.setdefault(parts[0], []).append((parts[1:], call))
        else:
            yield from (f"{indent}{each}" for each in call)
    for condition, inside in groups.items():
        joined = condition
        if len(inside) == 1:
            parts, call = inside[0]
            joined = " and ".join(f"({each})" for each in (condition, *parts))
            inside = [((), call)]  # noqa: PLW2901  one edit alone needs one line
        yield f"{indent}if {joined}:"
        yield from _nested(inside, indent + "    ")


_PLANS: dict[tuple[str, int, int], tuple[Plan, PayerProfile, tuple[Edit, ...]]] = {}
"""By kind and identity of profile and own edits, which are kept beside so that their places are not taken by others."""
_PLANS_KEPT = 1_000


def compiled(kind: str, profile: PayerProfile, own: tuple[Edit, ...] = ()) -> Plan:
    """The plan of all edits for a kind of claim and a payer, and those a practice has written itself; made once."""
    found = _PLANS.get((kind, id(profile), id(own)))
    if found is None:
        if len(_PLANS) >= _PLANS_KEPT:
            _PLANS.clear()
        plan = Plan([*EDITS.values(), *own], kind, profile)
        found = _PLANS[kind, id(profile), id(own)] = (plan, profile, own)
    return found[0]


def check(claim: AnyClaim, facts: Facts) -> tuple[Finding, ...]:
    """What is wrong with a claim, in order: the same while it is typed, before a batch and from a file."""
    return compiled(claim.kind, facts.profile_for(claim), facts.own).check(claim, facts)
