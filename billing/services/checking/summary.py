"""What a check found, in numbers: by family, with the money that waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from billing.domain.claim import Claim
from billing.edits.families import family_of
from billing.services.checking.told import Told
from clinic.domain.finding import SEVERITIES, Severity

_Key = TypeVar("_Key", bound=str)

Cents = dict[str, int]
"""Minor units by currency."""


class Family(msgspec.Struct):
    """One family's findings."""

    findings: dict[Severity, int] = {}
    claims: int = 0
    """Claims with at least one of them."""
    at_risk: Cents = {}
    """What those claims ask for, where one of the findings blocks or warns: advice puts no money at risk."""


class Summary(msgspec.Struct):
    """The numbers of some claims; those of parts add up to those of the whole."""

    claims: int = 0
    charged: Cents = {}
    stopped: int = 0
    """Claims that a finding blocks."""
    findings: dict[Severity, int] = {}
    at_risk: Cents = {}
    """What the claims with a block or a warning ask for, each once."""
    families: dict[str, Family] = {}

    def count(self, claim: Claim[Any, Any] | None, found: Iterable[Told]) -> None:
        """One claim more and what was told of it; or, without a claim, what was told of the file."""
        worst: dict[str, bool] = {}
        for each in found:
            name = family_of(each.code)
            family = self.families.setdefault(name, Family())
            _more(family.findings, each.severity, 1)
            _more(self.findings, each.severity, 1)
            risky = each.severity != "advise"
            worst[name] = worst.get(name, False) or risky
        if claim is None:
            return
        self.claims += 1
        _more(self.charged, claim.total.currency, claim.total.cents)
        for name, risky in worst.items():
            self.families[name].claims += 1
            if risky:
                _more(self.families[name].at_risk, claim.total.currency, claim.total.cents)
        if any(worst.values()):
            _more(self.at_risk, claim.total.currency, claim.total.cents)
        self.stopped += any(each.severity == "block" for each in found)

    def add(self, other: Summary) -> None:
        """The numbers of another part."""
        self.claims += other.claims
        self.stopped += other.stopped
        _all(self.charged, other.charged)
        _all(self.findings, other.findings)
        _all(self.at_risk, other.at_risk)
        for name, theirs in other.families.items():
            family = self.families.setdefault(name, Family())
            family.claims += theirs.claims
            _all(family.findings, theirs.findings)
            _all(family.at_risk, theirs.at_risk)

    def in_order(self) -> Summary:
        """The same numbers, families by the money at risk, so that equal sums are equal texts."""
        families = sorted(
            self.families.items(), key=lambda pair: (-sum(pair[1].at_risk.values()), -pair[1].claims, pair[0])
        )
        return msgspec.structs.replace(
            self,
            findings=_by_severity(self.findings),
            families={
                name: msgspec.structs.replace(family, findings=_by_severity(family.findings))
                for name, family in families
            },
        )


def _more(counts: dict[_Key, int], key: _Key, more: int) -> None:
    counts[key] = counts.get(key, 0) + more


def _all(counts: dict[_Key, int], other: dict[_Key, int]) -> None:
    for key, more in other.items():
        _more(counts, key, more)


def _by_severity(counts: dict[Severity, int]) -> dict[Severity, int]:
    return {severity: counts.get(severity, 0) for severity in SEVERITIES}
