"""Some pairs no modifier lifts."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import paired
from clinic.domain.words import N_


@edit(
    "NCC-03",
    title=N_("Modifier that does not lift the pair"),
    message=N_(
        "%(code)s is part of %(first)s on line %(other)s; modifier %(modifier)s does not lift this pair, nor "
        "does any other."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.bundled",
    once=True,
    makes_redundant=("GLB-01", "GLB-02"),
    source="NCCI Policy Manual for Medicare Services, chapter I; NCCI PTP edits of the quarter",
    since="2026-11-24",
)
def ncci_lifted(case: Case) -> Iterator[Fault]:
    """Some pairs no modifier lifts.

    What it checks:
        No line of an NCCI pair with modifier indicator 0 carries a modifier that is meant to set the two apart.

    Why payers deny:
        The column-2 code is denied all the same. Modifiers that lift nothing are counted, and many of them make a
        payer ask for records.

    How to fix:
        Take the second act off the claim and the modifier with it.
    """
    for bundle in case.bundled:
        if bundle.rule.indicator == "0" and bundle.lifted_by:
            codes = case.codes
            yield at(
                f"acts[{bundle.second}].code",
                code=codes[bundle.second],
                first=codes[bundle.first],
                other=bundle.first + 1,
                modifier=bundle.lifted_by[0],
            )


FACTS = EXAMPLE_FACTS.ruled_by(paired("80053", "80048", "0"))
FAILS = (claim_with(acts=(line(code="80053"), line(number="2", code="80048", modifiers=("59",)))),)
PASSES = (claim_with(acts=(line(code="80053"),)),)
