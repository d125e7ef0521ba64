"""Questions for tests: asked on a claim, answered as their provider."""

from __future__ import annotations

from billing.coding.questions import Asked, Choice
from billing.models import ClaimQuestion, ClaimRecord
from billing.services.ask_provider import ask_provider
from billing.services.claim_value import load
from clinic.base import db
from clinic.models import Note
from tests.fixtures.people import Practice

CHOICES = (
    Choice("I11.9", "Hypertensive heart disease without heart failure"),
    Choice("I16.0", "Hypertensive urgency"),
)
"""Instead of I10, with which claims of tests begin."""


def kind_of_pressure(practice: Practice, claim_id: int) -> Asked:
    """What the note of test visits leaves open, with the place of its words."""
    visits = [link.visit_id for link in load(practice.actor("biller"), claim_id).visits]
    note = db.session.query(Note).filter(Note.visit_id.in_(visits)).one()
    start = note.text.index("hypertension")
    return Asked(
        text="What kind of hypertension is it?",
        about="diagnosis:I10",
        choices=CHOICES,
        note_id=note.id,
        start=start,
        end=start + len("hypertension"),
    )


def asked(practice: Practice, claim_id: int) -> int:
    """The id of a question put to the provider."""
    return ask_provider(practice.actor("biller"), claim_id, kind_of_pressure(practice, claim_id))


def row(question_id: int) -> ClaimQuestion:
    """The question as it stands now."""
    db.session.expire_all()
    return db.session.get_one(ClaimQuestion, question_id)


def claim(claim_id: int) -> ClaimRecord:
    """The claim as it stands now."""
    db.session.expire_all()
    return db.session.get_one(ClaimRecord, claim_id)
