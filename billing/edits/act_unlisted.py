"""CPT changes every January."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.exampleworlds import CODED
from clinic.domain.code import CPT
from clinic.domain.words import N_


@edit(
    "HCP-04",
    title=N_("Act code that the loaded list does not have"),
    message=N_("%(code)s is not in the loaded CPT list, which covers %(date)s."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when=('case.day is not None and (case.facts.judges("cpt", case.day) or case.facts.judges("cpt", case.last_day))'),
    source=("45 CFR 162.1002; the CPT list that the practice has loaded under its licence; 005010X222A1 SV101-2"),
    since="2026-11-25",
)
def act_unlisted(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """CPT changes every January.

    What it checks:
        Where a complete CPT list is loaded that covers the first or the last day of service and the day of the
        line, each code of CPT stands in it. Without such a list nothing is said.

    Why payers deny:
        A code that has ended, or does not hold yet, is refused on arrival. There is no time of grace after 1
        January.

    How to fix:
        Choose the code that holds on the day of service. If the code is right, the list that was loaded is not
        complete: load it anew.
    """
    if not any(case.facts.judges(CPT, day) for day in (case.day, case.last_day) if day is not None):
        return
    for index, act in enumerate(claim.acts):
        day = act.service.start
        if act.code.system == CPT and case.facts.lacks(act.code, day):
            yield at(f"acts[{index}].code", code=act.code.value, date=day.isoformat())


FACTS = CODED

FAILS = (claim_with(acts=(line(code="99441"),)),)
PASSES = (
    claim_with(),
    claim_with(acts=(line(code="20610"),)),
)
