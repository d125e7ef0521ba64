"""A certificate's number has its own form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.code import CLIA, Identifier
from clinic.domain.words import N_

_FORM = re.compile(r"[0-9]{2}D[0-9]{7}\Z")


@edit(
    "CLI-02",
    title=N_("CLIA number that is none"),
    message=N_("%(clia)s is no CLIA number: two digits, the letter D, seven digits."),
    severity="block",
    scope="claim",
    fields=("authority.clia.value",),
    when="claim.authority is not None and claim.authority.clia is not None",
    makes_redundant=("TXT-02",),
    source="42 CFR 493; Medicare Claims Processing Manual, chapter 16, section 70; 005010X222A1 2300 REF*X4",
    since="2026-11-24",
)
def clia_format(claim: AnyClaim) -> Iterator[Fault]:
    """A certificate's number has its own form.

    What it checks:
        The CLIA number has ten characters, the third of them a D and all others digits.

    Why payers deny:
        The payer compares it with the list of certificates. What cannot be one is refused.

    How to fix:
        Copy it from the certificate on the laboratory's wall.
    """
    clia = claim.authority.clia if claim.authority is not None else None
    if clia is not None and not _FORM.match(clia.value):
        yield at(clia=clia.value)


FAILS = (claim_with(authority=Authority(clia=Identifier(CLIA, "22-0123456"))),)
PASSES = (claim_with(authority=Authority(clia=Identifier(CLIA, "22D0123456"))),)
