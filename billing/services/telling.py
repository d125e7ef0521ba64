"""Telling a claim's next fact: append it, carry the record along, leave the journal row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from billing.coding.story import LATEST, UNMOVED, Standing, after
from billing.models import ClaimRecord, ClaimVisit
from billing.services.billed_visits import mark_claimed
from clinic.domain.value import Value, as_json
from clinic.journal.acts import act_row
from clinic.models import Fact, JournalAct
from clinic.services.acting import Work

THING = "claim"


def standing_of(record: ClaimRecord) -> Standing:
    """The record's columns as the value they project."""
    return msgspec.convert(
        {
            "number": record.number,
            "kind": record.kind,
            "patient_id": record.patient_id,
            "service_on": record.service_on.isoformat(),
            "visits": [link.visit_id for link in record.visits],
            "coding": record.coding,
            "preparation": record.preparation,
            "journey": record.journey,
            "adjudication": record.adjudication,
            "owes": record.owes,
            "blocks": record.blocks,
            "warnings": record.warnings,
            "open_questions": record.open_questions,
            "sequence": record.sequence,
            "digest": record.digest,
            "assigned_to_id": record.assigned_to_id,
            "coded_by": record.coded_by,
            "reviewed_by": record.reviewed_by,
            "signed_by": record.signed_by,
            "due_on": record.due_on.isoformat() if record.due_on else None,
            "returned": record.returned,
            "stopped": record.stopped,
        },
        Standing,
        strict=True,
    )


def project(record: ClaimRecord, standing: Standing) -> None:
    """Put a standing into the record's columns: the projection of law 2."""
    coding = standing.coding
    record.number = standing.number
    record.kind = standing.kind
    record.patient_id = standing.patient_id
    record.service_on = date.fromisoformat(standing.service_on)
    record.coding = as_json(coding)
    record.coverage_id = coding.coverage_id
    record.rendering_id = coding.rendering_id
    record.total_cents = coding.charged().cents
    record.preparation = standing.preparation
    record.journey = standing.journey
    record.adjudication = standing.adjudication
    record.owes = standing.owes
    record.blocks = standing.blocks
    record.warnings = standing.warnings
    record.open_questions = standing.open_questions
    record.sequence = standing.sequence
    record.digest = standing.digest
    record.assigned_to_id = standing.assigned_to_id
    record.coded_by = standing.coded_by
    record.reviewed_by = standing.reviewed_by
    record.signed_by = standing.signed_by
    record.due_on = date.fromisoformat(standing.due_on) if standing.due_on else None
    record.returned = standing.returned
    record.stopped = as_json(standing.stopped) if standing.stopped else None


def tell(work: Work, record: ClaimRecord, type_: str, body: Value, *, reason: str | None = None) -> Standing:
    """Append a fact to a claim that is there, carry its record along and journal it."""
    now = after(standing_of(record), type_, body, work.actor.staff_id)
    work.fact(THING, record.id, type_, as_json(body), version=LATEST[type_], reason=reason)
    project(record, now)
    _carry_visits(work, record, now.visits)
    if type_ not in UNMOVED:
        record.changed_at = work.at
    work.journal(THING, record.id, digest=getattr(body, "digest", None), detail=type_)
    return now


_OF_ACT = tuple(column.key for column in JournalAct.__table__.columns if column.key != "id")


class Told(NamedTuple):
    """A fact to tell of one claim, and the claim it is told of."""

    claim_id: int
    before: Standing
    body: Value


def tell_all(work: Work, type_: str, told: Sequence[Told], *, reason: str | None = None) -> None:
    """Append a fact of one type to many claims at once: what ``tell`` does, in a few statements.

    For facts that leave coding and visits as they are. Records that the session holds are read anew when next used.
    """
    if not told:
        return
    practice_id, actor_id = work.actor.practice_id, work.actor.staff_id
    facts, rows, acts = [], [], []
    for claim_id, before, body in told:
        now = after(before, type_, body, actor_id)
        if (now.coding, now.visits) != (before.coding, before.visits):
            raise ValueError(f"{type_} changes what only tell() carries along")
        facts.append(
            {
                "practice_id": practice_id,
                "thing": THING,
                "thing_id": claim_id,
                "sequence": now.sequence,
                "type": type_,
                "version": LATEST[type_],
                "at": work.at,
                "actor_id": actor_id,
                "reason": reason,
                "body": as_json(body),
            }
        )
        rows.append({"id": claim_id} | _columns(now) | ({} if type_ in UNMOVED else {"changed_at": work.at}))
        act = act_row(
            practice_id,
            work.at,
            actor_id,
            work.act,
            THING,
            claim_id,
            digest=getattr(body, "digest", None),
            detail=type_,
        )
        acts.append({name: getattr(act, name) for name in _OF_ACT})
    work.session.flush()
    work.session.execute(insert(Fact), facts)
    work.session.execute(insert(JournalAct), acts)
    work.session.info["journalled"] = True
    claims = ClaimRecord.metadata.tables["claim"]
    columns = {name: bindparam(f"to_{name}", type_=claims.c[name].type) for name in rows[0] if name != "id"}
    work.session.connection().execute(
        update(claims).where(claims.c.id == bindparam("to_id")).values(columns),
        [{f"to_{name}": value for name, value in row.items()} for row in rows],
    )
    for each in [row for row in work.session if isinstance(row, ClaimRecord)]:
        work.session.expire(each)


def _columns(standing: Standing) -> dict[str, Any]:
    """The columns that facts told to many may change."""
    return {
        "preparation": standing.preparation,
        "journey": standing.journey,
        "adjudication": standing.adjudication,
        "owes": standing.owes,
        "blocks": standing.blocks,
        "warnings": standing.warnings,
        "open_questions": standing.open_questions,
        "sequence": standing.sequence,
        "digest": standing.digest,
        "assigned_to_id": standing.assigned_to_id,
        "coded_by": standing.coded_by,
        "reviewed_by": standing.reviewed_by,
        "signed_by": standing.signed_by,
        "due_on": date.fromisoformat(standing.due_on) if standing.due_on else None,
        "returned": standing.returned,
        "stopped": as_json(standing.stopped) if standing.stopped else None,
    }


def _carry_visits(work: Work, record: ClaimRecord, visits: tuple[int, ...]) -> None:
    """The rows that say which visits a claim bills are a projection too."""
    there = {link.visit_id for link in record.visits}
    if there == set(visits):
        return
    work.session.execute(
        delete(ClaimVisit).where(
            ClaimVisit.practice_id == record.practice_id,
            ClaimVisit.claim_id == record.id,
            ClaimVisit.visit_id.in_(there - set(visits)),
        )
    )
    work.session.add_all(
        ClaimVisit(practice_id=record.practice_id, claim_id=record.id, visit_id=visit)
        for visit in visits
        if visit not in there
    )
    work.session.flush()
    mark_claimed(work, there ^ set(visits))
    work.session.refresh(record, ["visits"])
