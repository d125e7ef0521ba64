"""Whether a patient is new or established: whom of the practice they have seen within three years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from billing.coding.level.documented import PatientKind
from clinic.domain.value import Value

YEARS = 3


class Seen(Value, frozen=True, kw_only=True):
    """An earlier day on which somebody of the practice saw the patient."""

    on: date
    provider_id: int
    taxonomy: str | None = None
    """Specialty, as the NUCC code of the provider."""
    name: str | None = None


def since(on: date) -> date:
    """The first day that is within three years of a day of service."""
    leap = on.month == 2 and on.day == 29
    return date(on.year - YEARS, on.month, 28 if leap else on.day)


def kind_of(
    provider_id: int | None, taxonomy: str | None, on: date, before: Iterable[Seen]
) -> tuple[PatientKind, Seen | None]:
    """New or established to a provider on a day, and the last time that makes it so.

    Same provider, or same specialty of the same group: 42 CFR 410.20, Medicare Claims Processing Manual chapter 12,
    section 30.6.7.A. Where specialties are not known, only the same provider counts.
    """
    counts = [
        each
        for each in before
        if since(on) <= each.on < on
        and (each.provider_id == provider_id or (taxonomy is not None and each.taxonomy == taxonomy))
    ]
    last = max(counts, key=lambda each: each.on, default=None)
    return ("established" if last else "new"), last
