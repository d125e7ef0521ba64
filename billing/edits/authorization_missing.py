"""Some acts are paid only where the payer agreed before."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.exampleworlds import DEMANDING, asked_by
from billing.edits.spans import is_listed
from clinic.domain.words import N_


@edit(
    "AUT-01",
    title=N_("Prior authorization that is not on the claim"),
    message=N_("The payer asks for a prior authorization of %(code)s, and the claim has no number of one."),
    severity="warn",
    scope="claim",
    fields=("authority.prior_authorization",),
    when="case.profile.authorization_codes",
    source="The payer's own list, in its profile; 005010X222A1 2300 REF*G1; CMS-1500 box 23; CARC 197",
    since="2026-11-25",
)
def authorization_missing(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some acts are paid only where the payer agreed before.

    What it checks:
        Where the payer's profile lists an act as one that needs a prior authorization, the claim has the number
        of one. Emergencies (place 23, or marked on the line) and voids are not looked at.

    Why payers deny:
        The act is denied whatever its reason was, and the patient may not be asked to pay instead.

    How to fix:
        Enter the number the payer gave. If none was asked for, ask now whether the payer still gives one,
        before the claim leaves.
    """
    if claim.frequency == "8" or (claim.authority is not None and claim.authority.prior_authorization):
        return
    for code, act in zip(case.codes, claim.acts, strict=True):
        emergency = act.part.emergency or (act.part.place or claim.part.place) == "23"
        if not emergency and is_listed(code, case.profile.authorization_codes):
            yield at(code=code)
            return


FACTS = asked_by(msgspec.structs.replace(DEMANDING, authorization_codes=("70540-70559", "J9035")))

FAILS = (claim_with(acts=(line(code="70551"),)),)
PASSES = (
    claim_with(acts=(line(code="70551"),), authority=Authority(prior_authorization="PA20260301")),
    claim_with(acts=(line(code="70551", emergency=True),)),
    claim_with(acts=(line(code="71046"),)),
)
