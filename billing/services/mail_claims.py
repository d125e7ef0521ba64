"""Printed claims: they are sent when a person says that they were mailed, and come back when their paper is spoiled."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from billing.coding.story import OfSubmission
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.telling import Told, standing_of, tell_all
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown, one

RIGHT = "claim.send"


def mail_claims(actor: Actor, submission_id: int, claim_ids: Collection[int] | None = None) -> int:
    """Say that claims of a stack were mailed, or all of it; gives how many are sent by that.

    Those that were mailed before stay as they are: saying it twice changes nothing.

    Raises:
        Refused: it is no stack of paper, nothing was chosen, or one of them was spoiled.
        Unknown: no such submission in the practice, or no such claim in it.
    """
    with acting(actor, RIGHT) as work:
        submission, rows = _chosen(work, submission_id, claim_ids)
        if claim_ids is not None and any(row.spoiled_at for row, _ in rows):
            raise Refused(
                N_("The paper of a claim you chose was spoiled."),
                where="claims",
                remedy=N_("Send the claim again from the queue."),
            )
        lying = [(row, record) for row, record in rows if not row.spoiled_at and record.journey == "printed"]
        _tell(work, submission, "claim.mailed", [record for _, record in lying])
        _when_done(work, submission)
        return len(lying)


def spoil_claims(actor: Actor, submission_id: int, claim_ids: Collection[int], reason: str) -> int:
    """Say that the paper of claims was spoiled or not mailed: they are ready to be sent again; gives how many.

    Raises:
        Refused: it is no stack of paper, nothing was chosen, no reason was given, or one of them was mailed.
        Unknown: no such submission in the practice, or no such claim in it.
    """
    with acting(actor, RIGHT) as work:
        submission, rows = _chosen(work, submission_id, claim_ids)
        if not reason.strip():
            raise Refused(N_("Say what happened to the paper."), where="reason")
        standing = [(row, record) for row, record in rows if not row.spoiled_at]
        if any(record.journey != "printed" for _, record in standing):
            raise Refused(
                N_("A claim you chose was mailed."), where="claims", remedy=N_("Correct it with a replacement claim.")
            )
        _tell(work, submission, "claim.spoiled", [record for _, record in standing], reason.strip())
        for row, _ in standing:
            row.spoiled_at = work.at
        work.session.flush()
        _when_done(work, submission)
        return len(standing)


def _chosen(
    work: Work, submission_id: int, claim_ids: Collection[int] | None
) -> tuple[Submission, list[tuple[SubmittedClaim, ClaimRecord]]]:
    submission = one(work.actor, Submission, submission_id)
    if submission.form != "cms1500":
        raise Refused(N_("Only paper is mailed."), where="submission")
    if claim_ids is not None and not claim_ids:
        raise Refused(N_("Choose at least one claim."), where="claims")
    query = (
        select(SubmittedClaim, ClaimRecord)
        .join(ClaimRecord, ClaimRecord.id == SubmittedClaim.claim_id)
        .where(SubmittedClaim.practice_id == work.actor.practice_id, SubmittedClaim.submission_id == submission_id)
        .options(selectinload(ClaimRecord.visits))
        .order_by(SubmittedClaim.id)
        .execution_options(populate_existing=True)
    )
    rows = [(row, record) for row, record in work.session.execute(query)]
    if claim_ids is None:
        return submission, rows
    wanted = set(claim_ids)
    found = [(row, record) for row, record in rows if record.id in wanted]
    if len(found) != len(wanted):
        raise Unknown(SubmittedClaim.__tablename__)
    return submission, found


def _tell(
    work: Work, submission: Submission, type_: str, records: list[ClaimRecord], reason: str | None = None
) -> None:
    body = OfSubmission(submission_id=submission.id)
    tell_all(work, type_, [Told(record.id, standing_of(record), body) for record in records], reason=reason)
    work.journal("submission", submission.id, digest=submission.sha256, detail=f"{type_} {len(records)}")


def _when_done(work: Work, submission: Submission) -> None:
    """A stack of which nothing lies in the tray any more was mailed, if any of it was."""
    journeys = work.session.scalars(
        select(ClaimRecord.journey)
        .join(SubmittedClaim, SubmittedClaim.claim_id == ClaimRecord.id)
        .where(
            SubmittedClaim.practice_id == work.actor.practice_id,
            SubmittedClaim.submission_id == submission.id,
            SubmittedClaim.spoiled_at.is_(None),
        )
    ).all()
    if journeys and "printed" not in journeys and submission.mailed_at is None:
        submission.mailed_at, submission.mailed_by_id = work.at, work.actor.staff_id
