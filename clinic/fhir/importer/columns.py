"""The columns a record fills, by the names of our tables. What it refers to is not among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from clinic.domain.likeness import name_key
from clinic.fhir.importer.coded import Coded
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.records import (
    ConditionRecord,
    CoverageRecord,
    EncounterRecord,
    ObservationRecord,
    OrganizationRecord,
    OtherRecord,
    PatientRecord,
    PractitionerRecord,
    ProcedureRecord,
    Record,
)
from clinic.fhir.importer.timing import Moment

Columns = dict[str, Any]


def local_day(moment: Moment, zone: str | None) -> date:
    """The day at a place: of the instant where both are known, else as the source wrote it."""
    return moment.at.astimezone(ZoneInfo(zone)).date() if moment.at and zone else moment.day


def coded_columns(coded: Coded) -> Columns:
    """The columns of a problem, act or observation that say what it is."""
    return {"system": coded.system, "code": coded.code, "words": coded.words}


def _patient(record: PatientRecord) -> Columns:
    name, place = record.name, record.place or Place()
    return {
        "last": name.last,
        "first": name.first,
        "middle": name.middle,
        "suffix": name.suffix,
        "name_key": name_key(name.last, name.first),
        "birth": record.birth,
        "sex": record.sex,
        "street": place.street,
        "street_2": place.street_2,
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code,
        "country": place.country,
        "phone": record.phone,
    }


def _payer(record: OrganizationRecord) -> Columns:
    place = record.place or Place()
    said = {"payer_system": record.payer_system, "filing": record.filing}
    return {
        "payer_number": record.payer_number,
        **{name: value for name, value in said.items() if value is not None},
        "street": place.street,
        "street_2": place.street_2,
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code,
        "phone": record.phone,
    }


def _provider(record: PractitionerRecord) -> Columns:
    name = record.name
    return {
        "last": name.last,
        "first": name.first,
        "middle": name.middle,
        "suffix": name.suffix,
        "npi": record.npi,
        "taxonomy": record.taxonomy,
        "profession": record.profession,
    }


def _coverage(record: CoverageRecord) -> Columns:
    """What the source does not say of rank, signatures and filing is left to the table's own first values."""
    said = {
        "rank": record.rank,
        "filing": record.filing,
        "assigns_benefits": record.assigns_benefits,
        "release": record.release,
    }
    return {
        "member_id": record.member_id,
        "group_number": record.group_number,
        "plan_name": record.plan_name,
        "insurance_type": record.insurance_type,
        "relation": record.relation,
        "starts": record.starts,
        "ends": record.ends,
        **{name: value for name, value in said.items() if value is not None},
    }


def _visit(record: EncounterRecord) -> Columns:
    return {
        "started_at": record.started.at,
        "ended_at": record.ended.at if record.ended else None,
        "reason": record.reason,
    }


def _problem(record: ConditionRecord) -> Columns:
    return {**coded_columns(record.coded), "onset": record.onset, "status": record.status}


def _act(record: ProcedureRecord) -> Columns:
    much = record.quantity
    return {
        **coded_columns(record.coded),
        "performed_at": record.performed.at if record.performed else None,
        **({"quantity": much.value, "unit": much.unit} if much else {}),
    }


def _observation(record: ObservationRecord) -> Columns:
    return {
        **coded_columns(record.coded),
        "value": record.value,
        "unit": record.unit,
        "observed_at": record.observed.at if record.observed else None,
    }


_COLUMNS: dict[type, Callable[[Any], Columns]] = {
    PatientRecord: _patient,
    OrganizationRecord: _payer,
    PractitionerRecord: _provider,
    CoverageRecord: _coverage,
    EncounterRecord: _visit,
    ConditionRecord: _problem,
    ProcedureRecord: _act,
    ObservationRecord: _observation,
}


def columns(record: Record) -> Columns:
    """The columns of the row that a record becomes; none of a document, whose words are notes."""
    if isinstance(record, OtherRecord):
        return record.columns()
    make = _COLUMNS.get(type(record))
    return make(record) if make else {}
