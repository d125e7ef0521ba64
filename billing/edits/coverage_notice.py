"""A patient owes what Medicare does not pay only after a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, claim_with, line
from billing.edits.exampletables import covering
from billing.payers import PROFILES, profile_for
from clinic.domain.code import NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "COV-06",
    title=N_("No notice on a line that Medicare will not pay"),
    message=N_(
        "By policy %(policy)s Medicare will not pay %(code)s, and the line does not say whether the patient had a "
        "notice: if not, the patient does not owe it."
    ),
    severity="advise",
    scope="claim",
    fields=(
        "acts",
        "acts[].part.modifiers",
    ),
    when="case.ruled.covered and case.uncovered",
    payers=("medicare_b",),
    source=("42 U.S.C. 1395pp; 42 CFR 411.404; Medicare Claims Processing Manual, chapter 30"),
    since="2026-11-25",
)
def coverage_notice(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A patient owes what Medicare does not pay only after a notice.

    What it checks:
        A line to Medicare Part B that the policies do not support, or that comes too often, says by GA or GZ whether
        the patient was told before the act.

    Why payers deny:
        Without GA the loss is the practice's: the patient was not told and may not be billed.

    How to fix:
        If a notice was signed before the act, add GA. If none was, add GZ, and do not bill the patient. A notice that
        is signed afterwards counts for nothing.
    """
    for each in case.uncovered:
        act = claim.acts[each.line]
        support = each.support
        if support and support.why is not None:
            # what is no benefit at all needs no notice
            rule = support.rule if support.why != "excluded" else None
        else:
            too = each.on_claim or each.with_earlier
            rule = too.rule if too is not None else None
        if rule is not None:
            yield at(f"acts[{each.line}].part.modifiers", code=act.code.value, policy=rule.policy)


_MEDICARE = msgspec.structs.replace(PROFILES["medicare_b"], off=("COV-01",))
"""Of a practice that has switched off what this edit is told beside."""

FACTS = replace(
    EXAMPLE_FACTS.ruled_by(covering("83036", supports="E08-E13")),
    profile_for=lambda claim: _MEDICARE if claim.coverage.filing == "MB" else profile_for(claim),
)
_ORDERED = Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1987654328"))
FAILS = (claim_with(**MEDICARE, referring=_ORDERED, acts=(line(code="83036"),)),)
PASSES = (
    claim_with(**MEDICARE, referring=_ORDERED, acts=(line(code="83036", modifiers=("GZ",)),)),
    claim_with(**MEDICARE, referring=_ORDERED, acts=(line(code="80053"),)),
)
