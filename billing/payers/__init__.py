"""Payer profiles: what each payer expects of a claim, one value a file, found by themselves."""

from billing.payers.own import BUILT_IN, Off, OwnProfile, Profiles
from billing.payers.profile import PayerProfile
from billing.payers.registry import PROFILES, profile_for, profile_of

__all__ = ["BUILT_IN", "PROFILES", "Off", "OwnProfile", "PayerProfile", "Profiles", "profile_for", "profile_of"]
