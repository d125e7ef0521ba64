"""A card has two numbers."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "SUB-07",
    title=N_("Group number that is the member id"),
    message=N_("%(number)s stands both as the member id and as the group number."),
    severity="warn",
    scope="claim",
    fields=("coverage.group_number",),
    when="claim.coverage.group_number is not None and claim.coverage.group_number == claim.coverage.member_id",
    kinds=("professional", "dental"),
    source="005010X222A1 2000B SBR03 and 2010BA NM109; CMS-1500 boxes 1a and 11",
    since="2026-11-25",
)
def subscriber_group(claim: AnyClaim) -> Iterator[Fault]:
    """A card has two numbers.

    What it checks:
        The number of the group is not the member id.

    Why payers deny:
        Where the payer looks by group it finds another contract or none, and asks back. In box 11 the number
        may make Medicare take itself for the second payer.

    How to fix:
        Copy the group number from the card. Who is insured alone has none: leave the field empty.
    """
    group = claim.coverage.group_number
    if group is not None and group == claim.coverage.member_id:
        yield at(number=group, fix="null")


FAILS = (claim_with(coverage__group_number="NWH5550001"),)
PASSES = (claim_with(coverage__group_number="G4400"),)
