"""Some acts are paid only with certain diagnoses."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.covered import pointed_at
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.exampletables import covering
from clinic.domain.words import N_


@edit(
    "COV-01",
    title=N_("Diagnosis that does not support the act"),
    message=N_(
        "%(code)s is paid with the diagnoses of policy %(policy)s; none of those it points at is among them: "
        "%(diagnoses)s."
    ),
    severity="warn",
    scope="claim",
    fields=(
        "acts",
        "acts[].part.pointers",
    ),
    when="case.ruled.covered and case.uncovered",
    source=("42 U.S.C. 1395y(a)(1)(A); the coverage policy that the practice has loaded (docs/coverage.md)"),
    since="2026-11-25",
)
def coverage_unsupported(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some acts are paid only with certain diagnoses.

    What it checks:
        Where a policy of the payer lists the diagnoses that support an act, one of those the line points at is on the
        list. Lines that say by a modifier that no payment is expected (GA, GX, GY, GZ) are left alone.

    Why payers deny:
        The payer holds the act not to be reasonable and necessary for what was found.

    How to fix:
        If the record says more than the claim does, point at the diagnosis for which it was done, or code what the
        note says more exactly. Document only what is true. If nothing in the record supports it, a notice that the
        patient signed before the act goes with modifier GA, none with GZ.
    """
    for each in case.uncovered:
        if each.support and each.support.why == "unsupported":
            yield at(
                f"acts[{each.line}].part.pointers",
                code=case.codes[each.line],
                policy=each.support.rule.policy,
                diagnoses=" ".join(pointed_at(claim, claim.acts[each.line])),
            )


_DIABETES = icd10("E119", "I10")

FACTS = EXAMPLE_FACTS.ruled_by(covering("83036", supports="E08-E13"))
FAILS = (
    claim_with(acts=(line(code="83036"),)),
    claim_with(diagnoses=_DIABETES, acts=(line(code="83036", pointers=(2,)),)),
)
PASSES = (
    claim_with(diagnoses=_DIABETES, acts=(line(code="83036", pointers=(1, 2)),)),
    claim_with(acts=(line(code="83036", modifiers=("GA",)),)),
    claim_with(),
)
