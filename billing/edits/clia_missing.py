"""A laboratory test names the certificate of its laboratory."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import CLIA, Identifier
from clinic.domain.words import N_


@edit(
    "CLI-01",
    title=N_("Waived test without the laboratory's certificate"),
    message=N_("The line has modifier QW, but the claim has no CLIA number."),
    severity="block",
    scope="line",
    fields=("acts[].part.modifiers",),
    when=(
        'line.part.modifiers and "QW" in line.part.modifiers '
        "and (claim.authority is None or claim.authority.clia is None)"
    ),
    source="42 CFR 493; Medicare Claims Processing Manual, chapter 16, section 70; 005010X222A1 2300 REF*X4; box 23",
    since="2026-11-24",
)
def clia_missing(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """A laboratory test names the certificate of its laboratory.

    What it checks:
        A claim with a waived test (modifier QW) has the laboratory's CLIA number.

    Why payers deny:
        Only a certified laboratory is paid. A claim for the test without the number is returned as
        unprocessable.

    How to fix:
        Enter the CLIA number of the practice's laboratory, ten characters, with the authorities of the claim.
    """
    if "QW" in line.part.modifiers and (claim.authority is None or claim.authority.clia is None):
        yield at()


_WAIVED = (line(code="81003", modifiers=("QW",)),)

FAILS = (claim_with(acts=_WAIVED),)
PASSES = (claim_with(acts=_WAIVED, authority=Authority(clia=Identifier(CLIA, "22D0123456"))),)
