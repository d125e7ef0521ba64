"""The Claim value of a claim record, as everything around it stands now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.build import Parties, build
from billing.coding.coding import Coding
from billing.domain.claim import Claim
from billing.models import ClaimRecord, ClaimVisit
from billing.services import parties as values
from billing.services.who_pays import insured
from clinic.base import db
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Coverage, Location, Patient, Practice, Provider, Visit
from clinic.services.acting import Actor
from clinic.services.find import one


class Missing(Value, frozen=True):
    """Something without which there is no claim yet."""

    field: str
    words: str
    """Message id."""


class Assembled(Value, frozen=True):
    """A claim, or what keeps it from being one."""

    claim: Any = None
    """A ``Claim`` of the record's kind, None where something is missing."""
    missing: tuple[Missing, ...] = ()


NO_COVERAGE = Missing("coverage", N_("The patient has no policy for this visit. Add one, or the patient pays."))
NO_PAYER_NUMBER = Missing(
    "coverage.payer", N_("The payer has no number. Give it the one from the clearinghouse's list.")
)
NO_TAX_ID = Missing("billing.tax", N_("The practice has no tax id. Enter it under House, Practice."))
NO_ADDRESS = Missing("billing.address", N_("The practice has no address. Enter it under House, Practice."))
NO_LINE = Missing("acts", N_("No service line yet."))
NO_PLACE = Missing("part.place", N_("The visit has no place. Choose one of the practice's locations."))

Assembler = Callable[[ClaimRecord, dict[str, Any]], Assembled]
"""From a record and a coding as JSON."""
_ASSEMBLERS: dict[str, Assembler] = {}


def register(kind: str, assembler: Assembler) -> None:
    """Say how claims of a kind are put together from rows and a coding."""
    _ASSEMBLERS[kind] = assembler


def load(actor: Actor, claim_id: int) -> ClaimRecord:
    """The record with its patient, policies and visits, in few statements.

    Raises:
        clinic.services.find.Unknown: no such claim in the actor's practice.
    """
    return one(
        actor,
        ClaimRecord,
        claim_id,
        joinedload(ClaimRecord.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
        selectinload(ClaimRecord.visits).joinedload(ClaimVisit.visit).joinedload(Visit.location),
    )


def coding_of(record: ClaimRecord) -> Coding:
    """The coding a record keeps."""
    return msgspec.convert(record.coding, Coding, strict=True)


def assemble(record: ClaimRecord, coding: dict[str, Any] | None = None) -> Assembled:
    """The claim the record would send now, or with another coding."""
    return _ASSEMBLERS[record.kind](record, record.coding if coding is None else coding)


def claim_of(record: ClaimRecord) -> Claim[Any, Any] | None:
    """The claim the record would send now, None where something is missing."""
    found: Claim[Any, Any] | None = assemble(record).claim
    return found


def _professional(record: ClaimRecord, kept: dict[str, Any]) -> Assembled:
    coding = msgspec.convert(kept, Coding, strict=True)
    practice = db.session.get_one(Practice, record.practice_id)
    patient, policies = insured(record.patient)
    billed = next((row for row in policies if row.id == coding.coverage_id), None)
    location = _location(record, coding)
    missing = _missing(practice, billed, coding, location)
    if missing or billed is None:
        return Assembled(None, missing)
    people = _providers(record, coding)
    rendering, referring, supervising = (
        people.get(key or 0) for key in (coding.rendering_id, coding.referring_id, coding.supervising_id)
    )
    parties = Parties(
        billing=values.billing_provider(practice),
        patient=values.person(patient),
        coverage=values.coverage(billed),
        place=location.place_of_service if location else "",
        rendering=values.provider(rendering) if rendering else None,
        referring=values.colleague(referring) if referring else None,
        supervising=values.colleague(supervising) if supervising else None,
        facility=values.facility(practice, location) if location else None,
        pay_to=values.pay_to(practice),
        other_coverages=tuple(
            values.other_coverage(row)
            for row in policies
            if row.id != billed.id and row.rank != billed.rank and _in_force(row, record)
        ),
        line_rendering=tuple(
            (line.number, values.provider(people[line.rendering_id]))
            for line in coding.lines
            if line.rendering_id in people and line.rendering_id is not None
        ),
    )
    return Assembled(build(record.number, coding, parties))


def _in_force(row: Coverage, record: ClaimRecord) -> bool:
    on = record.service_on
    return (row.starts is None or row.starts <= on) and (row.ends is None or row.ends >= on)


def _location(record: ClaimRecord, coding: Coding) -> Location | None:
    if coding.location_id is not None:
        return db.session.scalar(
            select(Location).where(Location.practice_id == record.practice_id, Location.id == coding.location_id)
        )
    return next((link.visit.location for link in record.visits if link.visit.location), None)


def _providers(record: ClaimRecord, coding: Coding) -> dict[int, Provider]:
    wanted = {coding.rendering_id, coding.referring_id, coding.supervising_id}
    wanted |= {line.rendering_id for line in coding.lines}
    ids = [key for key in wanted if key is not None]
    rows = db.session.scalars(select(Provider).where(Provider.practice_id == record.practice_id, Provider.id.in_(ids)))
    return {row.id: row for row in rows}


def _missing(
    practice: Practice, billed: Coverage | None, coding: Coding, location: Location | None
) -> tuple[Missing, ...]:
    asked = (
        (billed is None, NO_COVERAGE),
        (billed is not None and not billed.payer.payer_number, NO_PAYER_NUMBER),
        (not practice.tax_id, NO_TAX_ID),
        (not practice.street or not practice.city, NO_ADDRESS),
        (location is None and coding.place is None, NO_PLACE),
        (not coding.lines, NO_LINE),
    )
    return tuple(missing for wanting, missing in asked if wanting)


register("professional", _professional)
