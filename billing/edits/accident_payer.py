"""Who insures accidents pays for accidents."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "ACC-03",
    title=N_("Accident insurer without the accident"),
    message=N_("A claim to this kind of insurer says that it comes from %(cause)s; this one does not."),
    severity="warn",
    scope="claim",
    fields=("part.accident",),
    when='claim.coverage.filing in ("WC", "AM")',
    source="005010X222A1 CLM11; CMS-1500 boxes 10a and 10b",
    since="2026-11-24",
)
def accident_payer(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who insures accidents pays for accidents.

    What it checks:
        A claim to workers' compensation is marked as related to employment (EM), one to a car insurer as
        related to an auto accident (AA).

    Why payers deny:
        The insurer pays for nothing else, and denies a claim that does not say so.

    How to fix:
        Mark the cause on the claim. If it was no accident of that kind, bill the patient's health insurer.
    """
    cause = {"WC": "EM", "AM": "AA"}.get(claim.coverage.filing)
    if cause is not None and cause not in claim.part.accident:
        yield at(cause=cause)


_INJURED = {"coverage__filing": "WC", "casualty_claim": "WC-2026-0042"}

FAILS = (claim_with(**_INJURED),)
PASSES = (claim_with(**_INJURED, accident=("EM",)), claim_with())
