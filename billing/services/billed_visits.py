"""What the record asks of billing before a visit goes to another patient (``clinic.ports``)."""

from __future__ import annotations

from sqlalchemy import exists, select

from billing.models import ClaimRecord, ClaimVisit
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Work


def visit_is_billed(practice_id: int, visit_id: int) -> bool:
    """Whether a claim of the visit has left the house."""
    left = exists().where(
        ClaimVisit.practice_id == practice_id,
        ClaimVisit.visit_id == visit_id,
        ClaimRecord.practice_id == practice_id,
        ClaimRecord.id == ClaimVisit.claim_id,
        ClaimRecord.journey != "none",
    )
    return bool(db.session.scalar(select(left)))


def visit_moves(work: Work, visit_id: int, patient_id: int) -> None:
    """A visit goes to another patient: no claim may be left that is being prepared for the one who had it.

    Raises:
        Refused: there is such a claim.
    """
    del patient_id
    number = work.session.scalar(
        select(ClaimRecord.number)
        .join(ClaimVisit, (ClaimVisit.practice_id == ClaimRecord.practice_id) & (ClaimVisit.claim_id == ClaimRecord.id))
        .where(ClaimRecord.practice_id == work.actor.practice_id, ClaimVisit.visit_id == visit_id)
        .limit(1)
    )
    if number is not None:
        raise Refused(
            N_("Claim %(number)s is being prepared for this visit in the patient's name."),
            where="other",
            remedy=N_("Take the visit out of that claim first."),
            number=number,
        )
