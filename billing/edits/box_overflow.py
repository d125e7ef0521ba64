"""Every text fits its box on paper."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import EVERY_TEXT, Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.facts import AnyClaim, Overflow
from clinic.domain.words import N_


@edit(
    "BOX-01",
    title=N_("Text that does not fit its box"),
    message=N_("Box %(box)s holds %(width)s characters; the text has %(needed)s."),
    severity="warn",
    scope="claim",
    fields=EVERY_TEXT,
    source="CMS-1500 02/12, the widths of its boxes",
    since="2026-11-24",
)
def box_overflow(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Paper has less room than the file.

    What it checks:
        Each text fits the box of the paper form it is printed in. The electronic claim may still take it.

    Why payers deny:
        What stands outside its box is not read, or read as the next box.

    How to fix:
        Send the claim electronically, or shorten the text in a way the payer still knows it.
    """
    for each in case.facts.overflows(claim):
        if each.needed > each.width:
            yield at(each.field or "part", box=each.box, width=each.width, needed=each.needed)


def _example_form(claim: AnyClaim) -> Iterator[Overflow]:
    """A form of one box: the member id."""
    needed = len(claim.coverage.member_id)
    if needed > 29:
        yield Overflow(field="coverage.member_id", box="1a", width=29, needed=needed)


FACTS = EXAMPLE_FACTS.on_form(_example_form)
FAILS = (claim_with(coverage__member_id="NWH-5550001-0000-0000-0000-0001"),)
PASSES = (claim_with(coverage__member_id="NWH-5550001"),)
