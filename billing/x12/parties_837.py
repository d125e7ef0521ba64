"""Rules of the loops that name somebody, and putting their names, addresses and numbers down."""

from __future__ import annotations

from billing.x12.compiled import Grammar
from billing.x12.parties_to_x12 import PAYER_QUALIFIERS, n3, n4, nm1, npi_of, prv, ref_of
from billing.x12.writer import Sheet
from clinic.domain.party import Colleague, Facility, Payer, Provider
from clinic.domain.person import Address


class Party:
    """The rules of one loop that names somebody.

    ``address`` where it says where they are, ``numbers`` where they have further numbers, ``role`` (PRV01) where it
    says what kind of provider they are.
    """

    def __init__(
        self, grammar: Grammar, loop: str, code: str, *, address: bool = False, numbers: bool = False, role: str = ""
    ) -> None:
        self.loop = loop
        self.code = code
        self.role = role
        self.nm1 = grammar.rule(loop, f"NM1*{code}")
        if address:
            self.n3, self.n4 = grammar.rule(loop, "N3"), grammar.rule(loop, "N4")
        if numbers:
            self.ref = grammar.rule(loop, "REF*G2")
        if role:
            self.prv = grammar.rule(loop, f"PRV*{role}")


def put_address(sheet: Sheet, party: Party, address: Address) -> None:
    """N3 and N4."""
    sheet.put(party.n3, n3(address))
    sheet.put(party.n4, n4(address))


def put_payer(sheet: Sheet, party: Party, payer: Payer) -> None:
    """2010BB or 2330B, without its numbers."""
    qualifier = PAYER_QUALIFIERS.get(payer.identifier.system, "?")
    sheet.put(party.nm1, nm1("PR", payer.name, qualifier, payer.identifier.value))
    if payer.address is not None:
        put_address(sheet, party, payer.address)


def put_provider(sheet: Sheet, party: Party, provider: Provider) -> None:
    """Somebody who did it: 2310B, 2420A, and of an 837D 2310D and 2420B."""
    sheet.put(party.nm1, nm1(party.code, provider.name, *npi_of(provider.identifier)))
    if provider.taxonomy is not None:
        sheet.put(party.prv, prv(party.role, provider.taxonomy))
    if provider.other is not None:
        sheet.put(party.ref, ref_of(provider.other))


def put_colleague(sheet: Sheet, party: Party, colleague: Colleague) -> None:
    """Somebody who referred or supervised."""
    sheet.put(party.nm1, nm1(party.code, colleague.name, *npi_of(colleague.identifier)))
    if colleague.other is not None:
        sheet.put(party.ref, ref_of(colleague.other))


def put_facility(sheet: Sheet, party: Party, facility: Facility) -> None:
    """2310C."""
    sheet.put(party.nm1, nm1("77", facility.name, *npi_of(facility.identifier)))
    put_address(sheet, party, facility.address)
    if facility.other is not None:
        sheet.put(party.ref, ref_of(facility.other))
