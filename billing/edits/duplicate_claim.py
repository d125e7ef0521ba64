"""The same act was billed before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DUP-02",
    title=N_("Act billed before"),
    message=N_("Claim %(claim)s to the same payer has %(code)s on the same day for the same charge."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when='claim.frequency == "1" and case.earlier',
    once=True,
    source="005010X222A1; duplicate checks of payers and clearinghouses (CARC 18)",
    since="2026-11-24",
)
def duplicate_claim(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A claim sent twice is denied, and sometimes looked into.

    What it checks:
        No earlier original claim of the same member to the same payer has a line with the same code, day and charge.
        Replacements and voids are not looked at.

    Why payers deny:
        The second is denied as a duplicate before any other check. Many of them make a payer look at all of the
        practice's claims.

    How to fix:
        If it corrects the earlier claim, make it a replacement (frequency 7) with the payer's number. If it was done
        twice, say so with modifier 76, 77 or 91. Else do not send it.
    """
    if claim.frequency != "1":
        return
    for other in case.earlier:
        if (
            other.number == claim.number
            or other.frequency != "1"
            or other.coverage.member_id != claim.coverage.member_id
            or other.coverage.payer.identifier != claim.coverage.payer.identifier
            or other.patient.birth != claim.patient.birth
        ):
            continue
        before = {(act.code, act.service.start, act.charge) for act in other.acts}
        for index, act in enumerate(claim.acts):
            if (act.code, act.service.start, act.charge) in before:
                yield at(f"acts[{index}].code", claim=other.number, code=act.code.value)


_BEFORE = claim_with(number="A0900")

FACTS = EXAMPLE_FACTS.knowing(_BEFORE)
FAILS = (claim_with(),)
PASSES = (
    claim_with(frequency="7", replaces="2026060001234"),
    claim_with(acts=(line(service=Period(date(2026, 3, 3))),)),
    claim_with(coverage__member_id="NWH5550002"),
)
