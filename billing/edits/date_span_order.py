"""Admission comes before discharge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import DAY, claim_with
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DAT-07",
    title=N_("Stay or absence that ends before it begins"),
    message=N_("It begins on %(start)s and ends on %(end)s."),
    severity="block",
    scope="claim",
    fields=("part.hospital.end", "part.unable_to_work.end"),
    when="claim.part.hospital is not None or claim.part.unable_to_work is not None",
    source="005010X222A1 2300 DTP*435, DTP*096 and DTP*314; CMS-1500 boxes 16 and 18",
    since="2026-11-24",
)
def date_span_order(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Admission comes before discharge.

    What it checks:
        The hospital stay and the time unable to work do not end before they begin.

    Why payers deny:
        A span that runs backwards is refused by the first program that reads it.

    How to fix:
        Correct the one of the two dates that was mistyped, or leave the end out while it lasts.
    """
    spans = (("part.hospital", claim.part.hospital), ("part.unable_to_work", claim.part.unable_to_work))
    for field, span in spans:
        if span is not None and span.end is not None and span.end < span.start:
            yield at(f"{field}.end", start=span.start.isoformat(), end=span.end.isoformat())


FAILS = (claim_with(hospital=Period(date(2026, 3, 2), date(2026, 2, 28))),)
PASSES = (claim_with(hospital=Period(date(2026, 2, 28), date(2026, 3, 2))), claim_with(unable_to_work=Period(DAY)))
