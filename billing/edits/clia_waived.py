"""With a certificate of waiver, each waived test says that it is one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.waived import WAIVED
from clinic.domain.code import CLIA, Identifier
from clinic.domain.words import N_


@edit(
    "CLI-03",
    title=N_("Waived test without modifier QW"),
    message=N_("%(code)s is a waived test and has no modifier QW, while another test of the claim has it."),
    severity="warn",
    scope="line",
    trigger_codes=WAIVED,
    fields=("acts[].part.modifiers",),
    when=('"QW" not in line.part.modifiers and claim.authority is not None and claim.authority.clia is not None'),
    source="Medicare Claims Processing Manual, chapter 16, section 70.8; CMS list of waived tests",
    since="2026-11-24",
)
def clia_waived(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """With a certificate of waiver, each waived test says that it is one.

    What it checks:
        Where a test of the claim has modifier QW, each other test that is waived in some form has it too, except
        for the nine that are waived by their code.

    Why payers deny:
        The certificate allows waived tests alone. A test without QW is taken for one that the laboratory may not
        do.

    How to fix:
        If the kit that was used is on the list of waived tests, add QW. If it is not, the laboratory needs another
        certificate for it.
    """
    if (
        line.code.value in WAIVED
        and "QW" not in line.part.modifiers
        and claim.authority is not None
        and claim.authority.clia is not None
        and any("QW" in act.part.modifiers for act in claim.acts)
    ):
        yield at(code=line.code.value)


_LAB = Authority(clia=Identifier(CLIA, "22D0123456"))
_STREP = line(code="87880", modifiers=("QW",))

FAILS = (claim_with(authority=_LAB, acts=(_STREP, line(number="2", code="87804"))),)
PASSES = (
    claim_with(authority=_LAB, acts=(_STREP, line(number="2", code="87804", modifiers=("QW",)))),
    claim_with(authority=_LAB, acts=(_STREP, line(number="2", code="81025"))),
)
