"""Medicare knows visits by video under the codes of visits in person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.words import N_

_CODES = frozenset({str(code) for code in range(98000, 98016)})


@edit(
    "TEL-03",
    title=N_("Telehealth code that Medicare does not pay"),
    message=N_("Medicare does not pay %(code)s; the visit is billed with the code of a visit in person."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    payers=("medicare_b",),
    trigger_codes=_CODES,
    source="CY 2025 Physician Fee Schedule final rule (89 FR 97710): 98000 to 98015 have status I",
    since="2026-11-25",
)
def telehealth_medicare(line: AnyAct) -> Iterator[Fault]:
    """Medicare knows visits by video under the codes of visits in person.

    What it checks:
        No claim to Medicare Part B for days from 2025 on has a code of 98000 to 98015.

    Why payers deny:
        Their status in the fee schedule is that Medicare uses other codes. The line is denied.

    How to fix:
        Bill the office visit of that level at place 10 or 02, with modifier 93 where there was no picture.
    """
    if line.code.value in _CODES and line.service.start >= date(2025, 1, 1):
        yield at(code=line.code.value)


FAILS = (claim_with(**MEDICARE, place="10", acts=(line(code="98005"),)),)
PASSES = (
    claim_with(**MEDICARE, place="10"),
    claim_with(place="10", acts=(line(code="98005"),)),
)
