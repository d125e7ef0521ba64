"""An add-on needs the act it is added to."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.addons import lonely, named
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import added
from clinic.domain.words import N_


@edit(
    "ADD-01",
    title=N_("Add-on without its primary act"),
    message=N_("%(code)s is paid only beside %(primaries)s, and none of them is billed on that day."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.ruled.addons",
    once=True,
    makes_redundant=("ADD-02",),
    source=("NCCI Policy Manual for Medicare Services, chapter I, section R; add-on code edits of the quarter, type 1"),
    since="2026-11-24",
)
def addon_alone(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """An add-on needs the act it is added to.

    What it checks:
        Each add-on code of type 1 has one of its listed primary codes beside it: same patient, day and provider, on
        this claim or an earlier one.

    Why payers deny:
        An add-on is never paid without its primary. Where the primary is denied, the add-on is denied too.

    How to fix:
        Add the primary act if it was done, or choose the code that can stand alone.
    """
    for addon in lonely(claim, case):
        if addon.rule.kind == "1" and not addon.other_day:
            yield at(f"acts[{addon.line}].code", code=case.codes[addon.line], primaries=named(addon.rule))


FACTS = EXAMPLE_FACTS.ruled_by(added("11103", "1", "11102", "11104"))
FAILS = (claim_with(acts=(line(code="11103"),)),)
PASSES = (claim_with(acts=(line(code="11102"), line(number="2", code="11103"))),)
