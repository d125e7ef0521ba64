"""By when a payer must have a claim: its last day of service and what the payer's profile allows after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from billing.domain.claim import Claim
from billing.payers import profile_for, profile_of
from clinic.models import Coverage


def due_on(claim: Claim[Any, Any] | None) -> str | None:
    """The last day on which the payer takes the claim, as an ISO date.

    None for what is not a claim yet, where the payer's profile sets no limit, and for a replacement, a void or a
    second payer's claim: the limit of a profile is that of an original claim to the first payer (see edit DAT-04).
    """
    if claim is None or claim.frequency != "1" or claim.coverage.rank != "P":
        return None
    days = profile_for(claim).filing_limit_days
    last = max((act.service.last for act in claim.acts), default=None)
    return None if days is None or last is None else (last + timedelta(days=days)).isoformat()


def due_of_visit(on: date, policy: Coverage | None) -> date | None:
    """The same for a visit that no claim bills yet, by the policy that pays first; None where it has none."""
    return None if policy is None else due_by_payer(on, policy.payer.payer_number, policy.filing)


def due_by_payer(on: date, number: str | None, filing: str) -> date | None:
    """The last day on which the payer with that number, else the filing indicator, takes a day's services."""
    days = profile_of(number, filing).filing_limit_days
    return None if days is None else on + timedelta(days=days)
