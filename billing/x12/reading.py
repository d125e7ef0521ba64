"""What came out of a file."""

from __future__ import annotations

from typing import Any

from billing.domain.claim import Claim
from billing.x12.fault import Fault, Unmapped
from billing.x12.transmission import Transmission
from clinic.domain.value import Value


class ReadTransaction(Value, frozen=True, kw_only=True):
    """One ST to SE. ``transmission`` is None where the header cannot be understood."""

    kind: str
    """ST01: 837, 835, 999, …"""
    version: str
    control: str
    """ST02."""
    transmission: Transmission | None = None
    claims: tuple[Claim[Any, Any], ...] = ()
    """In the order of the file. A claim that cannot be built is missing here, and a fault says why."""
    errors: tuple[Fault, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class Reading(Value, frozen=True, kw_only=True):
    """A whole file: its transactions, and what is wrong with the envelopes around them."""

    transactions: tuple[ReadTransaction, ...] = ()
    envelope: tuple[Fault, ...] = ()

    @property
    def claims(self) -> tuple[Claim[Any, Any], ...]:
        """All claims, in the order of the file."""
        return tuple(claim for each in self.transactions for claim in each.claims)

    @property
    def transmissions(self) -> tuple[Transmission, ...]:
        """The headers that could be understood."""
        return tuple(each.transmission for each in self.transactions if each.transmission)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """All faults, of envelopes and transactions, by segment."""
        found = [*self.envelope, *(fault for each in self.transactions for fault in each.errors)]
        return tuple(sorted(found, key=lambda fault: fault.segment_number))

    @property
    def unmapped(self) -> tuple[Unmapped, ...]:
        """All that is grammatical and not held by our claims."""
        return tuple(part for each in self.transactions for part in each.unmapped)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.envelope and not any(each.errors for each in self.transactions)
