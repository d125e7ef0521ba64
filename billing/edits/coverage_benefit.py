"""What a policy covers is a benefit."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import covering
from clinic.domain.words import N_


@edit(
    "COV-08",
    title=N_("Never a benefit, and yet it is covered"),
    message=N_("GY says that %(code)s is never a benefit, and policy %(policy)s covers it under conditions."),
    severity="warn",
    scope="claim",
    fields=(
        "acts",
        "acts[].part.modifiers",
    ),
    when="case.ruled.covered and case.noticed",
    source=("Medicare Claims Processing Manual, chapter 30; HCPCS Level II: GY is for what no benefit includes"),
    since="2026-11-25",
)
def coverage_benefit(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """What a policy covers is a benefit.

    What it checks:
        No line has GY whose act a policy of the payer covers under conditions, be it with certain diagnoses or so
        often.

    Why payers deny:
        GY is denied at once as no benefit, and the patient is billed for what might have been paid.

    How to fix:
        Take GY off. Where the conditions are not met, GA says that the patient signed a notice before, GZ that none
        was given.
    """
    for each in case.noticed:
        act, said = claim.acts[each.line], each.support
        if "GY" not in act.part.modifiers or (said is not None and said.why == "excluded"):
            continue
        too = each.on_claim or each.with_earlier
        rule = said.rule if said is not None else too.rule if too is not None else None
        if rule is not None:
            yield at(f"acts[{each.line}].part.modifiers", code=act.code.value, policy=rule.policy)


FACTS = EXAMPLE_FACTS.ruled_by(covering("83036", supports="E08-E13"))
FAILS = (claim_with(acts=(line(code="83036", modifiers=("GY",)),)),)
PASSES = (claim_with(acts=(line(code="83036", modifiers=("GA",)),)), claim_with(acts=(line(modifiers=("GY",)),)))
