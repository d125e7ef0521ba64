"""Policies: the payer they name, and the subscriber where that is not the patient."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from clinic.domain.policy_words import RANKS
from clinic.domain.words import N_
from clinic.fhir.elements import read_sex
from clinic.fhir.importer.columns import columns
from clinic.fhir.importer.organization import read as read_organization
from clinic.fhir.importer.people import Place, read_name, read_place
from clinic.fhir.importer.records import CoverageRecord, OrganizationRecord
from clinic.fhir.importer.timing import read_moment
from clinic.fhir.node import Node
from clinic.models import Coverage, Payer
from clinic.services.importing.desk import NOT_HERE, Desk, Placed
from clinic.services.importing.people import place_payer


def place_coverage(desk: Desk, record: CoverageRecord, resource: dict[str, Any]) -> Placed:
    """A policy of a patient who is here, with a payer who is here or came with it."""
    patient = desk.known.patient(desk.work, record.patient)
    if patient is None:
        return Placed(None, NOT_HERE)
    payer = _payer(desk, record.payer, resource)
    if payer is None:
        return Placed(None, N_("The payer it names is not here; its text is kept."))
    desk.session.flush()
    rank = _free_rank(desk, patient, record)
    if rank is None:
        return Placed(None, N_("Another policy of its rank is in force in that time; its text is kept."))
    filled = {"filing": payer.filing} | columns(record) | _subscriber(desk, record, resource) | {"rank": rank}
    return desk.added(Coverage(practice_id=desk.practice_id, patient_id=patient, payer_id=payer.id, **filled))


def _free_rank(desk: Desk, patient: int, record: CoverageRecord) -> str | None:
    """Its rank, or the first free one where it says none; None where no other policy leaves it room."""
    wanted = select(Coverage).where(Coverage.practice_id == desk.practice_id, Coverage.patient_id == patient)
    taken = {row.rank for row in desk.session.scalars(wanted) if _meet(row, record)}
    choices = [record.rank] if record.rank else list(RANKS)
    return next((rank for rank in choices if rank not in taken), None)


def _meet(row: Coverage, record: CoverageRecord) -> bool:
    """Whether there is a day on which both are in force."""
    first = max(row.starts or date.min, record.starts or date.min)
    return first <= min(row.ends or date.max, record.ends or date.max)


def _payer(desk: Desk, reference: str, resource: dict[str, Any]) -> Payer | None:
    found = desk.known.find(desk.work, reference)
    if found is not None and found.name == "payer":
        return desk.session.get(Payer, found.id)
    inner = desk.resource(reference, resource)
    if inner is None or inner.get("resourceType") != "Organization":
        return None
    record = read_organization(Node(inner, "Organization"))
    return place_payer(desk, record) if isinstance(record, OrganizationRecord) else None


def _subscriber(desk: Desk, record: CoverageRecord, resource: dict[str, Any]) -> dict[str, Any]:
    """The subscriber's columns, as far as the resource it names is at hand."""
    inner = desk.resource(record.subscriber, resource) if record.subscriber else None
    node = Node(inner, "Coverage.subscriber") if inner is not None else None
    name = read_name(node) if node and inner and inner.get("resourceType") != "Organization" else None
    if node is None or name is None:
        return {}
    birth, place = read_moment(node.get("birthDate")), read_place(node) or Place()
    return {
        "subscriber_last": name.last,
        "subscriber_first": name.first,
        "subscriber_middle": name.middle,
        "subscriber_suffix": name.suffix,
        "subscriber_birth": birth.day if birth else None,
        "subscriber_sex": read_sex(node),
        "subscriber_street": place.street,
        "subscriber_city": place.city,
        "subscriber_state": place.state,
        "subscriber_postal_code": place.postal_code,
    }
