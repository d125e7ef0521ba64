"""Answering a question about a claim, in one's own name; where wanted the visit's note says so from then on."""

from __future__ import annotations

from msgspec.structs import replace

from billing.coding.questions import Said, Side, answerable
from billing.models import ClaimQuestion, ClaimRecord
from billing.services.change_claim import must_be_here
from billing.services.question_facts import give_answer, in_hand, question_of
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Note, Staff
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, Work, acting
from clinic.services.write_note import put_note

NOTE_RIGHT = "note.write"


class Given(Value, frozen=True, kw_only=True):
    """An answer as it is given."""

    said: Said
    choice: int | None = None
    """1-based."""
    words: str | None = None
    addendum: str | None = None
    """What the visit's note says from then on; nothing is added where this is None."""


def answer_question(actor: Actor, question_id: int, given: Given) -> None:
    """Answer as a provider what those who code have asked.

    Raises:
        NotAllowed: the actor is no provider, or may not write notes and wants to.
        Refused: it is answered or taken back already, is asked of the other side, or nothing was said.
        Unknown: no such question.
    """
    if given.addendum is not None and not allows(NOTE_RIGHT, actor.roles):
        raise NotAllowed(NOTE_RIGHT)
    _answer(actor, "claim.answer", question_id, given, "provider")


def reply(actor: Actor, question_id: int, given: Given) -> None:
    """Answer as one who codes what a provider or reviewer has asked.

    Raises:
        Refused: it is answered or taken back already, is asked of the other side, or nothing was said.
        Unknown: no such question.
    """
    _answer(actor, "claim.code", question_id, Given(said=given.said, choice=given.choice, words=given.words), "coder")


def _answer(actor: Actor, right: str, question_id: int, given: Given, side: Side) -> None:
    with acting(actor, right) as work:
        row, record = in_hand(actor, question_id)
        _must_be_open(work, row)
        must_be_here(record)
        question = question_of(row)
        if question.put.to != side:
            raise Refused(
                N_("This question is asked of someone else."),
                where="answer",
                remedy=N_("Leave it to those who were asked."),
            )
        body = answerable(question, given.said, given.choice, given.words)
        if given.addendum is not None:
            body = replace(body, note_id=put_note(work, _visit_of(work, row, record), given.addendum))
        give_answer(work, record, row, body)


def _must_be_open(work: Work, row: ClaimQuestion) -> None:
    if row.state == "open":
        return
    if row.answered_by is None and row.state == "closed":
        raise Refused(N_("This question was taken back."), where="answer", remedy=N_("Nothing is left to answer here."))
    who = work.session.get(Staff, row.answered_by or 0)
    raise Refused(
        N_("%(name)s has answered this question already."),
        where="answer",
        remedy=N_("If it was answered wrongly, write it into the visit's note and ask the coder to look."),
        name=who.name if who else "–",
    )


def _visit_of(work: Work, row: ClaimQuestion, record: ClaimRecord) -> int:
    """The visit whose note is added to: that of the note asked about, else the claim's first."""
    note = work.session.get(Note, row.note_id or 0)
    if note is not None and note.practice_id == row.practice_id:
        return note.visit_id
    if not record.visits:
        raise Refused(
            N_("No visit is behind this claim, so there is no note to add to."),
            where="answer",
            remedy=N_("Answer without adding to the note."),
        )
    return record.visits[0].visit_id
