"""A code that is in no list is paid by nobody."""

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
    "HCP-01",
    title=N_("Act code that does not exist"),
    message=N_("%(code)s is no code of HCPCS Level II, by the release that holds on %(date)s."),
    severity="block",
    scope="line",
    fields=("acts[].code",),
    when=(
        'line.code.system == "hcpcs" and line.code.value[:1] != "D" and case.facts.lacks(line.code, line.service.start)'
    ),
    source="45 CFR 162.1002; HCPCS Level II of CMS, the release of the day of service; 005010X222A1 SV101-2",
    since="2026-11-25",
)
def act_unknown(line: ProfessionalActLine, case: Case) -> Iterator[Fault]:
    """A code that is in no list is paid by nobody.

    What it checks:
        Each code of a letter and four digits stands in the HCPCS Level II release that covers the day of the
        line. Where no complete release covers the day, and for D codes, which CMS does not publish, nothing is
        said.

    Why payers deny:
        The code is looked up before anything else is. One that does not exist is refused on arrival.

    How to fix:
        Look for a slip of the finger, and choose the code by its words.
    """
    code, day = line.code, line.service.start
    if (
        code.system == HCPCS
        and code.value[:1] != "D"
        and case.facts.lacks(code, day)
        and standing(case.facts, code, day) == "never"
    ):
        yield at(code=code.value, date=day.isoformat())


FACTS = CODED

FAILS = (claim_with(acts=(line(code="J9998"),)),)
PASSES = (
    claim_with(acts=(line(code="J1100"),)),
    claim_with(acts=(line(code="D0120"),)),
)
