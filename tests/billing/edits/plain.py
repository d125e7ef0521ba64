"""The plain loop over all edits, all lines and all pairs: what the compiled plan must agree with."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from billing.edits import Edit, Facts
from billing.edits.case import Case
from billing.edits.declare import Declaration
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.plan import holds
from billing.edits.telling import Seen, told
from billing.payers import PayerProfile
from clinic.domain.finding import Finding


def plain(edits: Iterable[Edit], claim: AnyClaim, facts: Facts, profile: PayerProfile) -> tuple[Finding, ...]:
    """Every edit asked about everything in its scope, one after the other."""
    return told(claim, list(_seen(edits, claim, facts, profile)))


def _seen(edits: Iterable[Edit], claim: AnyClaim, facts: Facts, profile: PayerProfile) -> Iterator[Seen]:
    acts = list(enumerate(claim.acts))
    for each in edits:
        by = each.declared
        if not holds(by, claim.kind, profile):
            continue
        case = Case(claim, facts, profile)
        if by.scope == "claim" and _set_off(by, *claim.acts):
            yield from (Seen(by, fault) for fault in by.run(claim, case))
        if by.scope == "line":
            for line, act in acts:
                if _set_off(by, act):
                    yield from (Seen(by, fault, line) for fault in by.run(claim, act, case))
        if by.scope == "pair":
            for (first, one), (second, two) in combinations(acts, 2):
                if _set_off(by, one, two) and (not by.same_code or one.code.value == two.code.value):
                    yield from (Seen(by, fault, second, first) for fault in by.run(claim, one, two, case))


def _set_off(by: Declaration, *acts: AnyAct) -> bool:
    return not by.trigger_codes or any(act.code.value in by.trigger_codes for act in acts)
