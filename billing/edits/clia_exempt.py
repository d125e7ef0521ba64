"""Nine tests are waived by their code alone."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.waived import EXEMPT
from clinic.domain.code import CLIA, Identifier
from clinic.domain.words import N_


@edit(
    "CLI-04",
    title=N_("Modifier QW on a test that needs none"),
    message=N_("%(code)s is waived by its code; modifier QW does not go with it."),
    severity="warn",
    scope="line",
    trigger_codes=EXEMPT,
    fields=("acts[].part.modifiers",),
    when='line.part.modifiers and "QW" in line.part.modifiers',
    source="Medicare Claims Processing Manual, chapter 16, section 70.8; CMS list of waived tests",
    since="2026-11-24",
)
def clia_exempt(line: ProfessionalActLine) -> Iterator[Fault]:
    """Nine tests are waived by their code alone.

    What it checks:
        None of the nine tests that are waived by their code has modifier QW: 81002, 81025, 82270, 82272, 82962,
        83026, 84830, 85013, 85651.

    Why payers deny:
        The modifier is not valid with these codes, and the line comes back.

    How to fix:
        Take QW off the line.
    """
    if line.code.value in EXEMPT and "QW" in line.part.modifiers:
        yield at(code=line.code.value)


_LAB = Authority(clia=Identifier(CLIA, "22D0123456"))

FAILS = (claim_with(authority=_LAB, acts=(line(code="81025", modifiers=("QW",)),)),)
PASSES = (claim_with(authority=_LAB, acts=(line(code="81025"),)),)
