"""Codes begin, and the day of service decides."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.exampleworlds import CODED
from billing.edits.validity import standing
from clinic.domain.code import HCPCS
from clinic.domain.words import N_


@edit(
    "HCP-03",
    title=N_("Act code that does not hold yet"),
    message=N_("%(code)s did not yet hold on %(date)s."),
    severity="block",
    scope="line",
    fields=("acts[].code",),
    when=(
        'line.code.system == "hcpcs" and line.code.value[:1] != "D" and case.facts.lacks(line.code, line.service.start)'
    ),
    source="45 CFR 162.1002; HCPCS Level II of CMS, the release of the day of service; 005010X222A1 SV101-2",
    since="2026-11-25",
)
def act_early(line: ProfessionalActLine, case: Case) -> Iterator[Fault]:
    """Codes begin, and the day of service decides.

    What it checks:
        Each code of HCPCS Level II had begun on the day of the line. Only a complete release that covers the
        day is asked.

    Why payers deny:
        A new code is refused for days before it began, even where the claim is sent after.

    How to fix:
        Take the code that held on the day of service, often one for what has no code of its own, with a
        description.
    """
    code, day = line.code, line.service.start
    if (
        code.system == HCPCS
        and code.value[:1] != "D"
        and case.facts.lacks(code, day)
        and standing(case.facts, code, day) == "coming"
    ):
        yield at(code=code.value, date=day.isoformat())


FACTS = CODED

FAILS = (claim_with(acts=(line(code="Q5150"),)),)
PASSES = (
    claim_with(acts=(line(code="J1100"),)),
    claim_with(acts=(line(code="D0120"),)),
)
