"""Organization (the practice and its payers) and Location."""

from __future__ import annotations

from clinic.domain.code import CLIA, NPI, PAYER, POS, Code, Identifier
from clinic.fhir.elements import Json, present, write_code, write_concept, write_extension
from clinic.fhir.exporter.own import Own, refer, start
from clinic.fhir.exporter.parts import listed, write_phone, write_place
from clinic.fhir.importer.records import OrganizationRecord

_KIND = "http://terminology.hl7.org/CodeSystem/organization-type"


def write(own: Own, record: OrganizationRecord, *, active: bool = True, tax: Identifier | None = None) -> Json:
    """A payer, or the practice itself."""
    number = record.payer_number
    payer = Identifier(record.payer_system or PAYER, number) if number else None
    npi = Identifier(NPI, record.npi) if record.npi else None
    return present(
        **start(own, npi, tax, payer),
        extension=[write_extension("claim-filing", "valueCode", record.filing)] if record.filing else [],
        active=active,
        type=[write_concept(_KIND, "pay" if record.pays else "prov")],
        name=record.name,
        telecom=write_phone(record.phone),
        address=listed(write_place(record.place)),
    )


def write_location(
    own: Own,
    record: OrganizationRecord,
    *,
    active: bool,
    practice: int,
    place_of_service: str,
    clia: str | None,
    time_zone: str,
) -> Json:
    """A place of care of the practice."""
    npi = Identifier(NPI, record.npi) if record.npi else None
    return present(
        **start(own, npi, Identifier(CLIA, clia) if clia else None),
        extension=[write_extension("time-zone", "valueString", time_zone)],
        status="active" if active else "inactive",
        name=record.name,
        type=[write_code(Code(POS, place_of_service))],
        address=write_place(record.place),
        managingOrganization=refer("practice", practice),
    )
