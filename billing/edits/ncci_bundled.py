"""What is part of another act is not paid beside it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import paired
from clinic.domain.words import N_


@edit(
    "NCC-01",
    title=N_("Act that is part of another"),
    message=N_("%(code)s is part of %(first)s on line %(other)s; no modifier lets both be paid."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.bundled",
    once=True,
    makes_redundant=("GLB-01", "GLB-02"),
    source="NCCI Policy Manual for Medicare Services, chapter I; NCCI PTP edits of the quarter",
    since="2026-11-24",
)
def ncci_bundled(case: Case) -> Iterator[Fault]:
    """What is part of another act is not paid beside it.

    What it checks:
        No line has a column-2 code of an NCCI pair with modifier indicator 0 whose column-1 code stands on another
        line of the same day and provider. The pair is judged by its own days.

    Why payers deny:
        Medicare, Medicaid and most others pay the column-1 code and deny the other. No modifier and no appeal
        changes that.

    How to fix:
        Take the second act off the claim; the patient may not be asked to pay for it. If the codes are wrong,
        correct them.
    """
    for bundle in case.bundled:
        if bundle.rule.indicator == "0" and not bundle.lifted_by:
            codes = case.codes
            yield at(
                f"acts[{bundle.second}].code",
                code=codes[bundle.second],
                first=codes[bundle.first],
                other=bundle.first + 1,
            )


_BOTH = (line(code="80053"), line(number="2", code="80048"))

FACTS = EXAMPLE_FACTS.ruled_by(paired("80053", "80048", "0"))
FAILS = (claim_with(acts=_BOTH),)
PASSES = (claim_with(acts=(line(code="80053"), line(number="2", code="80061"))),)
