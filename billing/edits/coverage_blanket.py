"""A notice needs a reason."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.exampletables import covering
from clinic.domain.words import N_


@edit(
    "COV-07",
    title=N_("Notice although the act is covered"),
    message=N_("%(modifier)s says that %(code)s will not be paid, and by policy %(policy)s it is covered."),
    severity="advise",
    scope="claim",
    fields=(
        "acts",
        "acts[].part.modifiers",
    ),
    when="case.ruled.covered and case.noticed",
    source=("42 CFR 411.408; Medicare Claims Processing Manual, chapter 30: routine notices"),
    since="2026-11-25",
)
def coverage_blanket(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A notice needs a reason.

    What it checks:
        A line that says by GA or GZ that no payment is expected is not one that the payer's policies support and that
        comes no more often than they pay.

    Why payers deny:
        A notice given to everybody counts for nothing, and the modifier turns a line that would be paid into one that
        the patient is billed for.

    How to fix:
        Take the modifier off where no policy speaks against the act. Leave it where there is a reason that the loaded
        policies do not know.
    """
    for each in case.noticed:
        act = claim.acts[each.line]
        if each.support is None or each.refused:
            continue
        for modifier in ("GA", "GZ"):
            if modifier in act.part.modifiers:
                yield at(
                    f"acts[{each.line}].part.modifiers",
                    code=act.code.value,
                    modifier=modifier,
                    policy=each.support.rule.policy,
                )


_DIABETES = icd10("E119")

FACTS = EXAMPLE_FACTS.ruled_by(covering("83036", supports="E08-E13"))
FAILS = (claim_with(diagnoses=_DIABETES, acts=(line(code="83036", modifiers=("GA",)),)),)
PASSES = (
    claim_with(diagnoses=_DIABETES, acts=(line(code="83036"),)),
    claim_with(acts=(line(code="83036", modifiers=("GA",)),)),
)
