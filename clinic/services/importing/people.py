"""Patients, payers, places and those who treat."""

from __future__ import annotations

from sqlalchemy import func, select

from clinic.fhir.importer.columns import columns
from clinic.fhir.importer.records import OrganizationRecord, PatientRecord, PractitionerRecord
from clinic.models import Location, Patient, Payer, Provider
from clinic.services.importing.desk import Desk, Placed
from clinic.services.importing.telling import tell_entry
from clinic.services.number import next_number


def place_patient(desk: Desk, record: PatientRecord) -> Placed:
    """A new patient with the next chart number. Look-alikes are told, never taken for the same."""
    number = _chart_number(desk)
    return desk.added(
        Patient(practice_id=desk.practice_id, chart_number=number, created_at=desk.work.at, **columns(record))
    )


def _chart_number(desk: Desk) -> str:
    """The next number that no chart carries yet; people may have typed some of their own."""
    while True:
        number = f"{next_number(desk.work, 'chart'):06d}"
        taken = select(Patient.id).where(Patient.practice_id == desk.practice_id, Patient.chart_number == number)
        if desk.session.scalars(taken).first() is None:
            return number


def place_organization(desk: Desk, record: OrganizationRecord, addresses: list[str]) -> Placed:
    """A payer where it is one, or a policy of the file names it as one; else the place of ours that it is, if any.

    No place is made of a foreign organisation: a place is where this practice bills from.
    """
    if record.pays or not desk.payors.isdisjoint(addresses):
        return Placed(place_payer(desk, record))
    for place in desk.locations:
        if _same(record, place.name, place.npi):
            return Placed(place)
    ours = _same(record, desk.practice.name, desk.practice.npi)
    return Placed(desk.only_location if ours else None)


def _same(record: OrganizationRecord, name: str, npi: str | None) -> bool:
    return record.name.casefold() == name.casefold() or (record.npi is not None and record.npi == npi)


def place_payer(desk: Desk, record: OrganizationRecord) -> Payer:
    """The payer of that name; a new one where there is none."""
    wanted = select(Payer).where(
        Payer.practice_id == desk.practice_id, func.lower(Payer.name) == func.lower(record.name)
    )
    row = desk.session.scalars(wanted).first()
    if row is None:
        row = Payer(practice_id=desk.practice_id, name=record.name, **columns(record))
        desk.session.add(row)
        desk.session.flush()
        tell_entry(desk.work, row)
    return row


def place_practitioner(desk: Desk, record: PractitionerRecord) -> Placed:
    """The provider of that NPI; a new one where there is none, who does not bill here until somebody says so."""
    if record.npi:
        wanted = select(Provider).where(Provider.practice_id == desk.practice_id, Provider.npi == record.npi)
        known = desk.session.scalars(wanted).first()
        if known is not None:
            return Placed(known)
    row = Provider(practice_id=desk.practice_id, outside=True, **columns(record))
    desk.session.add(row)
    desk.session.flush()
    tell_entry(desk.work, row)
    return Placed(row)


def provider_of(desk: Desk, references: tuple[str, ...]) -> Provider | None:
    """The first of the practitioners that is a provider here."""
    for reference in references:
        found = desk.known.find(desk.work, reference)
        if found is not None and found.name == "provider":
            return desk.session.get(Provider, found.id)
    return None


def location_of(desk: Desk, references: tuple[str, ...]) -> Location | None:
    """The first of the places that is one of ours; where none is named, the only place there is."""
    if not references:
        return desk.only_location
    for reference in references:
        found = desk.known.find(desk.work, reference)
        if found is not None and found.name == "location":
            return desk.session.get(Location, found.id)
    return None
