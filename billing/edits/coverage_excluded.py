"""Some acts are never paid."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import covering
from clinic.domain.words import N_


@edit(
    "COV-05",
    title=N_("Act that the payer never pays for"),
    message=N_("By policy %(policy)s the payer never pays for %(code)s, whatever the diagnosis."),
    severity="warn",
    scope="claim",
    fields=(
        "acts",
        "acts[].code",
    ),
    when="case.ruled.covered and case.uncovered",
    source=("42 U.S.C. 1395y(a); the coverage policy that the practice has loaded (docs/coverage.md)"),
    since="2026-11-25",
)
def coverage_excluded(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some acts are never paid.

    What it checks:
        No line bills an act that a policy of the payer excludes whatever the diagnosis is, unless a modifier says
        that no payment is expected (GA, GX, GY, GZ).

    Why payers deny:
        It is no benefit of the plan. The denial is certain, and without a word beforehand the patient is surprised by
        the bill.

    How to fix:
        If the patient wants the payer's answer on paper, add GY, and GX where a notice was given. Otherwise take the
        line off: the patient pays, and the payer is not asked.
    """
    for each in case.uncovered:
        act = claim.acts[each.line]
        if each.support and each.support.why == "excluded":
            yield at(f"acts[{each.line}].code", code=act.code.value, policy=each.support.rule.policy)


FACTS = EXAMPLE_FACTS.ruled_by(covering("99397", never=""))
FAILS = (claim_with(acts=(line(code="99397"),)),)
PASSES = (claim_with(acts=(line(code="99397", modifiers=("GX", "GY")),)), claim_with())
