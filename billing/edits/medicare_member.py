"""A Medicare number has its own pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_

_LETTER = "AC-HJKMNP-RT-Y"
_NUMBER = re.compile(rf"[1-9][{_LETTER}][{_LETTER}0-9][0-9][{_LETTER}][{_LETTER}0-9][0-9][{_LETTER}]{{2}}[0-9]{{2}}\Z")
_FROM = date(2020, 1, 1)
"""Since then the old numbers are taken no more."""


@edit(
    "MCR-03",
    title=N_("Member id that is no Medicare number"),
    message=N_("%(member)s is no Medicare number: eleven characters in the order of the card, without hyphens."),
    severity="block",
    scope="claim",
    fields=("coverage.member_id",),
    when="len(claim.coverage.member_id) != 11 or case.day is not None",
    payers=("medicare_b",),
    makes_redundant=("TXT-02",),
    source="CMS, format of the Medicare Beneficiary Identifier; 005010X222A1 2010BA NM109; CMS-1500 box 1a",
    since="2026-11-24",
)
def medicare_member(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A Medicare number has its own pattern.

    What it checks:
        On a claim to Medicare Part B for services since 2020 the member id has the eleven places of a
        Medicare Beneficiary Identifier: 1, 4, 7, 10 and 11 digits, 2, 5, 8 and 9 letters, 3 and 6 either;
        without the letters S, L, O, I, B and Z.

    Why payers deny:
        The number of the old card, the social security number with a letter, is taken no more. A number of
        another pattern is refused on arrival.

    How to fix:
        Copy it from the red, white and blue card, without hyphens, or look it up in the carrier's portal. The
        id of a Medicare Advantage plan belongs to that plan.
    """
    member = claim.coverage.member_id
    if member.strip() and case.day is not None and case.day >= _FROM and not _NUMBER.match(member):
        yield at(member=member)


FAILS = (claim_with(coverage__filing="MB", coverage__member_id="123456789A"),)
PASSES = (claim_with(**MEDICARE), claim_with(coverage__member_id="123456789A"))
