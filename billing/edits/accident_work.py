"""What happens at work is paid by who insures the employer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_

_ACCIDENTS = frozenset({"WC", "LM", "AM"})


@edit(
    "ACC-06",
    title=N_("Work accident billed to a health plan"),
    message=N_("The claim comes from work, and goes to a health plan; who insures the employer pays first."),
    severity="warn",
    scope="claim",
    fields=("part.accident",),
    when=('claim.part.accident and "EM" in claim.part.accident and claim.coverage.filing not in ("WC", "LM", "AM")'),
    kinds=("professional", "dental"),
    source=(
        "005010X222A1 CLM11 (EM) and SBR09; CMS-1500 box 10a; Medicare Secondary Payer Manual, "
        "chapter 2, section 10; CARC 19"
    ),
    since="2026-11-25",
)
def accident_work(claim: ProfessionalClaim) -> Iterator[Fault]:
    """What happens at work is paid by who insures the employer.

    What it checks:
        A claim that says it comes from work (EM) goes to a payer of accidents (WC, LM, AM), or has one among
        its other payers.

    Why payers deny:
        Health plans leave out what happens at work and deny the claim as belonging to workers' compensation.

    How to fix:
        Bill the employer's insurer. If it has refused, add its policy with its answer. If it was not at work,
        take the mark out.
    """
    if (
        "EM" in claim.part.accident
        and claim.coverage.filing not in _ACCIDENTS
        and all(other.filing not in _ACCIDENTS for other in claim.other_coverages)
    ):
        yield at()


FAILS = (claim_with(accident=("EM",)),)
PASSES = (
    claim_with(accident=("EM",), coverage__filing="LM", casualty_claim="WC123456"),
    claim_with(accident=("OA",), dates=(ClaimDate("439", date(2026, 3, 1)),)),
)
