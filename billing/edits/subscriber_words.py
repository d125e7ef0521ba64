"""The payer finds its members by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.placeholder import is_placeholder
from clinic.domain.words import N_

_BEGINNINGS = frozenset(
    {
        *("000", "111", "222", "333", "444", "555", "666", "777", "888", "999", "123", "987"),
        *("UNK", "NON", "PEN", "N/A", "NA", "TBD", "XXX", "TES"),
    }
)
"""With what all of them begin that are met."""


@edit(
    "SUB-06",
    title=N_("Member id that is none"),
    message=N_("%(member)s stands in the place of a member id and is none."),
    severity="warn",
    scope="claim",
    fields=("coverage.member_id",),
    when=(
        'claim.coverage.member_id[:3] in {"000", "111", "222", "333", "444", "555", "666", "777", "888",'
        ' "999", "123", "987", "UNK", "NON", "PEN", "N/A", "NA", "TBD", "XXX", "TES"}'
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA NM109; CMS-1500 box 1a; CARC 31",
    since="2026-11-25",
)
def subscriber_words(claim: AnyClaim) -> Iterator[Fault]:
    """The payer finds its members by their numbers.

    What it checks:
        The member id is not a word such as UNKNOWN, NONE or PENDING, nor a row of one digit or of the digits in
        their order.

    Why payers deny:
        The payer finds nobody under that number, and refuses the claim on arrival.

    How to fix:
        Ask the patient for the card, or the payer for the number, before the claim leaves.
    """
    member = claim.coverage.member_id
    if member[:3].upper() in _BEGINNINGS and is_placeholder(member):
        yield at(member=member)


FAILS = (
    claim_with(coverage__member_id="UNKNOWN"),
    claim_with(coverage__member_id="999999999"),
)
PASSES = (claim_with(coverage__member_id="999123456"),)
