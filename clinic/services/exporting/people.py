"""Patients and their policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import select

from clinic.domain.person import PersonName, Sex
from clinic.fhir.elements import Json
from clinic.fhir.exporter import coverage, patient
from clinic.fhir.exporter.own import Own, reference
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.records import CoverageRecord, PatientRecord
from clinic.models import Coverage, Patient
from clinic.services.exporting.practice import Exporting


def patients(export: Exporting) -> Iterator[Json]:
    """Patients, merged ones too: their records still point at them."""

    def write(own: Own, row: Patient) -> Json:
        record = PatientRecord(
            name=PersonName(row.last, row.first, row.middle, row.suffix),
            birth=row.birth,
            sex=cast("Sex | None", row.sex),
            place=Place(
                street=row.street,
                street_2=row.street_2,
                city=row.city,
                state=row.state,
                postal_code=row.postal_code,
                country=row.country,
            ),
            phone=row.phone,
        )
        return patient.write(own, record, chart_number=row.chart_number, merged_into=row.merged_into_id)

    wanted = select(Patient).where(Patient.practice_id == export.practice.id)
    return export.written("patient", wanted, Patient.id, lambda own, row: write(own, row[0]))


def coverages(export: Exporting) -> Iterator[Json]:
    """Policies."""

    def write(own: Own, row: Coverage) -> Json:
        record = CoverageRecord(
            patient=reference("patient", row.patient_id),
            payer=reference("payer", row.payer_id),
            rank=row.rank,
            member_id=row.member_id,
            relation=row.relation,
            group_number=row.group_number,
            plan_name=row.plan_name,
            filing=row.filing,
            insurance_type=row.insurance_type,
            assigns_benefits=row.assigns_benefits,
            release=row.release,
            starts=row.starts,
            ends=row.ends,
        )
        return coverage.write(own, record, subscriber=_subscriber(row))

    wanted = select(Coverage).where(Coverage.practice_id == export.practice.id)
    return export.written("coverage", wanted, Coverage.id, lambda own, row: write(own, row[0]))


def _subscriber(row: Coverage) -> PatientRecord | None:
    if not row.subscriber_last:
        return None
    return PatientRecord(
        name=PersonName(row.subscriber_last, row.subscriber_first, row.subscriber_middle, row.subscriber_suffix),
        birth=row.subscriber_birth,
        sex=cast("Sex | None", row.subscriber_sex),
        place=Place(
            street=row.subscriber_street,
            city=row.subscriber_city,
            state=row.subscriber_state,
            postal_code=row.subscriber_postal_code,
        ),
    )
