"""Some acts are paid only so often, on one claim too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import covering
from billing.edits.units import counted
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "COV-04",
    title=N_("More often on the claim than the payer pays"),
    message=N_("Policy %(policy)s pays %(code)s %(times)s time(s) in %(days)s day(s); the claim has %(units)s."),
    severity="warn",
    scope="claim",
    fields=(
        "acts",
        "acts[].quantity",
    ),
    when="case.ruled.covered and case.uncovered",
    source=(
        "42 U.S.C. 1395y(a)(1)(A), (F) to (P); the coverage policy that the practice has loaded (docs/coverage.md)"
    ),
    since="2026-11-25",
)
def coverage_repeated(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some acts are paid only so often, on one claim too.

    What it checks:
        The units of an act on the lines of the claim, within the days of the policy, are not more than it pays. Lines
        that say by a modifier that no payment is expected (GA, GX, GY, GZ) are left alone.

    Why payers deny:
        What goes beyond is denied, or all of it.

    How to fix:
        Correct the count if it is wrong. If it was done more often, bill what is paid on one line and what goes
        beyond on another: with GA where the patient had signed a notice before, with GZ where not.
    """
    for each in case.uncovered:
        act, too = claim.acts[each.line], each.on_claim
        if too is not None:
            yield at(
                f"acts[{each.line}].quantity",
                code=act.code.value,
                policy=too.rule.policy,
                times=too.rule.times,
                days=too.rule.per or "∞",
                units=counted(too.units),
            )


FACTS = EXAMPLE_FACTS.ruled_by(covering("83036", times=1, per=90))
FAILS = (
    claim_with(acts=(line(code="83036", quantity=Quantity(Decimal(2))),)),
    claim_with(
        acts=(line(code="83036"), line(number="2", code="83036", service=Period(date(2026, 3, 5)), modifiers=("91",)))
    ),
)
PASSES = (
    claim_with(acts=(line(code="83036"),)),
    claim_with(acts=(line(code="83036"), line(number="2", code="83036", modifiers=("91", "GZ")))),
)
