"""What a package's papers say, gathered: its manifest, and a requisition for each order in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from clinic.base import db
from clinic.domain.code import ICD10CM, Code, pointed
from clinic.models import Coverage, Location, Patient, Practice, Staff
from clinic.services.acting import Actor
from clinic.services.clock import today
from clinic.services.find import one
from lab.documents.manifest import Listed, Manifested
from lab.documents.requisition import Requested, Wanted
from lab.documents.sited import Sited
from lab.domain.container_words import CONDITIONS
from lab.domain.package_story import Consignment
from lab.domain.package_words import CATEGORIES, PRIORITIES
from lab.domain.whole_catalogue import Catalogue
from lab.models import Laboratory, LabOrder, OrderLine, Specimen
from lab.services.biopsies_of import biopsies_of, sited
from lab.services.biopsy_facts import of_the_mouth
from lab.services.catalogue import catalogue_on
from lab.services.package_facts import consignment_of, inside, package_by_number
from lab.services.specimens import container_of

Said = Callable[[str], str]
"""From a message id."""


def manifest_of(
    actor: Actor, number: str, said: Said, degrees: Callable[[int | None], str], kilograms: Callable[[int | None], str]
) -> tuple[Manifested, set[int]]:
    """The manifest, and the ids of the patients on it.

    Raises:
        Unknown: there is no such package.
    """
    row = package_by_number(actor, number)
    sent = consignment_of(row)
    laboratory, place = one(actor, Laboratory, sent.laboratory_id), one(actor, Location, sent.location_id)
    practice = db.session.get_one(Practice, actor.practice_id)
    packer = db.session.get(Staff, sent.sealed_by) if sent.sealed_by else None
    rows = inside(row)
    catalogue = catalogue_on(actor.practice_id, today(place.time_zone), laboratory.id)
    numbers = _order_numbers(actor, rows)
    listed = tuple(_listed(each, catalogue, said, numbers) for each in rows)
    made = Manifested(
        number=sent.number,
        practice=practice.name,
        sender=address(place),
        responsible=practice.contact_name or practice.name,
        phone=practice.phone or "",
        laboratory=laboratory.name,
        laboratory_phone=laboratory.phone or "",
        clia=laboratory.clia or "",
        account=laboratory.account or "",
        category=CATEGORIES[sent.category],
        condition=CONDITIONS[sent.condition],
        seal=sent.seal or "",
        courier=sent.courier or "",
        tracking=sent.tracking or "",
        sealed_at=sent.sealed_at,
        handed_over_at=sent.handed_over_at,
        temperature=degrees(sent.temperature_tenths),
        dry_ice=kilograms(sent.dry_ice_g),
        packed_by=packer.name if packer else "",
        items=listed,
    )
    return made, {each.patient_id for each in rows}


def requisitions_of(actor: Actor, number: str, said: Said) -> tuple[list[Requested], set[int]]:
    """A requisition for each order in the package, by their numbers; and the ids of their patients.

    Raises:
        Unknown: there is no such package.
    """
    row = package_by_number(actor, number)
    sent = consignment_of(row)
    laboratory, place = one(actor, Laboratory, sent.laboratory_id), one(actor, Location, sent.location_id)
    practice = db.session.get_one(Practice, actor.practice_id)
    rows = inside(row)
    orders = db.session.scalars(
        select(LabOrder)
        .where(LabOrder.practice_id == actor.practice_id, LabOrder.id.in_({each.order_id for each in rows}))
        .options(
            joinedload(LabOrder.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
            joinedload(LabOrder.provider),
            selectinload(LabOrder.lines),
        )
        .order_by(LabOrder.id)
    ).all()
    catalogue = catalogue_on(actor.practice_id, today(place.time_zone), laboratory.id)
    made = [
        _requested(
            order,
            [each for each in rows if each.order_id == order.id],
            sent,
            laboratory,
            catalogue=catalogue,
            said=said,
        )
        for order in orders
    ]
    sender, phone = address(place), practice.phone or ""
    made = with_sites(actor, orders, rows, made, said)
    filled = [each for each in (_from(one_of, practice.name, sender, phone) for one_of in made) if each.tests]
    return filled, {order.patient_id for order in orders}


def with_sites(
    actor: Actor, orders: Sequence[LabOrder], rows: Sequence[Specimen], made: Sequence[Requested], said: Said
) -> list[Requested]:
    """The requisitions with where in the mouth their specimens were taken from: one statement for all of them."""
    numbers = {test.line_id: row.number for row in rows for test in row.tests}
    lines = [line for order in orders for line in order.lines if line.id in numbers]
    told = biopsies_of(actor, [line.id for line in lines if of_the_mouth(line)])
    found: dict[int, list[Sited]] = {}
    for line in lines:
        name = said(line.facts.get("name", line.test_key))
        site = sited(actor, told[line.id], name, numbers[line.id], said) if line.id in told else None
        if site is not None:
            found.setdefault(line.order_id, []).append(site)
    pairs = zip(orders, made, strict=True)
    return [replace(each, sited=tuple(found.get(order.id, ()))) for order, each in pairs]


def address(place: Location) -> tuple[str, ...]:
    """A place's name, street and town."""
    town = " ".join(part for part in (place.city, place.state, _zip(place.postal_code)) if part)
    street = ", ".join(part for part in (place.street, place.street_2) if part)
    return tuple(part for part in (place.name, street, town) if part)


