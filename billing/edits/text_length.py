"""Every text fits its element of the file."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits import paths
from billing.edits.case import Case
from billing.edits.declare import EVERY_TEXT, Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.texts import longest
from clinic.domain.words import N_


@edit(
    "TXT-03",
    title=N_("Text longer than the file takes"),
    message=N_("The text has %(needed)s characters; the file takes %(limit)s."),
    severity="block",
    scope="claim",
    fields=EVERY_TEXT,
    when="case.texts.long",
    makes_redundant=("BOX-01",),
    kinds=("professional", "dental"),
    source="X12 005010 data element dictionary; 005010X222A1",
    since="2026-11-24",
)
def text_length(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Each element of the file has a longest length.

    What it checks:
        No name, address, number or note is longer than its element of the 837P may be.

    Why payers deny:
        One element too long and the file is refused as a whole, with all its claims.

    How to fix:
        Shorten the text in a way its reader still knows it.
    """
    if case.texts.long:
        for path, text in paths.texts(claim):
            limit = longest(claim, path)
            if len(text) > limit:
                yield at(path, needed=len(text), limit=limit)


FAILS = (claim_with(patient__name__first="A" * 36), claim_with(note="A" * 81))
PASSES = (claim_with(patient__name__first="A" * 35), claim_with(note="A" * 80))
