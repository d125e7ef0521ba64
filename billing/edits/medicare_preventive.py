"""Medicare has preventive visits of its own."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.words import N_

_CODES = frozenset({str(code) for first in (99381, 99391) for code in range(first, first + 7)})


@edit(
    "MCR-06",
    title=N_("Preventive visit sent to Medicare"),
    message=N_("Medicare does not cover the preventive visit %(code)s, and no modifier says that this is known."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    payers=("medicare_b",),
    trigger_codes=_CODES,
    source=(
        "42 U.S.C. 1395y(a)(7); Medicare Claims Processing Manual, chapter 12, section 30.6.2, and"
        " chapter 18, section 140"
    ),
    since="2026-11-25",
)
def medicare_preventive(line: ProfessionalActLine) -> Iterator[Fault]:
    """Medicare has preventive visits of its own.

    What it checks:
        A line to Medicare Part B with a preventive visit (99381 to 99397) has modifier GY.

    Why payers deny:
        The visit is never covered. Without GY the denial goes to the practice's account, and the patient is not
        told of it before.

    How to fix:
        The yearly visits of Medicare are G0402, G0438 and G0439. For the other one tell the patient, add GY,
        and bill the patient.
    """
    if line.code.value in _CODES and "GY" not in line.part.modifiers:
        yield at(code=line.code.value)


FAILS = (claim_with(**MEDICARE, acts=(line(code="99396"),)),)
PASSES = (
    claim_with(**MEDICARE, acts=(line(code="99396", modifiers=("GY",)),)),
    claim_with(acts=(line(code="99396"),)),
)
