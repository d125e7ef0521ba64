"""Organization and Location."""

from __future__ import annotations

from clinic.domain.code import HPID, NPI, PAYER
from clinic.domain.npi import is_npi
from clinic.domain.policy_words import FILINGS
from clinic.domain.words import N_
from clinic.fhir.elements import read_extension, read_identifier
from clinic.fhir.importer.people import read_phone, read_place
from clinic.fhir.importer.records import Kept, OrganizationRecord
from clinic.fhir.node import Node

_PAYS = frozenset({"pay", "ins"})
"""Of http://terminology.hl7.org/CodeSystem/organization-type: payer, insurance company."""


def read(resource: Node) -> OrganizationRecord | Kept:
    """An organisation or a place of one.

    Raises:
        Refused: an element has the wrong shape.
    """
    name = resource.text_at("name")
    if name is None:
        return Kept(N_("The organisation has no name."))
    known = [found for node in resource.each("identifier") if (found := read_identifier(node))]
    kinds = {coding.text_at("code") for kind in resource.each("type") for coding in kind.each("coding")}
    number = next((found for found in known if found.system in (PAYER, HPID)), None)
    filing = read_extension(resource, "claim-filing", "valueCode")
    return OrganizationRecord(
        name=name,
        pays=bool(kinds & _PAYS),
        npi=next((found.value for found in known if found.system == NPI and is_npi(found.value)), None),
        payer_number=number.value if number else None,
        payer_system=number.system if number else None,
        filing=filing.text() if filing and filing.text() in FILINGS else None,
        place=None if isinstance(resource.value.get("address"), dict) else read_place(resource),
        phone=read_phone(resource),
    )
