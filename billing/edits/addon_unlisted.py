"""Some add-ons have listed primaries, and others that a contractor may take."""

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
    "ADD-03",
    title=N_("Add-on beside an act that is not listed"),
    message=N_(
        "%(code)s is listed beside %(primaries)s; whether the payer takes it beside what is billed here, its "
        "contractor says."
    ),
    severity="advise",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.ruled.addons",
    once=True,
    source=("NCCI Policy Manual for Medicare Services, chapter I, section R; add-on code edits of the quarter, type 3"),
    since="2026-11-24",
)
def addon_unlisted(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Some add-ons have listed primaries, and others that a contractor may take.

    What it checks:
        Each add-on code of type 3 has one of its listed primary codes beside it, same patient, day and provider.

    Why payers deny:
        A contractor may pay it beside another act, and may not.

    How to fix:
        Look the add-on up at the contractor, or choose the listed primary if that is what was done.
    """
    for addon in lonely(claim, case):
        if addon.rule.kind == "3" and not addon.nothing and not addon.other_day and addon.rule.primaries:
            yield at(f"acts[{addon.line}].code", code=case.codes[addon.line], primaries=named(addon.rule))


FACTS = EXAMPLE_FACTS.ruled_by(added("22840", "3", "22800"))
FAILS = (claim_with(acts=(line(code="22612"), line(number="2", code="22840"))),)
PASSES = (claim_with(acts=(line(code="22800"), line(number="2", code="22840"))),)
