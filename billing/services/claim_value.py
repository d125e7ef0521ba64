"""The Claim value of a claim record, as everything around it stands now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from billing.coding.build import Parties, build
from billing.coding.coding import Coding
from billing.domain.claim import Claim
from billing.models import ClaimRecord, ClaimVisit
from billing.services import parties as values
from billing.services.routes import way_of
from billing.services.who_pays import billable, insured
from clinic.base import db
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Coverage, Location, Patient, Payer, Practice, Provider, Visit
from clinic.services.acting import Actor
from clinic.services.find import one
from clinic.services.mappings import payers_here


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
    route: Any = None
    """The ``billing.services.routes.Route`` to the payer billed, None where there is none."""
    rows: tuple[Any, ...] = ()
    """The practice and the policies it was put together from: held, so that asking for them again costs nothing."""


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


WHOLE = (
    joinedload(ClaimRecord.patient).joinedload(Patient.coverages).joinedload(Coverage.payer),
    joinedload(ClaimRecord.coverage).joinedload(Coverage.payer),
    joinedload(ClaimRecord.visits)
    .joinedload(ClaimVisit.visit)
    .options(joinedload(Visit.location), joinedload(Visit.provider)),
)
"""A claim's record with all that it is put together from. Policies and visits are few: together they make few rows."""


def load(actor: Actor, claim_id: int) -> ClaimRecord:
    """The record with its patient, policies and visits, in one statement.

    Raises:
        clinic.services.find.Unknown: no such claim in the actor's practice.
    """
    return one(
        actor,
        ClaimRecord,
        claim_id,
        *WHOLE,
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
    payers = _payers(policies)
    asked = {payers[row.id].id for row in policies}
    way = way_of(record.practice_id, payers[billed.id].id, asked) if billed else None
    numbers = {row.id: way.numbers.get(payers[row.id].id) for row in policies} if way else {}
    numbered = billed is not None and bool(numbers.get(billed.id) or payers[billed.id].payer_number)
    missing = _missing(practice, billed, numbered, coding, location)
    if missing or billed is None or way is None:
        return Assembled(None, missing)
    people = _providers(record, coding)
    rendering, referring, supervising = (
        people.get(key or 0) for key in (coding.rendering_id, coding.referring_id, coding.supervising_id)
    )
    parties = Parties(
        billing=values.billing_provider(practice),
        patient=values.person(patient),
        coverage=values.coverage(billed, payers[billed.id], numbers.get(billed.id)),
        place=location.place_of_service if location else "",
        rendering=values.provider(rendering) if rendering else None,
        referring=values.colleague(referring) if referring else None,
        supervising=values.colleague(supervising) if supervising else None,
        facility=values.facility(practice, location) if location else None,
        pay_to=values.pay_to(practice),
        other_coverages=tuple(
            values.other_coverage(row, payers[row.id], numbers.get(row.id))
            for row in billable(policies)
            if row.id != billed.id and row.rank != billed.rank and _in_force(row, record)
        ),
        line_rendering=tuple(
            (line.number, values.provider(people[line.rendering_id]))
            for line in coding.lines
            if line.rendering_id in people and line.rendering_id is not None
        ),
    )
    return Assembled(build(record.number, coding, parties), route=way.route, rows=(practice, *policies))


def _payers(policies: list[Coverage]) -> dict[int, Payer]:
    """By policy, who it is with: a payer of another system is the one of ours that it was said to be."""
    here = payers_here(policies[0].practice_id, [row.payer for row in policies]) if policies else {}
    return {row.id: here.get(row.payer_id) or row.payer for row in policies}


def _in_force(row: Coverage, record: ClaimRecord) -> bool:
    on = record.service_on
    return (row.starts is None or row.starts <= on) and (row.ends is None or row.ends >= on)


def _location(record: ClaimRecord, coding: Coding) -> Location | None:
    if coding.location_id is not None:
        # mostly that of the visit, which the session holds: no statement then
        found = db.session.get(Location, coding.location_id)
        return found if found is not None and found.practice_id == record.practice_id else None
    return next((link.visit.location for link in record.visits if link.visit.location), None)


def _providers(record: ClaimRecord, coding: Coding) -> dict[int, Provider]:
    wanted = {coding.rendering_id, coding.referring_id, coding.supervising_id}
    wanted |= {line.rendering_id for line in coding.lines}
    ids = {key for key in wanted if key is not None}
    # who rendered is mostly the visit's provider, whom the session holds
    held = [row for key in ids if (row := db.session.identity_map.get(identity_key(Provider, key))) is not None]
    found = {row.id: row for row in held if row.practice_id == record.practice_id}
    missing = sorted(ids - found.keys())
    if missing:
        mine = select(Provider).where(Provider.practice_id == record.practice_id, Provider.id.in_(missing))
        found |= {row.id: row for row in db.session.scalars(mine)}
    return found


def _missing(
    practice: Practice, billed: Coverage | None, numbered: bool, coding: Coding, location: Location | None
) -> tuple[Missing, ...]:
    asked = (
        (billed is None, NO_COVERAGE),
        (billed is not None and not numbered, NO_PAYER_NUMBER),
        (not practice.tax_id, NO_TAX_ID),
        (not practice.street or not practice.city, NO_ADDRESS),
        (location is None and coding.place is None, NO_PLACE),
        (not coding.lines, NO_LINE),
    )
    return tuple(missing for wanting, missing in asked if wanting)


register("professional", _professional)
