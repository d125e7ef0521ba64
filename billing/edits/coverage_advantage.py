"""Members of Medicare Advantage get no notice of that kind."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "COV-10",
    title=N_("Notice of Medicare on a line to Medicare Advantage"),
    message=N_(
        "%(modifier)s is for notices of original Medicare; a Medicare Advantage plan decides beforehand instead."
    ),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when='line.part.modifiers and claim.coverage.filing == "16"',
    source=("42 CFR 422.566 to 422.568: organization determinations"),
    since="2026-11-25",
)
def coverage_advantage(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """Members of Medicare Advantage get no notice of that kind.

    What it checks:
        No line of a claim to a Medicare Advantage plan (claim filing indicator 16) has GA or GZ.

    Why payers deny:
        The plan does not know the notice: what it does not pay, the member does not owe, unless the plan had said no
        beforehand.

    How to fix:
        Ask the plan before the act whether it pays. Take the modifier off unless the plan itself asks for it.
    """
    if claim.coverage.filing == "16":
        for modifier in ("GA", "GZ"):
            if modifier in line.part.modifiers:
                yield at(modifier=modifier)
                return


FAILS = (claim_with(coverage__filing="16", acts=(line(modifiers=("GA",)),)),)
PASSES = (claim_with(coverage__filing="16"), claim_with(acts=(line(modifiers=("GA",)),)))