def _zip(code: str | None) -> str | None:
    """Nine digits as they are written on a letter."""
    return f"{code[:5]}-{code[5:]}" if code and len(code) == 9 and code.isdigit() else code


def _from(made: Requested, practice: str, sender: tuple[str, ...], phone: str) -> Requested:
    bill_to = made.bill_to or practice
    return replace(made, practice=practice, sender=sender, phone=phone, bill_to=bill_to)


def _order_numbers(actor: Actor, rows: Sequence[Specimen]) -> dict[int, str]:
    wanted = select(LabOrder.id, LabOrder.number).where(
        LabOrder.practice_id == actor.practice_id, LabOrder.id.in_({row.order_id for row in rows})
    )
    return {row.id: row.number for row in db.session.execute(wanted)}


def _listed(row: Specimen, catalogue: Catalogue, said: Said, numbers: dict[int, str]) -> Listed:
    holder = catalogue.holders.get(row.holder)
    container = container_of(row)
    left = [need for need in container.needs if need.test not in container.moved and not need.in_house]
    return Listed(
        number=row.number,
        patient=row.patient.name,
        birth=row.patient.birth,
        chart=row.patient.chart_number,
        holder=said(holder.name) if holder else row.holder,
        tests=tuple(_test(need.test, catalogue, said) for need in left),
        collected_at=row.collected_at,
        order=numbers.get(row.order_id or 0),
    )


def _test(key: str, catalogue: Catalogue, said: Said) -> str:
    found = catalogue.tests.get(key)
    return said(found.name) if found else key


def _requested(
    order: LabOrder,
    rows: Sequence[Specimen],
    sent: Consignment,
    laboratory: Laboratory,
    *,
    catalogue: Catalogue,
    said: Said,
) -> Requested:
    patient, provider = order.patient, order.provider
    cover = next(iter(patient.coverages), None) if laboratory.bills == "lab" else None
    by_line = {test.line_id: row for row in rows for test in row.tests}
    lines = [line for line in order.lines if line.id in by_line and line.laboratory_id in (sent.laboratory_id, None)]
    town = " ".join(part for part in (patient.city, patient.state, _zip(patient.postal_code)) if part)
    fasting = [line.answers.get("fasting_since", "") for line in lines if line.answers.get("fasting_since")]
    return Requested(
        number=order.number,
        practice="",
        sender=(),
        phone="",
        provider=provider.name if provider else "",
        npi=(provider.npi or "") if provider else "",
        laboratory=laboratory.name,
        clia=laboratory.clia or "",
        account=laboratory.account or "",
        patient=patient.name,
        chart=patient.chart_number,
        birth=patient.birth,
        sex=patient.sex or "",
        address=", ".join(part for part in (patient.street, town) if part),
        patient_phone=patient.phone or "",
        ordered_on=order.ordered_on,
        priority=PRIORITIES.get(order.priority, order.priority),
        fasting=fasting[0] if fasting else "",
        bill_to=cover.payer.name if cover else "",
        member=cover.member_id if cover else "",
        group=(cover.group_number or "") if cover else "",
        package=sent.number,
        tests=tuple(_wanted(line, by_line[line.id], catalogue, said) for line in lines),
    )


def _wanted(line: OrderLine, row: Specimen, catalogue: Catalogue, said: Said) -> Wanted:
    container = container_of(row)
    source = [said(line.facts.get("specimen", "")), container.site or line.answers.get("site", "")]
    return Wanted(
        name=said(line.facts.get("name", line.test_key)),
        specimen=", ".join(part for part in source if part),
        container=row.number,
        diagnoses=tuple(pointed(Code(ICD10CM, code)) for code in line.diagnoses),
        collected_at=container.collected_at,
        answers=tuple(
            (said(catalogue.questions[key].words) if key in catalogue.questions else key, answer)
            for key, answer in line.answers.items()
            if answer
        ),
        reason=line.reason,
    )
