"""Medicaid collects rebates by the number on the package."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import HCPCS
from clinic.domain.words import N_


@edit(
    "DRG-02",
    title=N_("Drug for Medicaid without its NDC"),
    message=N_("%(code)s is a drug; Medicaid wants its NDC, amount and unit."),
    severity="warn",
    scope="line",
    fields=("acts[].part.drug",),
    when='line.part.drug is None and claim.coverage.filing == "MC" and line.code.value[:1] == "J"',
    source="42 CFR 447.520; 005010X222A1 2410 LIN",
    since="2026-11-24",
)
def drug_missing(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """Medicaid collects rebates by the number on the package.

    What it checks:
        On a claim to Medicaid each line with a J code of HCPCS Level II names the drug that was given.

    Why payers deny:
        Without the NDC the state cannot claim its rebate from the maker, and is not paid for the drug itself;
        so it denies the line.

    How to fix:
        Enter the NDC from the package with the amount and unit given.
    """
    code = line.code
    if line.part.drug is None and claim.coverage.filing == "MC" and code.system == HCPCS and code.value[:1] == "J":
        yield at(code=code.value)


FAILS = (claim_with(coverage__filing="MC", acts=(line(code="J1100"),)),)
PASSES = (claim_with(acts=(line(code="J1100"),)), claim_with(coverage__filing="MC"))
