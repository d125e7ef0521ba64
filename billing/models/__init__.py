"""Billing's tables."""

from billing.models.claim import ClaimRecord, ClaimVisit
from billing.models.submission import Submission, SubmittedClaim

__all__ = ["ClaimRecord", "ClaimVisit", "Submission", "SubmittedClaim"]
