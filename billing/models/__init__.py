"""Billing's tables."""

from billing.models.claim import ClaimRecord, ClaimTask, ClaimVisit
from billing.models.foreign_claim import ForeignClaim
from billing.models.own_edit import OwnEdit
from billing.models.payer_profile import OwnPayerProfile
from billing.models.question import ClaimQuestion
from billing.models.routes import Clearinghouse, Enrolment, PayerRoute
from billing.models.submission import Submission, SubmittedClaim
from billing.models.suggestion import SuggestionMemory

__all__ = [
    "ClaimQuestion",
    "ClaimRecord",
    "ClaimTask",
    "ClaimVisit",
    "Clearinghouse",
    "Enrolment",
    "ForeignClaim",
    "OwnEdit",
    "OwnPayerProfile",
    "PayerRoute",
    "Submission",
    "SubmittedClaim",
    "SuggestionMemory",
]
