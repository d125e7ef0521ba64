"""Every text can be written into the file."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits import paths
from billing.edits.case import Case
from billing.edits.declare import EVERY_TEXT, Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.texts import SEPARATORS
from clinic.domain.words import N_


@edit(
    "TXT-01",
    title=N_("Character that cannot be written"),
    message=N_("The text has a character that a claim cannot carry: %(character)s."),
    severity="block",
    scope="claim",
    fields=EVERY_TEXT,
    when="case.texts.uncarried",
    makes_redundant=("BOX-01",),
    kinds=("professional", "dental"),
    source="X12 005010 basic and extended character set (appendix B.1.1.2); delimiters of ISA",
    since="2026-11-24",
)
def text_characters(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A claim is written in plain capitals.

    What it checks:
        No text has a character outside printable ASCII, nor one of the four that separate the parts of a file: * : ^ ~.

    Why payers deny:
        A separator inside a text breaks the segment in two. An accented or invisible character is refused, or arrives
        as something else.

    How to fix:
        Write the letter without its accent, a hyphen for a long dash, and leave separators out.
    """
    if case.texts.uncarried:
        for path, text in paths.texts(claim):
            wrong = next((each for each in text if each in SEPARATORS or not " " <= each <= "~"), None)
            if wrong is not None:
                yield at(path, character=wrong if wrong.isprintable() else f"U+{ord(wrong):04X}")


FAILS = (
    claim_with(patient__name__last="PEÑA"),
    claim_with(note="FELL AT HOME * LEFT WRIST"),
    claim_with(note="TIME: 15 MIN"),
    claim_with(coverage__member_id="NWH\t5550001"),
)
PASSES = (claim_with(patient__name__last="O'NEIL-PENA"), claim_with(note='SAID "FELL", TIME 15 MIN'))
