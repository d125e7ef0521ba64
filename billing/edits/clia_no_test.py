"""Only a laboratory test is waived."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.code import CLIA, Identifier
from clinic.domain.words import N_


@edit(
    "CLI-05",
    title=N_("Modifier QW on what is no test"),
    message=N_("%(code)s is no laboratory test; modifier QW says nothing there."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when='line.part.modifiers and "QW" in line.part.modifiers',
    source="Medicare Claims Processing Manual, chapter 16, section 70.8; CMS list of waived tests",
    since="2026-11-24",
)
def clia_no_test(line: ProfessionalActLine) -> Iterator[Fault]:
    """Only a laboratory test is waived.

    What it checks:
        Modifier QW stands on laboratory tests alone: 80047 to 89398, their newer forms that end in U, and HCPCS G
        and Q codes.

    Why payers deny:
        The modifier is not valid with other codes, and the line comes back.

    How to fix:
        Move QW to the line of the test.
    """
    code = line.code.value
    if "QW" in line.part.modifiers and code.isascii() and not (code[:1] in "8GQ" or code[4:] == "U"):
        yield at(code=code)


_LAB = Authority(clia=Identifier(CLIA, "22D0123456"))

FAILS = (claim_with(authority=_LAB, acts=(line(code="36415", modifiers=("QW",)),)),)
PASSES = (claim_with(authority=_LAB, acts=(line(code="87880", modifiers=("QW",)),)),)
