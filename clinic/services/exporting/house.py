"""The practice, its payers, its places and those who treat."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from clinic.domain.code import EIN, Identifier
from clinic.domain.person import PersonName
from clinic.fhir.elements import Json
from clinic.fhir.exporter import organization, practitioner
from clinic.fhir.exporter.own import Own
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.records import OrganizationRecord, PractitionerRecord
from clinic.models import Location, Payer, Practice, Provider
from clinic.services.exporting.practice import Exporting


def place_of(row: Practice | Payer | Location) -> Place:
    """The address in a row's columns."""
    return Place(
        street=row.street or None,
        street_2=row.street_2,
        city=row.city or None,
        state=row.state,
        postal_code=row.postal_code,
    )


def practice(export: Exporting) -> Iterator[Json]:
    """The practice itself. A person's tax id is the state's and stays here."""
    row = export.practice
    tax = Identifier(EIN, row.tax_id) if row.tax_id and row.tax_system == EIN else None
    record = OrganizationRecord(name=row.name, npi=row.npi, place=place_of(row), phone=row.phone)
    yield organization.write(Own(practice=export.key, thing="practice", row=row.id), record, tax=tax)


def payers(export: Exporting) -> Iterator[Json]:
    """Those who pay."""

    def write(own: Own, row: Payer) -> Json:
        record = OrganizationRecord(
            name=row.name,
            pays=True,
            payer_number=row.payer_number,
            payer_system=row.payer_system,
            filing=row.filing,
            place=place_of(row),
            phone=row.phone,
        )
        return organization.write(own, record, active=row.active)

    wanted = select(Payer).where(Payer.practice_id == export.practice.id)
    return export.written("payer", wanted, Payer.id, lambda own, row: write(own, row[0]))


def locations(export: Exporting) -> Iterator[Json]:
    """Places of care."""

    def write(own: Own, row: Location) -> Json:
        return organization.write_location(
            own,
            OrganizationRecord(name=row.name, npi=row.npi, place=place_of(row)),
            active=row.active,
            practice=export.practice.id,
            place_of_service=row.place_of_service,
            clia=row.clia,
            time_zone=row.time_zone,
        )

    wanted = select(Location).where(Location.practice_id == export.practice.id)
    return export.written("location", wanted, Location.id, lambda own, row: write(own, row[0]))


def providers(export: Exporting) -> Iterator[Json]:
    """Those who treat, refer or supervise."""

    def write(own: Own, row: Provider) -> Json:
        record = PractitionerRecord(
            name=PersonName(row.last, row.first, row.middle, row.suffix),
            npi=row.npi,
            taxonomy=row.taxonomy,
            profession=row.profession,
        )
        return practitioner.write(own, record, active=row.active)

    wanted = select(Provider).where(Provider.practice_id == export.practice.id)
    return export.written("provider", wanted, Provider.id, lambda own, row: write(own, row[0]))
