"""Some plans pay a specialist only where the primary physician sent the patient."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.exampleworlds import DEMANDING, asked_by
from clinic.domain.code import TAXONOMY, Code
from clinic.domain.party import Facility
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_PRIMARY = ("207Q", "207R00000X", "207RG0300X", "208000000X", "208D00000X", "363LF0000X", "363LP2300X", "261QF0400X")
"""Family and general medicine, internal medicine, geriatrics, paediatrics, family nurses, community health centres."""


@edit(
    "REF-03",
    title=N_("Referral that the payer asks for"),
    message=N_(
        "The payer pays other physicians than the primary one on a referral, and the claim has no number of one."
    ),
    severity="warn",
    scope="claim",
    fields=("authority.referral",),
    when="case.profile.needs_referral",
    source=("The payer's own rule, in its profile; 005010X222A1 2300 REF*9F; CMS-1500 box 23; CARC 243 and 288"),
    since="2026-11-25",
)
def referral_missing(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some plans pay a specialist only where the primary physician sent the patient.

    What it checks:
        Where the payer's profile says so, the claim has the number of a referral, unless who did it is of
        primary care by taxonomy, the care was an emergency (place 23), a laboratory bills (81), or the claim is
        a void.

    Why payers deny:
        The visit is denied as out of the plan, and the patient may not be asked to pay instead.

    How to fix:
        Ask the primary physician's office for the number, and enter it. Many plans take one that is given a few
        days later.
    """
    if not case.profile.needs_referral or claim.frequency == "8" or claim.part.place in {"23", "81"}:
        return
    if claim.authority is not None and claim.authority.referral:
        return
    taxonomy = (claim.part.rendering or claim.billing).taxonomy
    if taxonomy is None or not taxonomy.value.startswith(_PRIMARY):
        yield at()


_WARD = Facility(
    name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)
FACTS = asked_by(msgspec.structs.replace(DEMANDING, needs_referral=True))

FAILS = (claim_with(rendering__taxonomy=Code(TAXONOMY, "207RC0000X")),)
PASSES = (
    claim_with(),
    claim_with(place="23", facility=_WARD, rendering__taxonomy=Code(TAXONOMY, "207RC0000X")),
)
