"""An add-on is never all that was done."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.addons import lonely
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import added
from clinic.domain.words import N_


@edit(
    "ADD-02",
    title=N_("Add-on with no other act"),
    message=N_("%(code)s is an add-on, and nothing else is billed on that day."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.ruled.addons",
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I, section R; add-on code edits of the quarter, "
        "types 2 and 3"
    ),
    since="2026-11-24",
)
def addon_nothing(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """An add-on is never all that was done.

    What it checks:
        Each add-on code whose primaries the payer's contractor names (types 2 and 3) has another act beside it that
        is no add-on: same patient, day and provider, on this claim or an earlier one.

    Why payers deny:
        Which primaries count differs between contractors; none pays an add-on that stands alone.

    How to fix:
        Add the primary act if it was done, or choose the code that can stand alone.
    """
    for addon in lonely(claim, case):
        if addon.rule.kind != "1" and addon.nothing:
            yield at(f"acts[{addon.line}].code", code=case.codes[addon.line])


FACTS = EXAMPLE_FACTS.ruled_by(added("99292", "2"))
FAILS = (claim_with(acts=(line(code="99292"),)),)
PASSES = (claim_with(acts=(line(code="99291"), line(number="2", code="99292"))),)
