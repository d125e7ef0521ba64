"""A void repeats what it takes back."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "FRQ-05",
    title=N_("Void that differs from what was sent"),
    message=N_("The void is for %(total)s; claim %(claim)s of those days was sent for %(sent)s."),
    severity="warn",
    scope="claim",
    fields=("total",),
    when='claim.frequency == "8" and case.earlier',
    kinds=("professional", "dental"),
    source="005010X222A1 2300 CLM05-3, frequency 8: the claim as it was sent before",
    since="2026-11-25",
)
def frequency_void(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A void repeats what it takes back.

    What it checks:
        Where claims of the same days went to the same payer before, a void has the total and the codes of one
        of them.

    Why payers deny:
        Payers match a void with the claim it takes back by more than its number. Where the amounts differ it is
        refused, and the first claim stands.

    How to fix:
        Send the void with the lines as they were. What should be billed instead goes as a replacement
        (frequency 7) or as a new claim after the void.
    """
    if claim.frequency != "8" or not claim.acts:
        return
    days, payer = claim.service, claim.coverage.payer.identifier
    sent = [
        each
        for each in case.earlier
        if each.frequency != "8" and each.acts and each.coverage.payer.identifier == payer and each.service == days
    ]
    own = sorted(case.codes)
    alike = [each for each in sent if each.total == claim.total and sorted(act.code.value for act in each.acts) == own]
    if sent and not alike:
        yield at(total=claim.total.plain(), claim=sent[-1].number, sent=sent[-1].total.plain())


FACTS = EXAMPLE_FACTS.knowing(claim_with(number="A0900"))

FAILS = (claim_with(frequency="8", replaces="2026060001234", acts=(line(charge=Money(9900)),)),)
PASSES = (
    claim_with(frequency="8", replaces="2026060001234"),
    claim_with(frequency="7", replaces="2026060001234", acts=(line(charge=Money(9900)),)),
)
