"""An add-on is not one of several acts."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import added
from clinic.domain.words import N_


@edit(
    "ADD-05",
    title=N_("Add-on with modifier 51"),
    message=N_("%(code)s is an add-on and has modifier 51; add-ons are never reduced as one of several acts."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].part.modifiers"),
    when="case.ruled.addons",
    once=True,
    source="CPT, Appendix D; Medicare Claims Processing Manual, chapter 12, section 40.6",
    since="2026-11-24",
)
def addon_reduced(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """An add-on is not one of several acts.

    What it checks:
        No line with an add-on code has modifier 51.

    Why payers deny:
        The fee of an add-on is made for standing beside its primary. With modifier 51 it is paid at half, or
        refused as a wrong modifier.

    How to fix:
        Take modifier 51 off the line.
    """
    for index in case.ruled.addons:
        if "51" in claim.acts[index].part.modifiers:
            yield at(f"acts[{index}].part.modifiers", code=case.codes[index])


_PRIMARY = line(code="11102")

FACTS = EXAMPLE_FACTS.ruled_by(added("11103", "1", "11102"))
FAILS = (claim_with(acts=(_PRIMARY, line(number="2", code="11103", modifiers=("51",)))),)
PASSES = (claim_with(acts=(_PRIMARY, line(number="2", code="11103"))),)
