"""Profiles a practice gives its payers itself: each begins from one of the files here and says more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from billing.domain.claim import Claim
from billing.payers.profile import Form, PayerProfile
from billing.payers.registry import DEFAULT, PROFILES, profile_of
from clinic.domain.value import Value


class Off(Value, frozen=True):
    """An edit that is not to hold, and why: nobody can tell later otherwise."""

    code: str
    reason: str


class OwnProfile(Value, frozen=True, kw_only=True):
    """What a practice says of a payer or a group of payers. What is said by a file's profile too means the same."""

    name: str
    base: str
    """The file it began from: edits that are made for that payer hold."""
    form: Form
    identifiers: tuple[str, ...] = ()
    filings: tuple[str, ...] = ()
    filing_limit_days: int | None = None
    filing_limit_reason: str | None = None
    """Where the limit stands: the contract, the payer's manual."""
    off: tuple[Off, ...] = ()
    on: tuple[str, ...] = ()
    authorization_codes: tuple[str, ...] = ()
    needs_referral: bool = False
    needs_taxonomy: bool = False
    most_acts: int | None = None
    refuses_replacements: bool = False


SAME = (
    "form",
    "filing_limit_days",
    "authorization_codes",
    "needs_referral",
    "needs_taxonomy",
    "most_acts",
    "refuses_replacements",
)
"""What both kinds of profile say under one name."""


def base_of(key: str) -> PayerProfile:
    """The file's profile of a name; the commercial one where this release has no such file any more."""
    return PROFILES.get(key) or PROFILES[DEFAULT]


def begun_from(base: PayerProfile, *, name: str = "", identifiers: tuple[str, ...] = ()) -> OwnProfile:
    """A profile that asks for what the file's asks. It answers for nobody yet but these numbers."""
    return OwnProfile(name=name, base=base.key, identifiers=identifiers, **{each: getattr(base, each) for each in SAME})


def as_profile(own: OwnProfile, locked: Collection[str] = ()) -> PayerProfile:
    """It as claims are judged by it. ``locked`` are edits that hold whatever it says (law 6: those that block)."""
    base = base_of(own.base)
    off = {*base.off, *(each.code for each in own.off if each.code not in locked)}
    return PayerProfile(
        key=base.key,
        name=own.name,
        identifiers=own.identifiers,
        filings=own.filings,
        off=tuple(sorted(off - set(own.on))),
        on=tuple(sorted({*base.on, *own.on})),
        **{each: getattr(own, each) for each in SAME},
    )


class Profiles:
    """Who answers for a payer: a practice's own profiles, before those of the files."""

    __slots__ = ("_by_filing", "_by_number", "own")

    def __init__(self, own: Iterable[PayerProfile] = (), called: Mapping[str, str] | None = None) -> None:
        """``called`` gives, for a number that a clearinghouse has for a payer, the payer's own."""
        self.own = tuple(own)
        self._by_number = {number: each for each in self.own for number in each.identifiers}
        self._by_filing = {filing: each for each in self.own for filing in each.filings}
        for there, here in (called or {}).items():
            if here in self._by_number:
                self._by_number.setdefault(there, self._by_number[here])

    def of(self, number: str | None, filing: str) -> PayerProfile:
        """The profile of a payer's number and a policy's filing indicator: by number first."""
        own = self._by_number.get(number or "") or self._by_filing.get(filing)
        return own or profile_of(number, filing)

    def for_claim(self, claim: Claim[Any, Any]) -> PayerProfile:
        """The profile of the payer billed."""
        return self.of(claim.coverage.payer.identifier.value, claim.coverage.filing)


BUILT_IN = Profiles()
"""Those of the files alone."""
