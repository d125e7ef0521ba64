"""A ZIP code is five or nine digits."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Address
from clinic.domain.words import N_


@edit(
    "ADR-05",
    title=N_("ZIP code of neither five nor nine digits"),
    message=N_("%(zip)s is no ZIP code: it has five digits, or nine."),
    severity="block",
    scope="claim",
    fields=("patient.address.postal_code", "coverage.subscriber.address.postal_code", "pay_to.postal_code"),
    when="case.texts.parties",
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="005010X222A1 N403; CMS-1500 boxes 5 and 7",
    since="2026-11-24",
)
def address_digits(claim: AnyClaim) -> Iterator[Fault]:
    """A ZIP code is five or nine digits.

    What it checks:
        The ZIP codes of patient, subscriber and the address the money goes to, in the United States, have
        five or nine digits, without a hyphen.

    Why payers deny:
        The clearinghouse refuses a ZIP code of another length.

    How to fix:
        Copy it from the patient's letter or look it up with the postal service.
    """
    if (address := claim.patient.address) is not None and _is_wrong(address):
        yield at(zip=address.postal_code or "")
    subscriber = claim.coverage.subscriber
    if subscriber is not None and (address := subscriber.address) is not None and _is_wrong(address):
        yield at("coverage.subscriber.address.postal_code", zip=address.postal_code or "")
    if (address := claim.pay_to) is not None and _is_wrong(address):
        yield at("pay_to.postal_code", zip=address.postal_code or "")


def _is_wrong(address: Address) -> bool:
    code = address.postal_code
    if not code or (len(code) in (5, 9) and code.isdecimal()):
        return False
    return address.country in (None, "US")


FAILS = (claim_with(patient__address__postal_code="0197"),)
PASSES = (
    claim_with(patient__address__postal_code="01970"),
    claim_with(patient__address=Address("9 KING STREET", "TORONTO", None, "ON", "M5H1A1", "CA")),
)
