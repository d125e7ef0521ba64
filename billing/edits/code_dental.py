"""A dental claim says acts by the codes of the CDT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.code import CDT, Code
from clinic.domain.words import N_

_FORM = re.compile(r"D[0-9]{4}")


@edit(
    "DEN-32",
    title=N_("Code that is no dental one"),
    message=N_("%(code)s is no code of the dental list."),
    severity="block",
    scope="line",
    fields=("acts[].code",),
    source="ASC X12N 005010X224A2, 2400 SV301-2; 45 CFR 162.1002",
    since="2026-11-25",
    kinds=("dental",),
)
def code_dental(line: DentalActLine) -> Iterator[Fault]:
    """A dental claim says acts by the codes of the CDT.

    What it checks:
        Each code is a D and four digits.

    Why payers deny:
        The file is refused.

    How to fix:
        Choose the dental code. What was medical goes on a medical claim.
    """
    if line.code.system != CDT or not _FORM.fullmatch(line.code.value):
        yield at("code", code=line.code.value)


FAILS = (dental_claim_with(acts=(dental_line(code=Code("cpt", "99213"), teeth=()),)),)
PASSES = (dental_claim_with(),)
