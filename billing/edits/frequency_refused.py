"""Some payers correct by other means than a new claim."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.exampleworlds import DEMANDING, asked_by
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "FRQ-04",
    title=N_("Replacement or void to a payer that takes none"),
    message=N_("This payer takes originals only, and the claim has frequency %(frequency)s."),
    severity="block",
    scope="claim",
    fields=("frequency",),
    when='case.profile.refuses_replacements and claim.frequency != "1"',
    kinds=("professional", "dental"),
    source="The payer's own rule, in its profile; 005010X222A1 2300 CLM05-3",
    since="2026-11-25",
)
def frequency_refused(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some payers correct by other means than a new claim.

    What it checks:
        Where the payer's profile says that it takes originals only, the claim has frequency 1.

    Why payers deny:
        The payer refuses the claim on arrival, or takes it for a duplicate of the first.

    How to fix:
        Ask for the correction as the payer wants it: a form, a letter, a call or its portal.
    """
    if case.profile.refuses_replacements and claim.frequency != "1":
        yield at(frequency=claim.frequency)


FACTS = asked_by(msgspec.structs.replace(DEMANDING, refuses_replacements=True))

FAILS = (claim_with(frequency="7", replaces="2026060001234"),)
PASSES = (claim_with(),)
