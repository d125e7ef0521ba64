"""The ZIP codes of the billing provider and the facility have nine digits."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.party import Facility
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_


@edit(
    "ADR-01",
    title=N_("ZIP code without its nine digits"),
    message=N_("The ZIP code %(zip)s needs nine digits here."),
    severity="block",
    scope="claim",
    fields=("billing.address.postal_code", "part.facility.address.postal_code"),
    when="case.texts.parties",
    kinds=("professional", "dental"),
    source="005010X222A1 2010AA and 2310C N403",
    since="2026-11-24",
)
def address_zip(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Where care was given and who is paid are known to the last four digits.

    What it checks:
        The ZIP codes of the billing provider and of the service facility in the United States have nine digits.

    Why payers deny:
        The file asks for all nine: prices depend on them. Five digits, or 0000 at the end by guess, are refused.

    How to fix:
        Look the address up with the postal service and enter ZIP and four more digits where the address is kept.
    """
    if _short(claim.billing.address):
        yield at(zip=claim.billing.address.postal_code or "")
    facility = claim.part.facility
    if facility is not None and _short(facility.address):
        yield at("part.facility.address.postal_code", zip=facility.address.postal_code or "")


def _short(address: Address) -> bool:
    code = address.postal_code
    if code is None or (len(code) == 9 and code.isascii() and code.isdigit()):
        return False
    return address.country in (None, "US")


_CLINIC = OrganizationName("HARBOR SURGERY CENTER")

FAILS = (
    claim_with(billing__address__postal_code="01970"),
    claim_with(facility=Facility(name=_CLINIC, address=Address("1 PIER ROAD", "SALEM", None, "MA", "01970"))),
)
PASSES = (
    claim_with(billing__address__postal_code="019701234"),
    claim_with(facility=Facility(name=_CLINIC, address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042"))),
)
