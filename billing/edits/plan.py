"""Edits compiled for one kind of claim and one payer, so that an edit costs nothing where it cannot fire.

The findings and their order are those of the plain loop over all edits and all lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from billing.edits.case import Case
from billing.edits.declare import Declaration
from billing.edits.facts import AnyClaim, Facts
from billing.edits.looking import Look, looking
from billing.edits.registry import EDITS, Edit
from billing.edits.telling import Seen, told
from billing.payers import PayerProfile
from clinic.domain.finding import Finding

_CODES_KEPT = 20_000
"""Of how many act codes a plan remembers what they set off: more than a practice has, but bounded for foreign files."""


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
        self._look_at_claim = looking("claim", [each for each in claim if not each.trigger_codes], profile)
        self._claim_triggered = [each for each in claim if each.trigger_codes]
        self._line = [each for each in chosen if each.scope == "line"]
        pair = [each for each in chosen if each.scope == "pair"]
        ways = dict.fromkeys((each.same_code, each.trigger_codes) for each in pair)
        self._pair = [
            (*way, looking("pair", [each for each in pair if (each.same_code, each.trigger_codes) == way], profile))
            for way in ways
        ]
        self._pairs_always = any(not same for same, _, _ in self._pair)
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
            self._look_at_pairs(claim, codes, case, seen)
        return told(claim, seen) if seen else ()

    def _look_at_line(self, code: str) -> Look:
        """What asks the edits an act of this code sets off. Codes that set off the same share one."""
        edits = [each for each in self._line if not each.trigger_codes or code in each.trigger_codes]
        key = tuple(each.code for each in edits)
        if key not in self._by_edits:
            self._by_edits[key] = looking("line", edits, self.profile)
        look = self._by_edits[key]
        if len(self._by_code) < _CODES_KEPT:
            self._by_code[code] = look
        return look

    def _triggered(self, claim: AnyClaim, codes: Sequence[str], case: Case) -> Iterator[Seen]:
        for by in self._claim_triggered:
            if not by.trigger_codes.isdisjoint(codes):
                yield from (Seen(by, fault) for fault in by.run(claim, case))

    def _look_at_pairs(self, claim: AnyClaim, codes: Sequence[str], case: Case, seen: list[Seen]) -> None:
        acts = claim.acts
        lines: dict[str, list[int]] = {}
        for line, code in enumerate(codes):
            lines.setdefault(code, []).append(line)
        for same_code, triggers, look in self._pair:
            for first, second in _chosen(lines, len(acts), triggers, same_code=same_code):
                look(claim, acts[first], acts[second], case, seen, second, first)


def _chosen(
    lines: Mapping[str, list[int]], count: int, triggers: frozenset[str], *, same_code: bool
) -> Iterator[tuple[int, int]]:
    """The pairs that edits set off so look at, given the lines of each code."""
    if same_code:
        for code, same in lines.items():
            if len(same) > 1 and (not triggers or code in triggers):
                yield from combinations(same, 2)
    elif not triggers:
        yield from combinations(range(count), 2)
    elif hit := {line for code in triggers & lines.keys() for line in lines[code]}:
        yield from (pair for pair in combinations(range(count), 2) if not hit.isdisjoint(pair))


_PLANS: dict[tuple[str, int, int], tuple[Plan, PayerProfile, tuple[Edit, ...]]] = {}
"""By kind and identity of profile and own edits, which are kept beside so that their places are not taken by others."""
_BY_VALUE: dict[tuple[str, PayerProfile, int], Plan] = {}
"""The same plans by what the profile says: one that was read again is not compiled again."""
_PLANS_KEPT = 1_000


def compiled(kind: str, profile: PayerProfile, own: tuple[Edit, ...] = ()) -> Plan:
    """The plan of all edits for a kind of claim and a payer, and those a practice has written itself; made once."""
    found = _PLANS.get((kind, id(profile), id(own)))
    if found is None:
        if len(_PLANS) >= _PLANS_KEPT:
            _PLANS.clear()
            _BY_VALUE.clear()
        plan = _BY_VALUE.get((kind, profile, id(own)))
        if plan is None:
            plan = _BY_VALUE[kind, profile, id(own)] = Plan([*EDITS.values(), *own], kind, profile)
        found = _PLANS[kind, id(profile), id(own)] = (plan, profile, own)
    return found[0]


def check(claim: AnyClaim, facts: Facts) -> tuple[Finding, ...]:
    """What is wrong with a claim, in order: the same while it is typed, before a batch and from a file."""
    return compiled(claim.kind, facts.profile_for(claim), facts.own).check(claim, facts)
