"""A service ends after it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DAT-02",
    title=N_("Service that ends before it begins"),
    message=N_("The service begins on %(start)s and ends on %(end)s."),
    severity="block",
    scope="line",
    fields=("acts[].service.end",),
    when="line.service.end is not None and line.service.end < line.service.start",
    kinds=("professional", "dental"),
    source="005010X222A1 2400 DTP*472 RD8; CMS-1500 box 24A",
    since="2026-11-24",
)
def date_order(line: AnyAct) -> Iterator[Fault]:
    """From comes before to.

    What it checks:
        The last day of a line is not before its first.

    Why payers deny:
        A span that runs backwards is refused by the first program that reads it.

    How to fix:
        Correct the one of the two dates that was mistyped, or leave the end out for a single day.
    """
    service = line.service
    if service.end is not None and service.end < service.start:
        yield at(start=service.start.isoformat(), end=service.end.isoformat())


FAILS = (claim_with(acts=(line(service=Period(date(2026, 3, 2), date(2026, 3, 1))),)),)
PASSES = (claim_with(acts=(line(code="97110", service=Period(date(2026, 3, 1), date(2026, 3, 2))),)),)
