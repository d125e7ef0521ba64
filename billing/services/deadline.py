"""By when a payer must have a claim: its last day of service and what the payer's profile allows after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from billing.coding.wording import claim_text
from billing.domain.claim import Claim
from billing.payers import BUILT_IN, Profiles


def due_on(claim: Claim[Any, Any] | None, profiles: Profiles = BUILT_IN) -> str | None:
    """The last day on which the payer takes the claim, as an ISO date.

    None for what is not a claim yet, where the payer's profile sets no limit, and for a replacement, a void or a
    second payer's claim: the limit of a profile is that of an original claim to the first payer (see edit DAT-04).
    """
    if claim is None or claim.frequency != "1" or claim.coverage.rank != "P":
        return None
    days = profiles.for_claim(claim).filing_limit_days
    last = max((act.service.last for act in claim.acts), default=None)
    return None if days is None or last is None else (last + timedelta(days=days)).isoformat()


def due_by_payer(on: date, number: str | None, filing: str, profiles: Profiles = BUILT_IN) -> date | None:
    """The last day on which the payer with that number, else the filing indicator, takes a day's services.

    The same for a visit that no claim bills yet, by the policy that pays first.
    """
    days = profiles.of(claim_text(number or ""), filing).filing_limit_days
    return None if days is None else on + timedelta(days=days)
