"""Who sent the patient is known by a number."""

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
    "NPI-04",
    title=N_("Referring or supervising provider without a number"),
    message=N_("%(name)s has no NPI, and no number of the payer either."),
    severity="warn",
    scope="claim",
    fields=("part.referring.identifier", "part.supervising.identifier"),
    when="claim.part.referring is not None or claim.part.supervising is not None",
    kinds=("professional", "dental"),
    source="42 CFR 424.507; 005010X222A1 2310A and 2310D NM109; CMS-1500 box 17b",
    since="2026-11-24",
)
def npi_referring(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who sent the patient is known by a number.

    What it checks:
        The referring and the supervising provider have an NPI or a number a payer or state gave.

    Why payers deny:
        What another one ordered is paid only where that one is known and may order. With a name alone the
        payer cannot see it.

    How to fix:
        Look the NPI up in the public registry and enter it with the colleague.
    """
    named = (("part.referring", claim.part.referring), ("part.supervising", claim.part.supervising))
    for field, colleague in named:
        if colleague is not None and colleague.identifier is None and colleague.other is None:
            yield at(f"{field}.identifier", name=colleague.name.last)


_LIND = PersonName("LIND", "EVA")

FAILS = (claim_with(referring=Colleague(name=_LIND)), claim_with(supervising=Colleague(name=_LIND)))
PASSES = (claim_with(referring=Colleague(name=_LIND, identifier=Identifier(NPI, "1987654328"))),)
