"""Who did it is known by a number."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import STATE_LICENCE, Identifier
from clinic.domain.words import N_


@edit(
    "NPI-03",
    title=N_("Rendering provider without a number"),
    message=N_("The provider who did it has no NPI, and no number of the payer either."),
    severity="warn",
    scope="claim",
    fields=("part.rendering.identifier",),
    when="claim.part.rendering is not None and claim.part.rendering.identifier is None",
    kinds=("professional", "dental"),
    source="45 CFR 162.410; 005010X222A1 2310B NM109; CMS-1500 box 24J",
    since="2026-11-24",
)
def npi_rendering(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who did it is known by a number.

    What it checks:
        The rendering provider of the claim has an NPI or, being no health care provider, a number a payer or
        state gave.

    Why payers deny:
        A name alone is not enough: the payer cannot tell whether the person is enrolled, and denies or pays
        as if nobody had done it.

    How to fix:
        Enter the NPI with the staff member. It is in the public registry.
    """
    rendering = claim.part.rendering
    if rendering is not None and rendering.identifier is None and rendering.other is None:
        yield at()


FAILS = (claim_with(rendering__identifier=None),)
PASSES = (claim_with(rendering__identifier=None, rendering__other=Identifier(STATE_LICENCE, "MA4711")),)
