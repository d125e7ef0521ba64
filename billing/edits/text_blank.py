"""No text is empty or blank at its ends."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits import paths
from billing.edits.case import Case
from billing.edits.declare import EVERY_TEXT, Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "TXT-02",
    title=N_("Empty text, or blanks at its ends"),
    message=N_("The text is empty or begins or ends with a blank."),
    severity="block",
    scope="claim",
    fields=EVERY_TEXT,
    when="case.texts.blank",
    kinds=("professional", "dental"),
    source="X12 005010 B.1.1.3.1.1: leading blanks count, trailing ones are left out",
    since="2026-11-24",
)
def text_blank(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What is there has something to say.

    What it checks:
        A text that is there is not empty, and has no blank before or after it.

    Why payers deny:
        An empty element that must be there is refused. A number with a blank before it is another number, and the
        payer does not find the member or the authorization.

    How to fix:
        Enter the text, take the field out if it does not apply, or delete the blanks.
    """
    if case.texts.blank:
        for path, text in paths.texts(claim):
            if not text or text[0] == " " or text[-1] == " ":
                yield at(path)


FAILS = (claim_with(number=" A1001"), claim_with(coverage__plan_name=""))
PASSES = (claim_with(coverage__plan_name="WEST | EAST"),)
