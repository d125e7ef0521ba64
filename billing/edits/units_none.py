"""A limit of none says that the act is not paid here at all."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import limited
from clinic.domain.words import N_


@edit(
    "MUE-04",
    title=N_("Act with a limit of no units"),
    message=N_("%(code)s is not paid in this setting: its limit is no units."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.excess",
    once=True,
    source="NCCI Policy Manual for Medicare Services, chapter I, section V; MUE table of the quarter",
    since="2026-11-24",
)
def units_none(case: Case) -> Iterator[Fault]:
    """A limit of none says that the act is not paid here at all.

    What it checks:
        No line has a code whose medically unlikely edit is 0 units.

    Why payers deny:
        A limit of 0 stands at codes that are not billed in this setting, or that Medicare does not cover. Each unit
        is one too many.

    How to fix:
        Look for the code that this payer takes for it. If it is right for a payer that is not Medicare, keep it and
        say why.
    """
    for excess in case.excess:
        if not excess.limit.units:
            yield at(f"acts[{excess.line}].code", code=case.codes[excess.line])


FACTS = EXAMPLE_FACTS.ruled_by(limited("A4206", 0, "3"))
FAILS = (claim_with(acts=(line(code="A4206"),)),)
PASSES = (claim_with(acts=(line(code="J1100"),)),)
