"""Nothing is billed before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DAT-01",
    title=N_("Service in the future"),
    message=N_("The service on %(date)s lies after %(today)s, the day of the claim."),
    severity="block",
    scope="line",
    fields=("acts[].service",),
    when="line.service.start > case.on or (line.service.end is not None and line.service.end > case.on)",
    kinds=("professional",),
    source="005010X222A1 2400 DTP*472",
    since="2026-11-24",
)
def date_future(line: AnyAct, case: Case) -> Iterator[Fault]:
    """A service is billed after it was done.

    What it checks:
        No line begins or ends after the day on which the claim is judged.

    Why payers deny:
        A claim for something not yet done states what is false, and is refused.

    How to fix:
        Correct the date, often the year. If the service is planned, wait until it was done.
    """
    if line.service.last > case.on or line.service.start > case.on:
        yield at(date=max(line.service.last, line.service.start).isoformat(), today=case.on.isoformat())


FAILS = (claim_with(acts=(line(service=Period(date(2026, 3, 10))),)),)
PASSES = (claim_with(acts=(line(service=Period(date(2026, 3, 9))),)),)
