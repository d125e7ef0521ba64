"""For laboratory tests Medicare's price is the whole price."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.code import CPT, NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "MCR-07",
    title=N_("Laboratory test for Medicare without assignment"),
    message=N_("%(code)s is a laboratory test; Medicare pays it only to who accepts assignment."),
    severity="warn",
    scope="claim",
    fields=("part.assignment",),
    when='claim.part.assignment == "C"',
    payers=("medicare_b",),
    source=(
        "42 U.S.C. 1395l(h)(5)(C); Medicare Claims Processing Manual, chapter 16, section 30.1; "
        "005010X222A1 CLM07 (A or B)"
    ),
    since="2026-11-25",
)
def medicare_laboratory(claim: ProfessionalClaim) -> Iterator[Fault]:
    """For laboratory tests Medicare's price is the whole price.

    What it checks:
        A claim to Medicare Part B with laboratory tests (80047 to 87999) accepts assignment: A, or B for the
        tests alone.

    Why payers deny:
        A claim for tests without assignment is denied or returned.

    How to fix:
        Set assignment to A, or to B where only the tests are meant.
    """
    if claim.part.assignment == "C":
        for act in claim.acts:
            code = act.code
            if (
                code.system == CPT
                and len(code.value) == 5
                and code.value.isdecimal()
                and "80047" <= code.value <= "87999"
            ):
                yield at(code=code.value)
                return


FAILS = (
    claim_with(
        **MEDICARE,
        assignment="C",
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
        acts=(line(code="80053"),),
    ),
)
PASSES = (
    claim_with(
        **MEDICARE,
        assignment="B",
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
        acts=(line(code="80053"),),
    ),
    claim_with(**MEDICARE, assignment="C"),
)
