"""A claim's first fact: its number, its row, what the edits say at once."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from billing.coding.coding import Coding
from billing.coding.story import LATEST, Opened, begin
from billing.models import ClaimRecord, ClaimVisit
from billing.services.billed_visits import mark_claimed
from billing.services.claim_value import assemble
from billing.services.deadline import due_on
from billing.services.judging import judge
from billing.services.own_profiles import own_profiles
from billing.services.telling import THING, project
from clinic.domain.value import as_json
from clinic.services.acting import Work
from clinic.services.number import next_number

FIRST_NUMBER = 10_000
"""Claim numbers start here, so that none is shorter than payers expect to read back."""


def begin_claim(
    work: Work, *, patient_id: int, on: date, visits: tuple[int, ...], coding: Coding, divided_from: int | None = None
) -> ClaimRecord:
    """Open a professional claim inside an act that is under way. ``on`` is its first day of service."""
    opened = Opened(
        number=str(FIRST_NUMBER + next_number(work, "claim")),
        kind="professional",
        patient_id=patient_id,
        service_on=on.isoformat(),
        visits=visits,
        coding=coding,
        blocks=0,
        warnings=0,
        divided_from=divided_from,
    )
    record = ClaimRecord(practice_id=work.actor.practice_id, created_at=work.at, changed_at=work.at)
    project(record, begin(opened))
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        ClaimVisit(practice_id=record.practice_id, claim_id=record.id, visit_id=visit) for visit in visits
    )
    work.session.flush()
    mark_claimed(work, visits)
    work.session.refresh(record)
    claim = assemble(record).claim
    if claim is not None:
        judged = judge(claim, coding)
        due = due_on(claim, own_profiles(record.practice_id))
        opened = replace(opened, blocks=judged.blocks, warnings=judged.warnings, due_on=due)
        project(record, begin(opened))
    work.fact(THING, record.id, "claim.opened", as_json(opened), version=LATEST["claim.opened"])
    work.journal(THING, record.id, detail="claim.opened")
    return record
