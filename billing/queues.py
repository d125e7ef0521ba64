"""Billing's queues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import and_, case, exists, select

from billing.models import ClaimRecord, ClaimVisit
from billing.services.hold_claim import ready_steps
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Visit
from clinic.queues import Queue, QueueState, aged, declare, state
from clinic.services.acting import Actor
from clinic.services.clock import now

CODE_WITHIN = timedelta(days=3)
REVIEW_WITHIN = timedelta(days=2)
SEND_WITHIN = timedelta(days=2)


def _to_code(actor: Actor) -> QueueState:
    """Visits without a claim, or with one that is still in coding."""
    other = exists().where(
        ClaimVisit.practice_id == Visit.practice_id,
        ClaimVisit.visit_id == Visit.id,
        ClaimVisit.claim_id == ClaimRecord.id,
        ClaimRecord.practice_id == Visit.practice_id,
        (ClaimRecord.preparation != "coding") | (ClaimRecord.journey != "none"),
    )
    row = db.session.execute(
        select(*aged(Visit.created_at, now(), CODE_WITHIN)).where(
            Visit.practice_id == actor.practice_id, Visit.department == "medical", ~other
        )
    ).one()
    return state(row)


def _claims(actor: Actor) -> Mapping[str, QueueState]:
    """Coded claims by the queue they wait in, in one statement."""
    ready = ready_steps(actor.practice_id)
    name = case(
        (ClaimRecord.preparation.in_(ready), "ready"),
        (ClaimRecord.preparation == "coded", "to_review"),
        else_="to_sign",
    )
    rows = db.session.execute(
        select(name.label("queue"), *aged(ClaimRecord.changed_at, now(), REVIEW_WITHIN))
        .where(
            and_(
                ClaimRecord.practice_id == actor.practice_id,
                ClaimRecord.journey == "none",
                ClaimRecord.preparation != "coding",
            )
        )
        .group_by(name)
    ).all()
    return {row.queue: state(row) for row in rows}


declare(
    Queue("to_code", N_("To code"), N_("Code"), "claim.code", "claims.to_code", _to_code, CODE_WITHIN, "billing", 10),
    Queue(
        "to_review",
        N_("To review"),
        N_("Review"),
        "claim.review",
        "claims.to_review",
        _claims,
        REVIEW_WITHIN,
        "billing",
        20,
    ),
    Queue("to_sign", N_("To sign"), N_("Sign"), "claim.sign", "claims.to_sign", _claims, REVIEW_WITHIN, "care", 10),
    Queue("ready", N_("Ready to send"), N_("Send"), "claim.send", "claims.ready", _claims, SEND_WITHIN, "billing", 30),
    Queue("sent", N_("Sent"), N_("Sent"), "claim.read", "submissions.index", None, None, "billing", 40),
)
