"""An accident has a file, and the file a number."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "ACC-04",
    title=N_("Accident insurer without its claim number"),
    message=N_("The insurer's number of the accident is not on the claim."),
    severity="warn",
    scope="claim",
    fields=("part.casualty_claim",),
    when='claim.coverage.filing in ("WC", "AM", "LM") and not claim.part.casualty_claim',
    makes_redundant=("TXT-02",),
    source="005010X222A1 2010CA REF*Y4; NUCC 1500 instructions, item 11b",
    since="2026-11-24",
)
def accident_claim(claim: ProfessionalClaim) -> Iterator[Fault]:
    """An accident has a file, and the file a number.

    What it checks:
        A claim to workers' compensation, a car or a liability insurer carries the number the insurer gave the
        accident.

    Why payers deny:
        The insurer finds the file by this number, not by a member id. Without it the claim waits or is sent
        back.

    How to fix:
        Ask the patient, the employer or the insurer for the number of the accident's file and enter it. If
        none was given yet, say so as the reason.
    """
    if claim.coverage.filing in ("WC", "AM", "LM") and not claim.part.casualty_claim:
        yield at()


FAILS = (claim_with(coverage__filing="WC", accident=("EM",)),)
PASSES = (claim_with(coverage__filing="WC", accident=("EM",), casualty_claim="WC-2026-0042"),)
