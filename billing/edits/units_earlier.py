"""The limit of a day counts earlier claims too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import limited
from billing.edits.facts import AnyClaim
from billing.edits.units import counted, together
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "MUE-05",
    title=N_("Units that pass a day's limit with an earlier claim"),
    message=N_("With claim %(claim)s, %(date)s has %(units)s units of %(code)s; the limit of a day is %(limit)s."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].quantity"),
    when='claim.frequency == "1" and case.earlier',
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I, section V; MUE table of the quarter: units of "
        "a day are added over all claims"
    ),
    since="2026-11-24",
)
def units_earlier(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The limit of a day counts earlier claims too.

    What it checks:
        The units of a code, with those on earlier claims of the same patient, day and provider, are not more than
        its medically unlikely edit by day (adjudication indicators 2 and 3).

    Why payers deny:
        Payers add the units of all claims of the day. What comes second is denied.

    How to fix:
        If the earlier claim bills the same act, do not send it again. If it was done again, have the record ready.
    """
    if claim.frequency != "1" or not case.ruled.limits:
        return
    for index, (act, limit) in enumerate(zip(claim.acts, case.ruled.limits, strict=True)):
        if limit is None or limit.indicator == "1" or not limit.units:
            continue
        own, before, number = together(claim, act, case.earlier)
        if before and own <= limit.units < own + before:
            yield at(
                f"acts[{index}].quantity",
                claim=number,
                date=act.service.start.isoformat(),
                units=counted(own + before),
                code=act.code.value,
                limit=limit.units,
            )


_BEFORE = claim_with(number="A0900", acts=(line(code="93000", charge=Money(9000)),))

FACTS = EXAMPLE_FACTS.ruled_by(limited("93000", 1, "3")).knowing(_BEFORE)
FAILS = (claim_with(acts=(line(code="93000"),)),)
PASSES = (claim_with(acts=(line(code="93000", service=Period(date(2026, 3, 3))),)),)
