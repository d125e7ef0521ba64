"""A state is two letters of a known list."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.address_parts import addresses
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.person import Address
from clinic.domain.words import N_

_CODES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY AS FM GU MH MP PR PW VI AA AE AP
"""
STATES = frozenset(_CODES.split())
"""Of the postal service, territories and the military included."""


@edit(
    "ADR-04",
    title=N_("State that does not exist"),
    message=N_("%(state)s is no state of the United States."),
    severity="block",
    scope="claim",
    fields=(
        "billing.address.state",
        "patient.address.state",
        "coverage.subscriber.address.state",
        "part.facility.address.state",
        "pay_to.state",
    ),
    when="case.texts.parties",
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="005010X222A1 N402; USPS Publication 28, appendix B",
    since="2026-11-24",
)
def address_state(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A state is two letters of a known list.

    What it checks:
        The state of each address in the United States is one of the two-letter codes of the postal service,
        territories and the military included.

    Why payers deny:
        The clearinghouse compares state and ZIP code, and refuses what is no state.

    How to fix:
        Enter the two letters. For an address abroad enter the country.
    """
    for party, address in addresses(claim):
        if address.state and address.state not in STATES and address.country in (None, "US"):
            yield at(f"{party}.state", state=address.state)


FAILS = (claim_with(patient__address__state="MS."), claim_with(billing__address__state="XX"))
PASSES = (
    claim_with(patient__address__state="PR"),
    claim_with(patient__address=Address("9 KING STREET", "TORONTO", None, "ON", "M5H1A1", "CA")),
)
