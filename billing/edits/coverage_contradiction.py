"""A notice was needed or not, and was signed or not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "COV-09",
    title=N_("Modifiers of notices that contradict each other"),
    message=N_("%(first)s and %(second)s do not go together: the one takes back what the other says."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 1",
    source=(
        "Medicare Claims Processing Manual, chapter 30 and chapter 23, section 20.9; HCPCS Level II: GA, GX, GY, GZ"
    ),
    since="2026-11-25",
)
def coverage_contradiction(line: ProfessionalActLine) -> Iterator[Fault]:
    """A notice was needed or not, and was signed or not.

    What it checks:
        No line has two of GA (notice signed, as the payer asks), GY (no benefit) and GZ (no notice), or GX (notice of
        the practice's own accord) beside GA or GZ. GX and GY go together.

    Why payers deny:
        The line is returned or denied: it says at once that the patient owes it and that the patient does not.

    How to fix:
        Keep the one that is true: GA where the patient signed a notice before the act, GZ where not, GY where it is
        no benefit, with GX where a notice was given all the same.
    """
    found = [each for each in ("GA", "GX", "GY", "GZ") if each in line.part.modifiers]
    for first, second in combinations(found, 2):
        if (first, second) != ("GX", "GY"):
            yield at(first=first, second=second)
            return


FAILS = (claim_with(acts=(line(modifiers=("GA", "GZ")),)), claim_with(acts=(line(modifiers=("GX", "GA")),)))
PASSES = (claim_with(acts=(line(modifiers=("GX", "GY")),)), claim_with(acts=(line(modifiers=("25", "GA")),)))
