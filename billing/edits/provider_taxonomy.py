"""The rendering provider's specialty is named."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "PRV-01",
    title=N_("Provider without taxonomy code"),
    message=N_("The provider who did it has no taxonomy code."),
    severity="advise",
    scope="claim",
    fields=("part.rendering.taxonomy", "billing.taxonomy"),
    when="claim.part.rendering is None or claim.part.rendering.taxonomy is None",
    kinds=("professional", "dental"),
    source="005010X222A1 2310B PRV*PE, 2000A PRV*BI; CMS-1500 boxes 24J and 33b",
    since="2026-11-24",
)
def provider_taxonomy(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Many payers price by specialty.

    What it checks:
        The provider who did it has a taxonomy code: the rendering provider, or the billing provider where that is the
        same.

    Why payers deny:
        Payers that price or enrol by specialty cannot tell which contract holds when one NPI has several. They ask
        back or pay the lowest.

    How to fix:
        Enter the provider's taxonomy code, the one the payer has on file, with the staff member.
    """
    rendering = claim.part.rendering
    if rendering is None:
        if claim.billing.taxonomy is None:
            yield at("billing.taxonomy")
    elif rendering.taxonomy is None:
        yield at("part.rendering.taxonomy")


FAILS = (claim_with(rendering__taxonomy=None), claim_with(rendering=None, billing__taxonomy=None))
PASSES = (claim_with(), claim_with(rendering=None), claim_with(billing__taxonomy=None))
