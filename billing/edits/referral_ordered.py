"""Tests and pictures are ordered by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.code import CPT, NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_

_WITHOUT_ORDER = frozenset({"77063", "77067"})
"""Screening mammography: a woman may come by herself (42 CFR 410.34)."""


@edit(
    "REF-02",
    title=N_("Test or picture for Medicare without who ordered it"),
    message=N_("%(code)s was ordered by somebody; Medicare wants that name and NPI."),
    severity="warn",
    scope="claim",
    fields=("part.referring",),
    when="claim.part.referring is None",
    payers=("medicare_b",),
    source="42 CFR 424.507; Medicare Claims Processing Manual, chapter 26, section 10.4, item 17",
    since="2026-11-24",
)
def referral_ordered(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Tests and pictures are ordered by somebody.

    What it checks:
        A claim to Medicare Part B with imaging or laboratory codes (70010 to 89398) names who referred or
        ordered, even where that is the one who did it. Screening mammography needs nobody's order.

    Why payers deny:
        Medicare pays tests and imaging only on the order of a provider who is enrolled or has opted out, and
        returns claims that name none.

    How to fix:
        Enter who ordered it as the referring provider. In one's own office that is often the treating
        provider.
    """
    if claim.part.referring is None:
        for act in claim.acts:
            code = act.code
            if code.system == CPT and "70010" <= code.value <= "89398" and code.value not in _WITHOUT_ORDER:
                yield at(code=code.value)
                return


_LIND = Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1987654328"))

FAILS = (claim_with(**MEDICARE, acts=(line(code="80053"),)),)
PASSES = (claim_with(**MEDICARE, acts=(line(code="80053"),), referring=_LIND), claim_with(acts=(line(code="80053"),)))
