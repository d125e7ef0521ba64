"""What clinic asks of billing about visits (``clinic.ports``): which are billed, and whether one may move."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, literal_column, select, text, union_all, update

from billing.models import ClaimRecord, ClaimVisit
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Visit
from clinic.services.acting import Work

UNCLAIMED = text("NOT visit.claimed")
"""Written as the index of visits that wait has it: with ``claimed = false`` SQLite would not use it."""
STILL_HERE = ("none", "withdrawn")
"""Journeys of claims that have not left the house."""


def mark_claimed(work: Work, visit_ids: Collection[int]) -> None:
    """Tell the record which of these visits a claim bills now, so that those that wait are found without looking."""
    if not visit_ids:
        return
    bills = exists().where(ClaimVisit.practice_id == Visit.practice_id, ClaimVisit.visit_id == Visit.id)
    work.session.execute(
        update(Visit)
        .where(Visit.practice_id == work.actor.practice_id, Visit.id.in_(visit_ids))
        .values(claimed=bills)
        .execution_options(synchronize_session=False)
    )


def visit_is_billed(practice_id: int, visit_id: int) -> bool:
    """Whether a claim of the visit has left the house."""
    left = exists().where(
        ClaimVisit.practice_id == practice_id,
        ClaimVisit.visit_id == visit_id,
        ClaimRecord.practice_id == practice_id,
        ClaimRecord.id == ClaimVisit.claim_id,
        ClaimRecord.journey.not_in(STILL_HERE),
    )
    return bool(db.session.scalar(select(left)))


def visits_unbilled(practice_id: int) -> ColumnElement[bool]:
    """The condition on rows of ``Visit`` that they are still to be billed: no claim has them, or one that is here.

    Those are found first, by the indexes of what waits: few, whatever has been billed in all the years.
    """
    free = select(Visit.id).where(Visit.practice_id == practice_id, UNCLAIMED)
    here = (
        select(ClaimVisit.visit_id)
        .join(ClaimRecord, and_(ClaimRecord.practice_id == practice_id, ClaimRecord.id == ClaimVisit.claim_id))
        .where(ClaimVisit.practice_id == practice_id, ClaimRecord.journey == literal_column("'none'"))
    )
    return Visit.id.in_(union_all(free.correlate(None), here.correlate(None)))


def visit_moves(work: Work, visit_id: int, patient_id: int) -> None:
    """A visit goes to another patient: no claim may be left that bills it in the name of the one who had it.

    One that was withdrawn does not; where it says that nothing is to be billed, that stays true of the visit.

    Raises:
        Refused: there is such a claim.
    """
    del patient_id
    number = work.session.scalar(
        select(ClaimRecord.number)
        .join(ClaimVisit, (ClaimVisit.practice_id == ClaimRecord.practice_id) & (ClaimVisit.claim_id == ClaimRecord.id))
        .where(
            ClaimRecord.practice_id == work.actor.practice_id,
            ClaimVisit.visit_id == visit_id,
            ClaimRecord.journey != "withdrawn",
        )
        .limit(1)
    )
    if number is not None:
        raise Refused(
            N_("Claim %(number)s is being prepared for this visit in the patient's name."),
            where="other",
            remedy=N_("Take the visit out of that claim, or withdraw the claim first."),
            number=number,
        )
