"""Nobody supervises oneself."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "PRV-06",
    title=N_("Supervisor who did it"),
    message=N_("Who supervised has the NPI of who did it, %(npi)s."),
    severity="warn",
    scope="claim",
    fields=("part.supervising.identifier",),
    when=(
        "claim.part.supervising is not None and claim.part.rendering is not None and "
        "claim.part.supervising.identifier == claim.part.rendering.identifier"
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2310D: where the rendering provider is supervised by a physician; 42 CFR 410.26",
    since="2026-11-25",
)
def provider_supervised(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Nobody supervises oneself.

    What it checks:
        The supervising provider's NPI is not the one of the rendering provider.

    Why payers deny:
        Named together, the two say that somebody else did it. The payer cannot tell at which share of the price
        to pay.

    How to fix:
        Name as rendering provider who did it. Where a physician did it, nobody is named as supervising.
    """
    supervising, rendering = claim.part.supervising, claim.part.rendering
    if (
        supervising is not None
        and rendering is not None
        and supervising.identifier is not None
        and supervising.identifier == rendering.identifier
    ):
        yield at(npi=supervising.identifier.value)


FAILS = (
    claim_with(supervising=Colleague(name=PersonName("OKAFOR", "DANIEL"), identifier=Identifier(NPI, "1987654328"))),
)
PASSES = (claim_with(supervising=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893"))),)
