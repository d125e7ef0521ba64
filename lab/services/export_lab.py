"""The bench's rows on their way out as FHIR: orders, specimens, reports, packages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.fhir.elements import Json
from clinic.fhir.exporter.own import Own
from clinic.models import Staff
from clinic.services.exporting.practice import Exporting
from lab.domain.catalogue import TestFacts
from lab.domain.whole_catalogue import Catalogue
from lab.fhir import custody, order, result, specimen
from lab.models import LabOrder, LabResult, OrderLine, Package, PackageItem, Specimen
from lab.services.catalogue import catalogue_on
from lab.services.specimens import container_of


def orders(export: Exporting) -> Iterator[Json]:
    """Lines of orders."""

    def write(own: Own, row: Any) -> Json:
        line, asked = row
        facts = _facts(line)
        return order.write(
            own,
            requisition=asked.number,
            state=line.state,
            priority=asked.priority,
            test=line.test_key,
            loinc=facts.loinc if facts else None,
            name=facts.name if facts else line.test_key,
            patient_id=asked.patient_id,
            visit_id=asked.visit_id,
            provider_id=asked.provider_id,
            ordered_on=asked.ordered_on,
            diagnoses=line.diagnoses,
            reason=line.reason,
            answers=line.answers,
        )

    wanted: Any = select(OrderLine, LabOrder).join(LabOrder, LabOrder.id == OrderLine.order_id)
    return export.written("order_line", wanted.where(OrderLine.practice_id == export.practice.id), OrderLine.id, write)


def specimens(export: Exporting) -> Iterator[Json]:
    """Containers that were drawn."""
    names = _staff(export.practice.id)
    known: dict[date, Catalogue] = {}

    def write(own: Own, row: Any) -> Json:
        container = container_of(row[0])
        day = (container.collected_at or row[0].created_at).date()
        if day not in known:
            known[day] = catalogue_on(export.practice.id, day)
        catalogue = known[day]
        collector = names.get(container.collected_by or 0)
        return specimen.write(
            own,
            container,
            patient_id=row[0].patient_id,
            test=catalogue.tests.get(container.needs[0].test) if container.needs else None,
            holder=catalogue.holders.get(container.holder),
            collector={"display": collector} if collector else None,
        )

    drawn = select(Specimen).where(Specimen.practice_id == export.practice.id, Specimen.collected_at.is_not(None))
    return export.written("specimen", drawn, Specimen.id, write)


def reports(export: Exporting) -> Iterator[Json]:
    """Every report as it was made; a corrected one beside the one it corrects."""

    def write(own: Own, row: Any) -> Json:
        found, line, asked = row
        facts = _facts(line)
        return result.write(
            own,
            status=found.status,
            test=line.test_key,
            loinc=facts.loinc if facts else None,
            name=facts.name if facts else line.test_key,
            patient_id=found.patient_id,
            visit_id=asked.visit_id,
            line_id=line.id,
            specimen_id=found.specimen_id,
            performed_at=found.performed_at,
            reported_at=found.reported_at,
            values=found.values,
        )

    wanted: Any = (
        select(LabResult, OrderLine, LabOrder)
        .join(OrderLine, OrderLine.id == LabResult.line_id)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .where(LabResult.practice_id == export.practice.id)
    )
    return export.written("lab_result", wanted, LabResult.id, write)


def packages(export: Exporting) -> Iterator[Json]:
    """Packages to laboratories."""

    def write(own: Own, row: Any) -> Json:
        found = row[0]
        return custody.write(
            own,
            number=found.number,
            state=found.state,
            laboratory=found.laboratory.name,
            created_at=found.created_at,
            handed_over_at=found.handed_over_at,
            changed_at=found.changed_at,
            specimens=_items(found),
        )

    wanted = select(Package).where(Package.practice_id == export.practice.id).options(joinedload(Package.laboratory))
    return export.written("package", wanted, Package.id, write)


def _items(package: Package) -> list[int]:
    wanted = select(PackageItem.specimen_id).where(
        PackageItem.practice_id == package.practice_id, PackageItem.package_id == package.id
    )
    return list(db.session.scalars(wanted.order_by(PackageItem.id)))


def _facts(line: OrderLine) -> TestFacts | None:
    return msgspec.convert(line.facts, TestFacts, strict=True) if line.facts else None


def _staff(practice_id: int) -> dict[int, str]:
    rows = db.session.execute(select(Staff.id, Staff.first, Staff.last).where(Staff.practice_id == practice_id))
    return {row.id: f"{row.first} {row.last}".strip() for row in rows}
