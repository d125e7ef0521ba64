"""Billing's queues: how each stands, all of them in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, String, literal, select, union_all

from billing.coding.questions import Side
from billing.models import ClaimQuestion, ClaimRecord, ClaimTask
from billing.services import question_queue
from billing.services.deadline import due_by_payer
from billing.services.own_profiles import own_profiles
from billing.services.waiting import claims_where, first_policy, visits_where
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Coverage, Payer, Visit
from clinic.policy import RoleName, allows
from clinic.queues import Queue, QueueState, aged, declare, state, together
from clinic.services.acting import Actor
from clinic.services.clock import now

CODE_WITHIN = timedelta(days=3)
REVIEW_WITHIN = timedelta(days=2)
SEND_WITHIN = timedelta(days=2)

Arm = Select[Any]
UNCODED = "uncoded"
"""The part of the queue to code that no claim is open for."""


def _claims(actor: Actor, queue: str) -> Arm:
    return _arm(queue, ClaimRecord.changed_at, ClaimRecord.due_on).where(claims_where(actor, queue))


def _visits(actor: Actor, queue: str) -> Arm:
    return _arm(queue, Visit.created_at, None).where(visits_where(actor, queue))


def _uncoded(actor: Actor) -> Arm:
    """Visits to be coded, by who pays first: their deadlines are those of the oldest of each payer."""
    columns = (Payer.payer_number.label("number"), Coverage.filing.label("filing"))
    return (
        _arm(UNCODED, Visit.created_at, Visit.on, *columns)
        .outerjoin(Coverage, Coverage.id == first_policy())
        .outerjoin(Payer, Payer.id == Coverage.payer_id)
        .where(visits_where(actor, "to_code"))
        .group_by(*columns)
    )


def _printed(actor: Actor) -> Arm:
    """Claims on paper that nobody has said was mailed: since they were printed nothing else was told of them."""
    return _arm("printed", ClaimRecord.changed_at, ClaimRecord.due_on).where(
        ClaimRecord.practice_id == actor.practice_id, ClaimRecord.journey == "printed"
    )


def _tasks(actor: Actor) -> Arm:
    """What has to be done about claims that have left."""
    return _arm("to_correct", ClaimTask.opened_at, ClaimTask.due_on).where(
        ClaimTask.practice_id == actor.practice_id, ClaimTask.done_at.is_(None)
    )


def _questions(actor: Actor, queue: str) -> Arm:
    """Questions that wait for one side; due when their claims are."""
    return (
        _arm(queue, ClaimQuestion.since, ClaimRecord.due_on)
        .join_from(ClaimQuestion, ClaimRecord, ClaimRecord.id == ClaimQuestion.claim_id)
        .where(question_queue.waits(actor, QUESTIONS[queue]))
    )


def _arm(queue: str, since: Any, due: Any, *payer: Any) -> Arm:
    told = payer or (literal(None, String).label("number"), literal(None, String).label("filing"))
    limit = ANSWER_WITHIN if queue in QUESTIONS else LIMITS.get(queue, CODE_WITHIN)
    return select(literal(queue).label("queue"), *aged(since, now(), limit, due), *told)


def _standing(actor: Actor) -> Mapping[str, QueueState]:
    """How each of billing's queues stands that the actor may open."""
    arms = [arm for queue in LIMITS if allows(RIGHTS[queue], actor.roles) for arm in _arms(actor, queue)]
    arms += [_questions(actor, queue) for queue in QUESTIONS if allows(OF_QUESTIONS[queue], actor.roles)]
    found: dict[str, QueueState] = {}
    for row in db.session.execute(union_all(*arms)) if arms else ():
        queue, part = row.queue, state(row)
        if queue == UNCODED:
            profiles = own_profiles(actor.practice_id)
            due = due_by_payer(part.due, row.number, row.filing, profiles) if part.due and row.filing else None
            queue, part = "to_code", replace(part, due=due)
        found[queue] = together(found.get(queue), part)
    return found


