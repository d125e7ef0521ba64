"""Some acts are paid only so often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import covering
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "COV-03",
    title=N_("More often than the payer pays, with earlier claims"),
    message=N_(
        "Policy %(policy)s pays %(code)s %(times)s time(s) in %(days)s day(s); claim %(claim)s has it on "
        "%(last)s already."
    ),
    severity="warn",
    scope="claim",
    fields=(
        "acts",
        "acts[].service",
    ),
    when="case.ruled.covered and case.uncovered",
    source=(
        "42 U.S.C. 1395y(a)(1)(A), (F) to (P); the coverage policy that the practice has loaded (docs/coverage.md)"
    ),
    since="2026-11-25",
)
def coverage_earlier(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some acts are paid only so often.

    What it checks:
        The units of an act, with those that earlier claims of the patient bill within the days of the policy, are not
        more than it pays. Lines that say by a modifier that no payment is expected (GA, GX, GY, GZ) are left alone.

    Why payers deny:
        Payers count over all claims, those of other practices too. What comes too soon is denied.

    How to fix:
        Look whether the earlier one was for another reason that its own policy pays. If not, a notice that the
        patient signed before the act goes with modifier GA, none with GZ. Next time the order shows from which day on
        it is paid again.
    """
    for each in case.uncovered:
        act, too = claim.acts[each.line], each.with_earlier
        if too is not None:
            yield at(
                f"acts[{each.line}].service",
                code=act.code.value,
                policy=too.rule.policy,
                times=too.rule.times,
                days=too.rule.per or "∞",
                claim=each.earlier,
                last="" if too.last is None else too.last.isoformat(),
            )


_BEFORE = claim_with(number="A0900", acts=(line(code="80061", service=Period(date(2025, 9, 1))),))

FACTS = EXAMPLE_FACTS.ruled_by(covering("80061", times=1, per=365)).knowing(_BEFORE)
FAILS = (claim_with(acts=(line(code="80061"),)),)
PASSES = (
    claim_with(acts=(line(code="80061", modifiers=("GA",)),)),
    claim_with(frequency="7", replaces="X1", acts=(line(code="80061"),)),
    claim_with(),
)
