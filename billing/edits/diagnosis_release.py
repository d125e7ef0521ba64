"""No loaded release covers the day of service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DIA-06",
    title=N_("No loaded release covers the day"),
    message=N_("No loaded release covers %(date)s. The diagnoses were judged by the nearest one: %(release)s."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses",),
    when="case.doubtful",
    kinds=("professional", "dental"),
    source="45 CFR 162.1002; releases of ICD-10-CM hold from 1 October, some from 1 April",
    since="2026-11-24",
)
def diagnosis_release(case: Case) -> Iterator[Fault]:
    """A diagnosis is judged by the release of its day, if that is loaded.

    What it checks:
        A loaded release covers the first day of service.

    Why payers deny:
        They do not deny for this. But what is judged by another year's release may be a code that was changed since,
        and nobody here has seen it.

    How to fix:
        Load the release of that year with "flask codes load". If the day of service is a slip, correct it.
    """
    for status in case.judged:
        if status.release and not status.covered:
            yield at(date=f"{case.day}", release=status.release)
            return


FACTS = EXAMPLE_FACTS.judged_on(date(2025, 10, 6))
FAILS = (claim_with(acts=(line(service=Period(date(2025, 9, 30))),)),)
PASSES = (claim_with(acts=(line(service=Period(date(2025, 10, 1))),)),)
