"""A specimen was rejected: what it was charged comes off claims that are here; for those that left, someone is told.

Nothing that left changes (law 3). A claim that left and now says too much is money to be given back: Medicare counts
sixty days from when that was noticed (42 CFR 401.305), so that is the deadline where the payer sets no nearer one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from billing.coding.changes import RemoveLine
from billing.coding.coding import CodedLine
from billing.coding.lab_charges import DRAWS, lab_charges
from billing.models import ClaimRecord, ClaimTask, ClaimVisit
from billing.services.change_claim import carry_out
from billing.services.claim_value import coding_of
from clinic.domain.words import N_
from clinic.services.acting import Work
from lab.models import OrderLine, Specimen, SpecimenTest
from lab.services.billing_facts import asked_of, billed, drawn_as, facts_of_visits
from lab.services.specimens import container_of

GIVE_BACK_WITHIN = timedelta(days=60)
WORDS = N_("Specimen %(number)s was rejected after this claim had left; it bills what was not done.")


def reverse_lab_charges(work: Work, visit_id: int, specimen_id: int, number: str) -> None:
    """Take what a rejected specimen of a visit was charged off the visit's claims, in the act that rejects it."""
    of_it = _numbers_of(work, specimen_id)
    wanted = Counter(
        (charge.code, charge.on)
        for charge in lab_charges(facts_of_visits(work.actor.practice_id, (visit_id,)))
        if not charge.self_pay
    )
    for record in _claims(work, visit_id):
        lines = too_many(coding_of(record).lines, of_it, wanted)
        if not lines:
            continue
        if record.journey == "none":
            for line in lines:
                carry_out(work, record, RemoveLine(line.number))
        else:
            _open_task(work, record, lines, specimen_id=specimen_id, number=number)


def too_many(lines: Iterable[CodedLine], of_it: frozenset[str], wanted: Counter[tuple[str, date]]) -> list[CodedLine]:
    """The lines of these numbers beyond what was done, the last ones first to go."""
    left = Counter(wanted)
    going = []
    for line in lines:
        key = (line.code.value, line.service.start)
        if key[0] not in of_it:
            continue
        if left[key] > 0:
            left[key] -= 1
        else:
            going.append(line)
    return going


def _numbers_of(work: Work, specimen_id: int) -> frozenset[str]:
    """The numbers that may have been billed for a container: its draw's, and those of its tests."""
    rows = work.session.execute(
        select(Specimen, OrderLine)
        .outerjoin(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
        .outerjoin(OrderLine, OrderLine.id == SpecimenTest.line_id)
        .where(Specimen.practice_id == work.actor.practice_id, Specimen.id == specimen_id)
    ).all()
    found: set[str] = set()
    for specimen, line in rows:
        drawn = drawn_as(container_of(specimen))
        if drawn:
            found.add(DRAWS[drawn])
        if line is not None and line.facts:
            found.update(billed(asked_of(line))["procedures"])
    return frozenset(found)


def _claims(work: Work, visit_id: int) -> list[ClaimRecord]:
    return list(
        work.session.scalars(
            select(ClaimRecord)
            .join(ClaimVisit, ClaimVisit.claim_id == ClaimRecord.id)
            .where(
                ClaimVisit.practice_id == work.actor.practice_id,
                ClaimVisit.visit_id == visit_id,
                ClaimRecord.practice_id == work.actor.practice_id,
                ClaimRecord.journey != "withdrawn",
            )
            .order_by(ClaimRecord.id)
        )
    )


def _open_task(work: Work, record: ClaimRecord, lines: list[CodedLine], *, specimen_id: int, number: str) -> None:
    there = work.session.scalar(
        select(ClaimTask.id).where(
            ClaimTask.practice_id == record.practice_id,
            ClaimTask.claim_id == record.id,
            ClaimTask.cause == "specimen",
            ClaimTask.cause_id == specimen_id,
        )
    )
    if there is not None:
        return
    back_by = work.at.date() + GIVE_BACK_WITHIN
    due = record.due_on if record.due_on and work.at.date() <= record.due_on < back_by else back_by
    task = ClaimTask(
        practice_id=record.practice_id,
        claim_id=record.id,
        kind="void" if len(lines) == len(coding_of(record).lines) else "replace",
        cause="specimen",
        cause_id=specimen_id,
        words=WORDS,
        params={"number": number, "codes": " ".join(line.code.value for line in lines)},
        due_on=due,
        opened_at=work.at,
    )
    work.session.add(task)
    work.session.flush()
    body = {"claim_id": record.id, "kind": task.kind, "specimen_id": specimen_id, "due_on": due.isoformat()}
    work.fact("claim_task", task.id, "claim_task.opened", body)
    work.journal("claim_task", task.id, detail="claim_task.opened")
