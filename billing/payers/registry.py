"""The profiles there are, and which of them answers for a claim."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from billing import payers as package
from billing.domain.claim import Claim
from billing.payers.profile import PayerProfile

DEFAULT = "commercial"
"""Who answers for a payer nobody described."""

_MACHINERY = {"own", "profile", "registry"}


def _scan() -> dict[str, PayerProfile]:
    found: dict[str, PayerProfile] = {}
    for module in sorted(iter_modules(package.__path__), key=lambda each: each.name):
        if module.name in _MACHINERY:
            continue
        profile = import_module(f"billing.payers.{module.name}").PROFILE
        if profile.key != module.name:
            raise ValueError(f"billing/payers/{module.name}.py holds a profile called {profile.key}")
        found[profile.key] = profile
    return found


def _by(profiles: dict[str, PayerProfile], what: str) -> dict[str, PayerProfile]:
    """Profiles by one of their tuples.

    Raises:
        ValueError: two profiles answer for the same thing, so that chance would choose.
    """
    found: dict[str, PayerProfile] = {}
    for profile in profiles.values():
        for value in getattr(profile, what):
            if value in found:
                raise ValueError(f"payers {found[value].key} and {profile.key} both answer for {what} {value}")
            found[value] = profile
    return found


_found = _scan()
PROFILES = MappingProxyType(_found)
_BY_IDENTIFIER = _by(_found, "identifiers")
_BY_FILING = _by(_found, "filings")
_DEFAULT = _found[DEFAULT]


def profile_for(claim: Claim[Any, Any]) -> PayerProfile:
    """The profile of the payer billed: by its number, else by the claim filing indicator, else commercial."""
    return profile_of(claim.coverage.payer.identifier.value, claim.coverage.filing)


def profile_of(number: str | None, filing: str) -> PayerProfile:
    """The profile that answers for a payer's number and a policy's filing indicator."""
    return _BY_IDENTIFIER.get(number or "") or _BY_FILING.get(filing) or _DEFAULT
