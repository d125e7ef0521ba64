"""Nobody is named twice."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import NPI, Identifier
from clinic.domain.words import N_


@edit(
    "PRV-03",
    title=N_("Rendering provider who is the billing provider"),
    message=N_("The provider who did it has the NPI of the billing provider, %(npi)s."),
    severity="warn",
    scope="claim",
    fields=("part.rendering",),
    when="claim.part.rendering is not None and claim.part.rendering.identifier == claim.billing.identifier",
    kinds=("professional", "dental"),
    source="005010X222A1 2310B: only where the rendering provider is not the billing provider",
    since="2026-11-24",
)
def provider_twice(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Nobody is named twice.

    What it checks:
        The rendering provider's NPI is not the one of the billing provider.

    Why payers deny:
        The guide names the rendering provider only where it is somebody else. Many clearinghouses refuse the
        second loop, and a payer that knows the practice under one NPI and its people under others does not
        find who did it.

    How to fix:
        Enter the person's own NPI. Who bills in their own name is not named as rendering provider.
    """
    rendering = claim.part.rendering
    if rendering is not None and rendering.identifier is not None and rendering.identifier == claim.billing.identifier:
        yield at(npi=rendering.identifier.value)


FAILS = (claim_with(rendering__identifier=Identifier(NPI, "1234567893")),)
PASSES = (claim_with(rendering__identifier=Identifier(NPI, "1987654328")), claim_with(rendering=None))
