"""Each NPI of the claim has the right check digit."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.parties import is_npi_kept
from clinic.domain.code import NPI, Identifier
from clinic.domain.party import Provider
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "NPI-01",
    title=N_("NPI with a wrong check digit"),
    message=N_("%(npi)s is not an NPI: its check digit is wrong."),
    severity="block",
    scope="claim",
    fields=(
        "billing.identifier.value",
        "part.rendering.identifier.value",
        "part.referring.identifier.value",
        "part.supervising.identifier.value",
        "part.facility.identifier.value",
        "acts[].part.rendering.identifier.value",
    ),
    when="case.texts.parties or case.apart",
    kinds=("professional", "dental"),
    source="45 CFR 162.406; ISO/IEC 7812; 005010X222A1 NM109",
    since="2026-11-24",
)
def npi_digit(claim: ProfessionalClaim) -> Iterator[Fault]:
    """An NPI has ten digits, starts with 1 or 2 and ends in its check digit.

    What it checks:
        Every NPI in the claim: ten digits, the first 1 or 2, the last the Luhn check digit with the prefix 80840.

    Why payers deny:
        The clearinghouse tests the check digit of every NPI. One wrong digit and the file or the claim comes back
        before anyone has looked at it.

    How to fix:
        Compare the number with the provider's registration and correct it where it is kept: at the practice, the
        staff member or the referring colleague. All later claims are right then too.
    """
    part = claim.part
    named = (
        ("billing", claim.billing),
        ("part.rendering", part.rendering),
        ("part.referring", part.referring),
        ("part.supervising", part.supervising),
        ("part.facility", part.facility),
    )
    for field, party in named:
        if party is not None and (npi := _wrong(party.identifier)) is not None:
            yield at(f"{field}.identifier.value", npi=npi)
    for index, act in enumerate(claim.acts):
        rendering = act.part.rendering
        if rendering is not None and (npi := _wrong(rendering.identifier)) is not None:
            yield at(f"acts[{index}].part.rendering.identifier.value", npi=npi)


def _wrong(identifier: Identifier | None) -> str | None:
    """The number, where it is meant to be an NPI and is none."""
    if identifier is None or identifier.system != NPI or is_npi_kept(identifier.value):
        return None
    return identifier.value


_STRANGER = Provider(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1987654321"))

FAILS = (
    claim_with(billing__identifier__value="1234567890"),
    claim_with(acts=(line(rendering=_STRANGER),)),
)
PASSES = (claim_with(),)
