"""Pairs are not paid together on two claims either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import lifting, same_provider
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import paired
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "NCC-05",
    title=N_("Act that is part of one billed before"),
    message=N_("%(code)s and %(first)s on claim %(claim)s of the same day are not paid together."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when='claim.frequency == "1" and case.earlier',
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I; NCCI PTP edits of the quarter; payers compare "
        "with all claims of the day"
    ),
    since="2026-11-24",
)
def ncci_earlier(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Pairs are not paid together on two claims either.

    What it checks:
        No line is one of an NCCI pair whose other code stands on an earlier claim of the same patient, day and
        provider, unless an NCCI modifier on either line lifts the pair.

    Why payers deny:
        Payers compare a claim with those they have already. The column-2 code is denied, or what was paid for it is
        taken back.

    How to fix:
        If they were apart, add the modifier that says so. If they were one, do not send the part; where the part
        was paid before, replace that claim.
    """
    if claim.frequency != "1":
        return
    for other in case.earlier:
        if other.frequency == "8" or other.number == claim.number:
            continue
        for index, act in enumerate(claim.acts):
            day = act.service.start
            tables = case.tables(day)
            if tables is None or tables.pairs is None:
                continue
            for before in other.acts:
                if before.service.start != day or not same_provider(claim, act, other, before):
                    continue
                for _, _, rule in tables.pairs.among((act.code.value, before.code.value)):
                    if rule.holds(day) and not (rule.indicator == "1" and lifting(act, before)):
                        yield at(
                            f"acts[{index}].code", code=act.code.value, first=before.code.value, claim=other.number
                        )


_BEFORE = claim_with(number="A0900", acts=(line(code="20610"),))

FACTS = EXAMPLE_FACTS.ruled_by(paired("20610", "99213", "1")).knowing(_BEFORE)
FAILS = (claim_with(),)
PASSES = (
    claim_with(acts=(line(modifiers=("25",)),)),
    claim_with(acts=(line(service=Period(date(2026, 3, 3))),)),
)
