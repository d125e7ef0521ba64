"""Codes end, and the day of service decides."""

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
    "HCP-02",
    title=N_("Act code that holds no more"),
    message=N_("%(code)s no longer held on %(date)s."),
    severity="block",
    scope="line",
    fields=("acts[].code",),
    when=(
        'line.code.system == "hcpcs" and line.code.value[:1] != "D" and case.facts.lacks(line.code, line.service.start)'
    ),
    source="45 CFR 162.1002; HCPCS Level II of CMS, the release of the day of service; 005010X222A1 SV101-2",
    since="2026-11-25",
)
def act_over(line: ProfessionalActLine, case: Case) -> Iterator[Fault]:
    """Codes end, and the day of service decides.

    What it checks:
        No code of HCPCS Level II had ended before the day of the line. Only a complete release that covers the
        day is asked.

    Why payers deny:
        There is no time of grace: a code that has ended is refused from the first day after its end, whenever
        the claim is sent.

    How to fix:
        Take the code that came in its place. Change the charge list too, so that it does not come back.
    """
    code, day = line.code, line.service.start
    if (
        code.system == HCPCS
        and code.value[:1] != "D"
        and case.facts.lacks(code, day)
        and standing(case.facts, code, day) == "over"
    ):
        yield at(code=code.value, date=day.isoformat())


FACTS = CODED

FAILS = (claim_with(acts=(line(code="C9803"),)),)
PASSES = (
    claim_with(acts=(line(code="J1100"),)),
    claim_with(acts=(line(code="D0120"),)),
)
