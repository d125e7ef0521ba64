"""Opening a claim for a visit: what the record already says is put on it, nothing is invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.changes import AddDiagnosis, AddLine, apply
from billing.coding.coding import Coding, fresh
from billing.coding.story import LATEST, Opened, as_json, begin
from billing.models import ClaimRecord, ClaimVisit
from billing.services.claim_value import assemble
from billing.services.judging import judge
from billing.services.pricing import price_list
from billing.services.telling import THING, project
from billing.services.who_pays import insured
from clinic.domain.code import ICD10CM, Code
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage, Patient, Visit
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from clinic.services.library import library
from clinic.services.number import next_number

FIRST_NUMBER = 10_000
"""Claim numbers start here, so that none is shorter than payers expect to read back."""


def open_claim(actor: Actor, visit_id: int) -> int:
    """Open a claim for a visit and give its id; the id of the open one where there is one already.

    Raises:
        Refused: the visit is not for this kind of claim.
    """
    with acting(actor, "claim.code") as work:
        visit = one(
            actor,
            Visit,
            visit_id,
            joinedload(Visit.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
            selectinload(Visit.acts),
            selectinload(Visit.problems),
            joinedload(Visit.location),
        )
        if visit.department != "medical":
            raise Refused(N_("A dental visit is not billed on a professional claim."), where="visit")
        there = work.session.scalar(
            select(ClaimVisit.claim_id)
            .join(ClaimRecord, ClaimRecord.id == ClaimVisit.claim_id)
            .where(ClaimVisit.practice_id == actor.practice_id, ClaimVisit.visit_id == visit.id)
            .where(ClaimRecord.journey == "none")
        )
        if there is not None:
            work.journal(THING, there, detail="claim.found")
            return there
        return _open(work, visit)


def _open(work: Work, visit: Visit) -> int:
    coding = _first_coding(visit)
    number = str(FIRST_NUMBER + next_number(work, "claim"))
    opened = Opened(
        number=number,
        kind="professional",
        patient_id=visit.patient_id,
        service_on=visit.on.isoformat(),
        visits=(visit.id,),
        coding=coding,
        blocks=0,
        warnings=0,
    )
    record = ClaimRecord(practice_id=work.actor.practice_id, created_at=work.at, changed_at=work.at)
    project(record, begin(opened))
    work.session.add(record)
    work.session.flush()
    work.session.add(ClaimVisit(practice_id=work.actor.practice_id, claim_id=record.id, visit_id=visit.id))
    work.session.flush()
    work.session.refresh(record)
    claim = assemble(record).claim
    if claim is not None:
        judged = judge(claim, coding)
        opened = replace(opened, blocks=judged.blocks, warnings=judged.warnings)
        project(record, begin(opened))
    work.fact(THING, record.id, "claim.opened", as_json(opened), version=LATEST["claim.opened"])
    work.journal(THING, record.id, detail="claim.opened")
    return record.id


def _first_coding(visit: Visit) -> Coding:
    """The visit's own ICD-10-CM problems as diagnoses and its acts that stand on the charge list as lines."""
    policies = insured(visit.patient)[1]
    coding = replace(
        fresh(), coverage_id=_primary(policies, visit.on), rendering_id=visit.provider_id, location_id=visit.location_id
    )
    book = library()
    for problem in visit.problems:
        if problem.system != ICD10CM or not problem.code or problem.status == "entered-in-error":
            continue
        code = Code(ICD10CM, problem.code.replace(".", ""))
        if code not in coding.diagnoses and book.status(ICD10CM, code.value, visit.on).state == "billable":
            coding = apply(coding, AddDiagnosis(code))
    payer = next((row.payer_id for row in policies if row.id == coding.coverage_id), None)
    prices = price_list(visit.practice_id, payer)
    for act in visit.acts:
        priced = prices.get((act.system or "", act.code or ""))
        if priced is None:
            continue
        coding = apply(
            coding,
            AddLine(
                code=priced.code,
                words=priced.words,
                service=Period(visit.on),
                quantity=Quantity(act.quantity.normalize() if act.quantity else Decimal(1), act.unit),
                charge=priced.price * int(act.quantity or 1),
            ),
        )
    return coding


def _primary(policies: list[Coverage], on: date) -> int | None:
    """The first policy in force on the day of service: P before S before T."""
    for coverage in policies:
        begun = coverage.starts is None or coverage.starts <= on
        over = coverage.ends is not None and coverage.ends < on
        if begun and not over:
            return coverage.id
    return None
