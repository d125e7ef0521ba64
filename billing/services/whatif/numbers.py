"""What other releases come to, in numbers: claims stopped and denied, by edit, family, payer and code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from billing.domain.claim import Claim
from billing.edits.families import family_of
from billing.services.checking.summary import Cents
from billing.services.whatif.told import Difference, Which
from clinic.domain.finding import SEVERITIES, Severity

Counts = dict[Severity, int]


class Moved(msgspec.Struct):
    """What has moved under one head."""

    new: Counts = {}
    gone: Counts = {}
    claims: int = 0
    """Claims with a new finding."""
    stopped: int = 0
    """Of them, those with one that blocks."""
    at_risk: Cents = {}
    """What the claims with a new block or warning ask for."""


class Numbers(msgspec.Struct):
    """The numbers of some claims; those of parts add up to those of the whole."""

    claims: int = 0
    charged: Cents = {}
    same: int = 0
    """Findings that are the same by both."""
    were_stopped: int = 0
    """Claims that a finding blocks by the releases that judged them."""
    stopped: int = 0
    """Claims with a new finding that blocks."""
    stopped_money: Cents = {}
    denied: int = 0
    """Claims with a new warning and no new block."""
    denied_money: Cents = {}
    freed: int = 0
    """Claims from which the last block is gone."""
    new: Counts = {}
    gone: Counts = {}
    edits: dict[str, Moved] = {}
    families: dict[str, Moved] = {}
    payers: dict[str, Moved] = {}
    payer_names: dict[str, str] = {}
    codes: dict[str, Moved] = {}
    """By the system and value of the code that the finding is about."""

    def count(self, claim: Claim[Any, Any], same: int, blocks: tuple[int, int], found: Iterable[Difference]) -> None:
        """One claim more: how many findings stayed, how many blocked before and after, and what has moved."""
        self.claims += 1
        self.same += same
        _more(self.charged, claim.total.currency, claim.total.cents)
        self.were_stopped += bool(blocks[0])
        self.freed += bool(blocks[0]) and not blocks[1]
        moved = list(found)
        if not moved:
            return
        for each in moved:
            _more(self.new if each.difference == "new" else self.gone, each.severity, 1)
            self.payer_names[each.payer] = each.payer_name
        worst = _worst(moved)
        if worst == "block":
            self.stopped += 1
            _more(self.stopped_money, claim.total.currency, claim.total.cents)
        elif worst == "warn":
            self.denied += 1
            _more(self.denied_money, claim.total.currency, claim.total.cents)
        _under(self.edits, moved, lambda each: each.code)
        _under(self.families, moved, lambda each: family_of(each.code))
        _under(self.payers, moved, lambda each: each.payer)
        _under(self.codes, moved, lambda each: each.about and f"{each.about_system} {each.about}")

    def add(self, other: Numbers) -> None:
        """The numbers of another part."""
        for name in ("claims", "same", "were_stopped", "stopped", "denied", "freed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("charged", "stopped_money", "denied_money", "new", "gone"):
            _all(getattr(self, name), getattr(other, name))
        for name in ("edits", "families", "payers", "codes"):
            mine = getattr(self, name)
            for key, theirs in getattr(other, name).items():
                _join(mine.setdefault(key, Moved()), theirs)
        self.payer_names |= other.payer_names

    def in_order(self) -> Numbers:
        """The same numbers, what stops most first, so that equal sums are equal texts."""
        ordered = {
            name: dict(sorted(getattr(self, name).items(), key=_weight))
            for name in ("edits", "families", "payers", "codes")
        }
        counts = {name: {severity: getattr(self, name).get(severity, 0) for severity in SEVERITIES} for name in _BOTH}
        return msgspec.structs.replace(self, **ordered, **counts, payer_names=dict(sorted(self.payer_names.items())))


_BOTH: tuple[Which, ...] = ("new", "gone")


def _worst(moved: Iterable[Difference]) -> Severity | None:
    new = {each.severity for each in moved if each.difference == "new"}
    return next((severity for severity in SEVERITIES if severity in new), None)


def _under(heads: dict[str, Moved], moved: list[Difference], head: Callable[[Difference], str | None]) -> None:
    """Count one claim's differences under their heads, the claim once under each."""
    by_head: dict[str, list[Difference]] = {}
    for each in moved:
        key = head(each)
        if key:
            by_head.setdefault(key, []).append(each)
    for key, those in by_head.items():
        into = heads.setdefault(key, Moved())
        for each in those:
            _more(into.new if each.difference == "new" else into.gone, each.severity, 1)
        worst = _worst(those)
        into.claims += worst is not None
        into.stopped += worst == "block"
        if worst in {"block", "warn"}:
            _more(into.at_risk, those[0].currency, those[0].total)


def _join(mine: Moved, theirs: Moved) -> None:
    mine.claims += theirs.claims
    mine.stopped += theirs.stopped
    for name in ("new", "gone", "at_risk"):
        _all(getattr(mine, name), getattr(theirs, name))


def _weight(head: tuple[str, Moved]) -> tuple[int, int, int, str]:
    key, moved = head
    return (-moved.stopped, -sum(moved.at_risk.values()), -moved.claims, key)


def _more(counts: dict[Any, int], key: str, more: int) -> None:
    counts[key] = counts.get(key, 0) + more


def _all(counts: dict[Any, int], other: dict[Any, int]) -> None:
    for key, more in other.items():
        _more(counts, key, more)
