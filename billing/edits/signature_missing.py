"""A claim is signed."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "SIG-01",
    title=N_("Provider's signature not on file"),
    message=N_("The claim says that the provider has not signed."),
    severity="warn",
    scope="claim",
    fields=("part.signed",),
    when='claim.part.signed == "N"',
    kinds=("professional", "dental"),
    source="Medicare Claims Processing Manual, chapter 26, section 10.4, item 31; 005010X222A1 CLM06; CMS-1500 box 31",
    since="2026-11-24",
)
def signature_missing(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A claim is signed.

    What it checks:
        The provider's signature is on file.

    Why payers deny:
        A claim is the provider's word that it was done. Without a signature it is returned.

    How to fix:
        Let the provider sign the agreement on file, then set the mark to yes.
    """
    if claim.part.signed == "N":
        yield at()


FAILS = (claim_with(signed="N"),)
PASSES = (claim_with(signed="Y"),)
