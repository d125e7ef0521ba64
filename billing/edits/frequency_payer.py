"""A payer can change only what it has."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.code import PAYER, Identifier
from clinic.domain.party import Payer
from clinic.domain.person import OrganizationName
from clinic.domain.words import N_


@edit(
    "FRQ-06",
    title=N_("Replacement to another payer than the first claim"),
    message=N_("Claim %(claim)s of those days went to %(payer)s, and none to this payer."),
    severity="warn",
    scope="claim",
    fields=("coverage.payer.identifier",),
    when='claim.frequency != "1" and case.earlier',
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*F8: the number that this payer gave the claim",
    since="2026-11-25",
)
def frequency_payer(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A payer can change only what it has.

    What it checks:
        Where claims of the same days went before and none of them to this payer, the claim is no replacement
        and no void.

    Why payers deny:
        The payer has no claim under that number. It refuses the change, and the other payer's claim stands.

    How to fix:
        Void the claim at the payer that has it. To the right payer the claim goes as an original, within that
        payer's filing limit.
    """
    if claim.frequency == "1" or not claim.acts:
        return
    days, payer = claim.service, claim.coverage.payer.identifier
    sent = [each for each in case.earlier if each.acts and each.frequency != "8" and each.service == days]
    if sent and all(each.coverage.payer.identifier != payer for each in sent):
        yield at(claim=sent[-1].number, payer=sent[-1].coverage.payer.name.name)


_ELSEWHERE = claim_with(
    number="A0900",
    coverage__payer=Payer(OrganizationName("SOUTHWIND MUTUAL"), Identifier(PAYER, "SW002")),
    coverage__member_id="SWM77001",
)

FACTS = EXAMPLE_FACTS.knowing(_ELSEWHERE)

FAILS = (claim_with(frequency="7", replaces="2026060001234"),)
PASSES = (
    claim_with(frequency="7", replaces="2026060001234", coverage__payer__identifier=Identifier(PAYER, "SW002")),
    claim_with(),
)
