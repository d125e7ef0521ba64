"""What a superbill says: of a visit, to be ticked; of a claim, as it is coded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.coding import Coding
from billing.documents.superbill import Charge, Diagnosis, Visited
from billing.models import ClaimRecord
from billing.services.claim_value import coding_of, load
from billing.services.from_record import diagnoses_of
from billing.services.pricing import price_list
from billing.services.who_pays import billable, first_in_force, insured
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.models import Coverage, Location, Patient, Practice, Problem, Provider, Visit, VisitAct
from clinic.services.acting import Actor
from clinic.services.find import one
from clinic.services.library import library
from clinic.services.mappings import mapped

Row = TypeVar("Row", Location, Provider)

LOOKED_AT = 2_000
"""Acts and problems, the latest, from which it is told what the practice uses most."""
DIAGNOSES = 24


def superbill_of_visit(actor: Actor, visit_id: int) -> Visited:
    """The blank superbill of a visit: its problems and the charge list, nothing ticked.

    Raises:
        clinic.services.find.Unknown: no such visit in the actor's practice.
    """
    visit = one(
        actor,
        Visit,
        visit_id,
        joinedload(Visit.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
        selectinload(Visit.problems),
        selectinload(Visit.acts),
        joinedload(Visit.provider),
        joinedload(Visit.location),
    )
    patient, policies = insured(visit.patient)
    policy = first_in_force(billable(policies), visit.on)
    names = mapped(actor.practice_id, [visit])
    words = {row.code.replace(".", ""): row.words for row in visit.problems if row.code}
    book = library()
    own = [
        Diagnosis(code=code, words=words.get(code.value) or (entry.display if entry else ""))
        for code in diagnoses_of(visit, names)
        for entry in (book.lookup(code.system, code.value, visit.on),)
    ]
    return _visited(
        actor,
        patient,
        policy,
        visit.on,
        visit=visit,
        provider=visit.provider,
        place=visit.location,
        charges=_charge_list(actor, policy),
        diagnoses=_with_usual(actor, own),
    )


def superbill_of_claim(actor: Actor, claim_id: int) -> Visited:
    """The superbill that a claim fills: its lines and diagnoses ticked, the rest of the lists behind them.

    Raises:
        clinic.services.find.Unknown: no such claim in the actor's practice.
    """
    record = load(actor, claim_id)
    coding = coding_of(record)
    patient, policies = insured(record.patient)
    policy = next((row for row in policies if row.id == coding.coverage_id), None)
    lines = [
        Charge(
            code=line.code,
            words=line.words,
            price=line.charge,
            modifiers=line.modifiers,
            units=line.quantity.plain(),
            pointers=line.pointers,
            done=True,
        )
        for line in coding.lines
    ]
    done = {line.code for line in coding.lines}
    book = library()
    entries = [book.lookup(code.system, code.value, record.service_on) for code in coding.diagnoses]
    own = [
        Diagnosis(code=code, words=entry.display if entry else "", position=position)
        for position, (code, entry) in enumerate(zip(coding.diagnoses, entries, strict=True), 1)
    ]
    return _visited(
        actor,
        patient,
        policy,
        record.service_on,
        record=record,
        visit=record.visits[0].visit if record.visits else None,
        provider=_row(actor, Provider, coding.rendering_id),
        place=_place(actor, record, coding),
        charges=(*lines, *(row for row in _charge_list(actor, policy) if row.code not in done)),
        diagnoses=_with_usual(actor, own),
    )


def _visited(
    actor: Actor,
    patient: Patient,
    policy: Coverage | None,
    on: date,
    *,
    visit: Visit | None,
    provider: Provider | None,
    place: Location | None,
    charges: Iterable[Charge],
    diagnoses: tuple[Diagnosis, ...],
    record: ClaimRecord | None = None,
) -> Visited:
    practice = db.session.get_one(Practice, actor.practice_id)
    town = " ".join(part for part in (practice.city, practice.state, practice.postal_code) if part)
    return Visited(
        practice=tuple(part for part in (practice.name, practice.street, town, practice.phone) if part),
        npi=practice.npi,
        tax_id=practice.tax_id,
        patient=patient.name,
        birth=patient.birth,
        chart_number=patient.chart_number,
        policy=f"{policy.payer.name} {policy.member_id}" if policy else None,
        on=on,
        provider=provider.name if provider else None,
        place=place.name if place else None,
        reason=visit.reason if visit else None,
        charges=tuple(charges),
        diagnoses=diagnoses,
        claim_number=record.number if record else None,
        paid=coding_of(record).patient_paid if record else None,
    )


def _charge_list(actor: Actor, policy: Coverage | None) -> tuple[Charge, ...]:
    """The charge list at the policy's prices, what is done most first."""
    last = (
        select(VisitAct.system, VisitAct.code)
        .where(VisitAct.practice_id == actor.practice_id)
        .order_by(VisitAct.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    counted = select(last.c.system, last.c.code, func.count()).group_by(last.c.system, last.c.code)
    used = {(system, code): times for system, code, times in db.session.execute(counted)}
    rows = [
        Charge(code=priced.code, words=priced.words, price=priced.price)
        for priced in price_list(actor.practice_id, policy.payer_id if policy else None).values()
    ]
    return tuple(sorted(rows, key=lambda row: (-used.get((row.code.system, row.code.value), 0), row.code)))


def _with_usual(actor: Actor, own: list[Diagnosis]) -> tuple[Diagnosis, ...]:
    """The visit's or claim's own diagnoses, then those the practice meets most, in its words."""
    last = (
        select(Problem.code, Problem.words)
        .where(Problem.practice_id == actor.practice_id, Problem.system == ICD10CM, Problem.code.is_not(None))
        .order_by(Problem.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    counted = (
        select(last.c.code, func.max(last.c.words)).group_by(last.c.code).order_by(func.count().desc(), last.c.code)
    )
    there = {each.code for each in own}
    usual = [
        Diagnosis(code=code, words=words)
        for value, words in db.session.execute(counted.limit(DIAGNOSES))
        if (code := Code(ICD10CM, value.replace(".", ""))) not in there
    ]
    return tuple([*own, *usual][: max(DIAGNOSES, len(own))])


def _place(actor: Actor, record: ClaimRecord, coding: Coding) -> Location | None:
    if coding.location_id is not None:
        return _row(actor, Location, coding.location_id)
    return next((link.visit.location for link in record.visits if link.visit.location), None)


def _row(actor: Actor, model: type[Row], row_id: int | None) -> Row | None:
    return None if row_id is None else one(actor, model, row_id)
