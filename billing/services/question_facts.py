"""Facts about questions: told of their claim, and each question's row carried along (law 2)."""

from __future__ import annotations

import msgspec

from billing.coding.questions import Question, QuestionAnswered, QuestionAsked, QuestionClosed, answered, begun, closed
from billing.models import ClaimQuestion, ClaimRecord
from billing.services.claim_value import load
from billing.services.telling import tell
from clinic.domain.value import as_json
from clinic.services.acting import Actor, Work
from clinic.services.find import one


def question_of(row: ClaimQuestion) -> Question:
    """The value a row projects."""
    return msgspec.convert(row.standing, Question, strict=True)


def in_hand(actor: Actor, question_id: int) -> tuple[ClaimQuestion, ClaimRecord]:
    """A question's row, and its claim with all that acts on it need.

    Raises:
        Unknown: the actor's practice has no such question.
    """
    row = one(actor, ClaimQuestion, question_id)
    return row, load(actor, row.claim_id)


def put_question(work: Work, record: ClaimRecord, body: QuestionAsked) -> ClaimQuestion:
    """Ask: one more fact of the claim, and the question's row."""
    now = tell(work, record, "claim.asked", body)
    row = ClaimQuestion(practice_id=record.practice_id, claim_id=record.id, asked_at=work.at)
    project(row, begun(now.sequence, body, work.actor.staff_id))
    row.since = work.at
    work.session.add(row)
    work.session.flush()
    return row


def give_answer(work: Work, record: ClaimRecord, row: ClaimQuestion, body: QuestionAnswered) -> None:
    """Answer an open question."""
    tell(work, record, "claim.answered", body)
    project(row, answered(question_of(row), body, work.actor.staff_id))
    row.answered_at = row.since = work.at


def close(work: Work, record: ClaimRecord, row: ClaimQuestion, body: QuestionClosed, reason: str | None) -> None:
    """Close a question."""
    tell(work, record, "claim.question_closed", body, reason=reason)
    project(row, closed(question_of(row), body, work.actor.staff_id))
    row.closed_at = work.at
    row.reason = reason


def project(row: ClaimQuestion, question: Question) -> None:
    """Put a question into its row's columns."""
    row.number = question.number
    row.standing = as_json(question)
    row.state = question.state
    row.waits_for = question.waits_for
    row.of_id = question.put.of
    row.note_id = question.put.asked.note_id
    row.asked_by = question.asked_by
    row.answered_by = question.answered_by
    row.closed_by = question.closed_by
