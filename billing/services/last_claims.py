"""The claims that left in the last month, on which an edit or a profile is tried before it judges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from billing.domain.canonical import from_json
from billing.domain.claim import Claim
from billing.models import ClaimRecord, Submission, SubmittedClaim
from clinic.base import db

LAST = timedelta(days=31)
"""How far back claims are looked at: a month of work, by the day of service."""

MOST = 5_000
"""Claims that are looked at, the last ones first: more would make the person wait."""

SHOWN = 20
"""Claims that are named afterwards."""


class Left(NamedTuple):
    """A claim as it left, the last time it did."""

    claim_id: int
    snapshot: bytes
    on: date
    """The day on which it left."""

    @property
    def claim(self) -> Claim[Any, Any]:
        """Read when asked for: a month of claims is not held at once."""
        return from_json(self.snapshot)


class LastClaims(NamedTuple):
    """What there is to try on."""

    first: date
    last: date
    claims: tuple[Left, ...]
    more: bool
    """Whether there were more than are looked at."""


def last_claims(practice_id: int, last: date) -> LastClaims:
    """Those whose service began in the month up to a day, in one statement."""
    first = last - LAST
    kept = db.session.execute(
        select(SubmittedClaim.claim_id, SubmittedClaim.snapshot, Submission.at)
        .join(Submission, Submission.id == SubmittedClaim.submission_id)
        .join(
            ClaimRecord,
            (ClaimRecord.practice_id == SubmittedClaim.practice_id) & (ClaimRecord.id == SubmittedClaim.claim_id),
        )
        .where(SubmittedClaim.practice_id == practice_id, ClaimRecord.service_on.between(first, last))
        .order_by(SubmittedClaim.id.desc())
        .limit(MOST + 1)
    ).all()
    found: dict[int, Left] = {}
    for claim_id, snapshot, at in kept[:MOST]:
        if claim_id not in found:
            found[claim_id] = Left(claim_id, snapshot, at.date())
    return LastClaims(first, last, tuple(found.values()), len(kept) > MOST)
