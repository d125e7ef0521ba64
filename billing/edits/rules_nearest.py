"""Rule tables hold for their quarter."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.ruled import RuleTables
from clinic.domain.words import N_


@edit(
    "RUL-01",
    title=N_("No loaded rule table covers the day"),
    message=N_("No loaded release covers the day. The lines were judged by the nearest: %(releases)s."),
    severity="advise",
    scope="claim",
    fields=("acts",),
    when="case.ruled.nearest",
    source="NCCI tables hold for a quarter, the Medicare Code Editor for half a year",
    since="2026-11-24",
)
def rules_nearest(case: Case) -> Iterator[Fault]:
    """Rule tables hold for their quarter.

    What it checks:
        A loaded release of each rule table that is in use (pairs, limits, add-ons, lists of diagnoses) covers the
        day of service.

    Why payers deny:
        They do not deny for this. But pairs and limits change each quarter, and nobody here has seen those of that
        day.

    How to fix:
        Load the tables of that quarter with "flask codes load".
    """
    if case.ruled.nearest:
        yield at(releases=", ".join(case.ruled.nearest))


FACTS = EXAMPLE_FACTS.ruled_by(RuleTables(nearest=("ncci-ptp 2024-07",)))
FAILS = (claim_with(),)
PASSES = (claim_with(frequency="8", replaces="2026060001234"),)
