"""Rules of the loops that name somebody, and putting their names, addresses and numbers down."""

from __future__ import annotations

from billing.x12.parties_to_x12 import PAYER_QUALIFIERS, n3, n4, nm1, npi_of, prv, ref_of
from billing.x12.read_837p import GRAMMAR
from billing.x12.writer import Sheet
from clinic.domain.party import Colleague, Facility, Payer, Provider
from clinic.domain.person import Address

_TAXONOMIES = {loop: GRAMMAR.rule(loop, "PRV*PE") for loop in ("2310B", "2420A")}
_NUMBERS = {loop: GRAMMAR.rule(loop, "REF*G2") for loop in ("2310A", "2310B", "2310C", "2310D", "2420A")}


class Party:
    """The rules of one loop that names somebody."""

    def __init__(self, loop: str, code: str, address: bool = False) -> None:
        self.loop = loop
        self.code = code
        self.nm1 = GRAMMAR.rule(loop, f"NM1*{code}")
        if address:
            self.n3, self.n4 = GRAMMAR.rule(loop, "N3"), GRAMMAR.rule(loop, "N4")


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
    """2310B or 2420A."""
    sheet.put(party.nm1, nm1("82", provider.name, *npi_of(provider.identifier)))
    if provider.taxonomy is not None:
        sheet.put(_TAXONOMIES[party.loop], prv("PE", provider.taxonomy))
    if provider.other is not None:
        sheet.put(_NUMBERS[party.loop], ref_of(provider.other))


def put_colleague(sheet: Sheet, party: Party, colleague: Colleague) -> None:
    """2310A or 2310D."""
    sheet.put(party.nm1, nm1(party.code, colleague.name, *npi_of(colleague.identifier)))
    if colleague.other is not None:
        sheet.put(_NUMBERS[party.loop], ref_of(colleague.other))


def put_facility(sheet: Sheet, party: Party, facility: Facility) -> None:
    """2310C."""
    sheet.put(party.nm1, nm1("77", facility.name, *npi_of(facility.identifier)))
    put_address(sheet, party, facility.address)
    if facility.other is not None:
        sheet.put(_NUMBERS[party.loop], ref_of(facility.other))
