"""Some letters of HCPCS are not for Medicare."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.code import HCPCS
from clinic.domain.words import N_

_OTHERS = frozenset({"H", "S", "T"})


@edit(
    "MCR-04",
    title=N_("Code of another programme sent to Medicare"),
    message=N_("Medicare pays no %(letter)s codes; %(code)s is for others."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    when='line.code.value[:1] in ("H", "S", "T")',
    payers=("medicare_b",),
    source=(
        "CMS, HCPCS Level II coding procedures: H and T codes are for state Medicaid agencies, S "
        "codes for private payers"
    ),
    since="2026-11-25",
)
def medicare_programme(line: ProfessionalActLine) -> Iterator[Fault]:
    """Some letters of HCPCS are not for Medicare.

    What it checks:
        No line to Medicare Part B has an H, S or T code.

    Why payers deny:
        They are for Medicaid agencies and private plans. Medicare denies the line as one that is not valid for
        it.

    How to fix:
        Take the code Medicare has for it, often a G code. Where there is none, bill it with GY so that the next
        payer sees the denial.
    """
    code = line.code
    if code.system == HCPCS and code.value[:1] in _OTHERS and "GY" not in line.part.modifiers:
        yield at(code=code.value, letter=code.value[0])


FAILS = (claim_with(**MEDICARE, acts=(line(code="S9083"),)),)
PASSES = (
    claim_with(acts=(line(code="S9083"),)),
    claim_with(**MEDICARE, acts=(line(code="S9083", modifiers=("GY",)),)),
)
