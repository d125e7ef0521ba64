"""Payer profiles: what each payer expects of a claim, one value a file, found by themselves."""

from billing.payers.profile import PayerProfile
from billing.payers.registry import PROFILES, profile_for, profile_of

__all__ = ["PROFILES", "PayerProfile", "profile_for", "profile_of"]
