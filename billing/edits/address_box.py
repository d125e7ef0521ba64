"""The billing provider's address is a street."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Address
from clinic.domain.words import N_

_BOX = re.compile(r"\b(?:P\.? ?O\.? ?BOX|POST OFFICE BOX|POSTAL BOX|LOCK ?BOX)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_box(street: str) -> bool:
    """Whether it is a box and no street. A practice has few streets, so each is read once."""
    return _BOX.search(street) is not None


@edit(
    "ADR-02",
    title=N_("Post office box as billing address"),
    message=N_("%(street)s is a post office box; the billing provider needs a street."),
    severity="block",
    scope="claim",
    fields=("billing.address.street", "billing.address.street_2"),
    when="case.texts.parties",
    kinds=("professional", "dental"),
    source="005010X222A1 2010AA N3",
    since="2026-11-24",
)
def address_box(claim: AnyClaim) -> Iterator[Fault]:
    """Who is paid sits in a street; the money may go to a box.

    What it checks:
        Neither line of the billing provider's address is a post office box or a lock box.

    Why payers deny:
        The billing address says where the provider is. A box there is refused by the clearinghouse.

    How to fix:
        Enter the street as the practice's address and the box as the address the money goes to.
    """
    address = claim.billing.address
    if is_box(address.street):
        yield at(street=address.street)
    if address.street_2 and is_box(address.street_2):
        yield at("billing.address.street_2", street=address.street_2)


FAILS = (claim_with(billing__address__street="PO BOX 417"), claim_with(billing__address__street_2="P.O. BOX 9"))
PASSES = (
    claim_with(billing__address__street="9 BOXWOOD LANE"),
    claim_with(pay_to=Address("PO BOX 417", "SALEM", None, "MA", "01970")),
)
