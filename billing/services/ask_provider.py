"""Asking about a claim: those who code ask who rendered, and the other way round."""

from __future__ import annotations

from sqlalchemy import select

from billing.coding.questions import Asked, QuestionAsked, Side, askable
from billing.models import ClaimRecord
from billing.services.change_claim import must_be_here
from billing.services.claim_value import load
from billing.services.question_facts import put_question
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Note, Provider
from clinic.policy import allows
from clinic.services.acting import Actor, Work, acting

RIGHT = "claim.ask"


def side_of(actor: Actor) -> Side:
    """On whose side somebody asks: who may code is asked back there."""
    return "coder" if allows("claim.code", actor.roles) else "provider"


def ask_provider(actor: Actor, claim_id: int, asked: Asked) -> int:
    """Ask who rendered the claim, or any provider where that is nobody of the house. Gives the question's id.

    The claim waits until the answer came and was taken up, or the question is taken back.

    Raises:
        Refused: nothing is asked, the place is not in the note, or the claim has left.
        Unknown: no such claim.
    """
    return _ask(actor, claim_id, asked, "provider")


def ask_coder(actor: Actor, claim_id: int, asked: Asked) -> int:
    """Ask who coded the claim, or anyone who codes where nobody has. Gives the question's id.

    Raises:
        Refused: nothing is asked, the place is not in the note, or the claim has left.
        Unknown: no such claim.
    """
    return _ask(actor, claim_id, asked, "coder")


def _ask(actor: Actor, claim_id: int, asked: Asked, to: Side) -> int:
    with acting(actor, RIGHT) as work:
        record = load(actor, claim_id)
        must_be_here(record)
        question = _placed(work, record, askable(asked))
        of = _rendered_by(work, record) if to == "provider" else record.coded_by or record.assigned_to_id
        body = QuestionAsked(asked=question, to=to, by=side_of(actor), of=None if of == actor.staff_id else of)
        return put_question(work, record, body).id


def _rendered_by(work: Work, record: ClaimRecord) -> int | None:
    return work.session.scalar(
        select(Provider.staff_id).where(
            Provider.practice_id == record.practice_id, Provider.id == (record.rendering_id or 0), Provider.active
        )
    )


def _placed(work: Work, record: ClaimRecord, asked: Asked) -> Asked:
    """The question with the note its place is in: the one it names, else the only one of the claim's visits."""
    if asked.note_id is None and asked.start is None:
        return asked
    visits = [link.visit_id for link in record.visits]
    wanted = select(Note).where(Note.practice_id == record.practice_id, Note.visit_id.in_(visits))
    notes = list(work.session.scalars(wanted.order_by(Note.id)))
    if asked.note_id is not None:
        notes = [note for note in notes if note.id == asked.note_id]
        if not notes:
            raise Refused(
                N_("That note is not of this claim's visits."),
                where="note",
                remedy=N_("Ask without a place, or from the claim that bills its visit."),
            )
    if len(notes) != 1:
        return _without_place(asked)
    note = notes[0]
    if asked.end is not None and asked.end > len(note.text):
        return _without_place(asked, note.id)
    return _at(asked, note.id, asked.start, asked.end)


def _without_place(asked: Asked, note_id: int | None = None) -> Asked:
    return _at(asked, note_id, None, None)


def _at(asked: Asked, note_id: int | None, start: int | None, end: int | None) -> Asked:
    return Asked(text=asked.text, about=asked.about, choices=asked.choices, note_id=note_id, start=start, end=end)