LIMITS = {
    "to_code": CODE_WITHIN,
    "sent_back": CODE_WITHIN,
    "to_review": REVIEW_WITHIN,
    "to_sign": REVIEW_WITHIN,
    "ready": SEND_WITHIN,
    "held": SEND_WITHIN,
    "printed": SEND_WITHIN,
    "no_policy": CODE_WITHIN,
    "to_correct": SEND_WITHIN,
    "work": CODE_WITHIN,
}
"""How long anything may wait in each."""

RIGHTS = {
    "to_code": "claim.code",
    "sent_back": "claim.code",
    "to_review": "claim.review",
    "to_sign": "claim.sign",
    "ready": "claim.send",
    "held": "claim.send",
    "printed": "claim.send",
    "to_correct": "claim.send",
    "no_policy": "patient.write",
    "work": "claim.oversee",
}


QUESTIONS: dict[str, Side] = {"to_answer": "provider", "answers": "coder"}
"""Queues of questions, and whom what is in them waits for."""
OF_QUESTIONS = {"to_answer": "claim.answer", "answers": "claim.code"}
"""The right that opens each of them; they are no queues of claims, so one does not go through claims in them."""
ANSWER_WITHIN = timedelta(days=2)


def _arms(actor: Actor, queue: str) -> list[Arm]:
    if queue == "no_policy":
        return [_visits(actor, queue)]
    if queue == "to_correct":
        return [_tasks(actor)]
    if queue == "printed":
        return [_printed(actor)]
    return [_claims(actor, queue), *([_uncoded(actor)] if queue == "to_code" else [])]


def _queue(name: str, words: str, short: str, order: int, *, group: str = "billing", daily: RoleName) -> Queue:
    return Queue(
        name, words, short, RIGHTS[name], f"claims.{name}", _standing, LIMITS[name], group, order, frozenset({daily})
    )


declare(
    _queue("to_code", N_("To code"), N_("Code"), 10, daily=RoleName.BILLER),
    _queue("sent_back", N_("Sent back"), N_("Back"), 15, daily=RoleName.BILLER),
    Queue(
        "answers",
        N_("Answers"),
        N_("Answers"),
        OF_QUESTIONS["answers"],
        "questions.answers",
        _standing,
        ANSWER_WITHIN,
        "billing",
        17,
        frozenset({RoleName.BILLER}),
    ),
    _queue("to_review", N_("To review"), N_("Review"), 20, daily=RoleName.BILLER),
    _queue("ready", N_("Ready to send"), N_("Send"), 30, daily=RoleName.BILLER),
    _queue("held", N_("Held at sending"), N_("Held"), 35, daily=RoleName.BILLER),
    Queue(
        "printed",
        N_("To mail"),
        N_("Mail"),
        RIGHTS["printed"],
        "submissions.printed",
        _standing,
        LIMITS["printed"],
        "billing",
        37,
        frozenset({RoleName.BILLER}),
    ),
    Queue(
        "to_correct",
        N_("To correct"),
        N_("Correct"),
        RIGHTS["to_correct"],
        "claim_tasks.index",
        _standing,
        LIMITS["to_correct"],
        "billing",
        39,
        frozenset({RoleName.BILLER}),
    ),
    Queue("sent", N_("Sent"), N_("Sent"), "claim.read", "submissions.index", None, None, "billing", 40),
    _queue("to_sign", N_("To sign"), N_("Sign"), 10, group="care", daily=RoleName.PROVIDER),
    Queue(
        "to_answer",
        N_("Questions to answer"),
        N_("Asked"),
        OF_QUESTIONS["to_answer"],
        "questions.to_answer",
        _standing,
        ANSWER_WITHIN,
        "care",
        15,
        frozenset({RoleName.PROVIDER}),
    ),
    _queue("no_policy", N_("Without a policy"), N_("Policy"), 20, group="care", daily=RoleName.ASSISTANT),
    _queue("work", N_("Who has what"), N_("Work"), 10, group="practice", daily=RoleName.MANAGER),
)
