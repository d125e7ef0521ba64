"""The plain loop over all edits, all lines and all pairs: what the compiled plan must agree with."""

from collections.abc import Iterable, Iterator

from billing.edits import Edit, Facts
from billing.edits.case import Case
from billing.edits.facts import AnyClaim
from billing.edits.plan import holds
from billing.edits.telling import Seen, told
from billing.payers import PayerProfile
from clinic.domain.finding import Finding


def plain(edits: Iterable[Edit], claim: AnyClaim, facts: Facts, profile: PayerProfile) -> tuple[Finding, ...]:
    """Every edit asked about everything in its scope, one after the other."""
    return told(claim, list(_seen(edits, claim, facts, profile)))


def _seen(edits: Iterable[Edit], claim: AnyClaim, facts: Facts, profile: PayerProfile) -> Iterator[Seen]:
    for each in edits:
        by = each.declared
        if not holds(by, claim.kind, profile):
            continue

        def set_off(*acts, by=by):
            return not by.trigger_codes or any(act.code.value in by.trigger_codes for act in acts)

        if by.scope == "claim" and set_off(*claim.acts):
            yield from (Seen(by, fault) for fault in by.run(claim, Case(claim, facts, profile)))
        for second, act in enumerate(claim.acts):
            if by.scope == "line" and set_off(act):
                yield from (Seen(by, fault, second) for fault in by.run(claim, act, Case(claim, facts, profile)))
            if by.scope != "pair":
                continue
            for first, other in enumerate(claim.acts[:second]):
                if set_off(other, act) and (not by.same_code or other.code.value == act.code.value):
                    for fault in by.run(claim, other, act, Case(claim, facts, profile)):
                        yield Seen(by, fault, second, first)
