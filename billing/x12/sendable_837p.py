"""What a professional claim must keep that no single segment shows."""

from __future__ import annotations

from billing.domain.professional import ProfessionalClaim
from billing.x12.writer import Sheet
from clinic.domain.words import N_

MAX_CONDITIONS = 12
"""Condition codes in one HI, which may come twice."""


def look_professional(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """Looks at what only a professional claim has.

    Raises:
        Refused: it would make a file that breaks a rule between segments.
    """
    if not claim.part.diagnoses:
        sheet.stop("2300 HI01", N_("The claim has no diagnosis."), N_("Add one."))
    conditions = len(claim.part.condition_codes)
    if conditions > 2 * MAX_CONDITIONS:
        what = N_("The claim has %(count)s condition codes; the file takes %(most)s.")
        sheet.stop("2300 HI01", what, N_("Leave some out."), count=conditions, most=2 * MAX_CONDITIONS)
