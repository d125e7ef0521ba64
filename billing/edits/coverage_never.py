"""Some diagnoses never support an act."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.exampletables import covering
from clinic.domain.words import N_


@edit(
    "COV-02",
    title=N_("Diagnosis that never supports the act"),
    message=N_("By policy %(policy)s %(diagnosis)s never supports %(code)s, and the line points at nothing that does."),
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
def coverage_never(case: Case) -> Iterator[Fault]:
    """Some diagnoses never support an act.

    What it checks:
        Where a policy of the payer lists diagnoses that do not support an act, the line points at one that does too.
        Lines that say by a modifier that no payment is expected (GA, GX, GY, GZ) are left alone.

    Why payers deny:
        An act done for one of these diagnoses alone is denied without a look at the record.

    How to fix:
        Point at the diagnosis for which it was done, where the record has one. Document only what is true. Otherwise
        a notice that the patient signed before the act goes with modifier GA, none with GZ.
    """
    for each in case.uncovered:
        if each.support and each.support.why == "never":
            yield at(
                f"acts[{each.line}].part.pointers",
                code=case.codes[each.line],
                policy=each.support.rule.policy,
                diagnosis=each.support.diagnosis,
            )


FACTS = EXAMPLE_FACTS.ruled_by(covering("80061", never="Z00*"))
FAILS = (claim_with(diagnoses=icd10("Z0000"), acts=(line(code="80061"),)),)
PASSES = (
    claim_with(diagnoses=icd10("Z0000", "I10"), acts=(line(code="80061", pointers=(1, 2)),)),
    claim_with(acts=(line(code="80061"),)),
    claim_with(diagnoses=icd10("Z0000"), acts=(line(code="80061", modifiers=("GZ",)),)),
)
