"""Billing's tables."""

from billing.models.claim import ClaimRecord, ClaimTask, ClaimVisit
from billing.models.foreign_claim import ForeignClaim
from billing.models.own_edit import OwnEdit
from billing.models.routes import Clearinghouse, Enrolment, PayerRoute
from billing.models.submission import Submission, SubmittedClaim

__all__ = [
    "ClaimRecord",
    "ClaimTask",
    "ClaimVisit",
    "Clearinghouse",
    "Enrolment",
    "ForeignClaim",
    "OwnEdit",
    "PayerRoute",
    "Submission",
    "SubmittedClaim",
]
