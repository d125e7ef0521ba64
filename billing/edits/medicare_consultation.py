"""Medicare pays consultations as visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.words import N_

_CODES = frozenset({str(code) for first in (99241, 99251) for code in range(first, first + 5)})


@edit(
    "MCR-05",
    title=N_("Consultation code sent to Medicare"),
    message=N_("Medicare pays no consultation codes such as %(code)s."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    payers=("medicare_b",),
    trigger_codes=_CODES,
    source=(
        "Medicare Claims Processing Manual, chapter 12, section 30.6.10; CMS Change Request 6740: not paid from 2010"
    ),
    since="2026-11-25",
)
def medicare_consultation(line: ProfessionalActLine) -> Iterator[Fault]:
    """Medicare pays consultations as visits.

    What it checks:
        No line to Medicare Part B for days from 2010 on has a consultation code (99241 to 99245, 99251 to
        99255).

    Why payers deny:
        The codes are not valid for Medicare, and the line is denied.

    How to fix:
        Bill the visit: an office visit for an outpatient, the first hospital or nursing facility visit for an
        inpatient.
    """
    if line.code.value in _CODES and line.service.start >= date(2010, 1, 1) and "GY" not in line.part.modifiers:
        yield at(code=line.code.value)


FAILS = (claim_with(**MEDICARE, acts=(line(code="99243"),)),)
PASSES = (
    claim_with(acts=(line(code="99243"),)),
    claim_with(**MEDICARE),
)
