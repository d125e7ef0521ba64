"""What left the house: files and stacks of paper, byte for byte."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload, undefer

from billing.models import ClaimRecord, Submission, SubmittedClaim
from clinic.base import db
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor

screens = Blueprint("submissions", __name__, url_prefix="/submissions")

MEDIA = {"837p": "text/plain; charset=us-ascii", "cms1500": "application/pdf"}
LATEST = 100


@screens.get("/")
@requires("claim.read")
def index() -> str:
    """The latest submissions."""
    rows = db.session.execute(
        select(Submission, func.count(SubmittedClaim.id))
        .join(SubmittedClaim, SubmittedClaim.submission_id == Submission.id)
        .where(Submission.practice_id == actor().practice_id)
        .group_by(Submission.id)
        .order_by(Submission.id.desc())
        .limit(LATEST)
    ).all()
    return render_template("billing/submissions.html", rows=rows)


@screens.get("/<int:submission_id>")
@requires("claim.read")
def show(submission_id: int) -> str:
    """One submission and the claims in it."""
    found = one(
        actor(),
        Submission,
        submission_id,
        selectinload(Submission.claims).joinedload(SubmittedClaim.claim).joinedload(ClaimRecord.patient),
    )
    seen(*(row.claim.patient_id for row in found.claims))
    return render_template("billing/submission.html", submission=found)


@screens.get("/<int:submission_id>/file")
@requires("claim.read")
def file(submission_id: int) -> Response:
    """The bytes that left."""
    found = one(actor(), Submission, submission_id, undefer(Submission.body), selectinload(Submission.claims))
    seen(
        *db.session.scalars(
            select(ClaimRecord.patient_id).where(
                ClaimRecord.practice_id == actor().practice_id,
                ClaimRecord.id.in_([row.claim_id for row in found.claims]),
            )
        )
    )
    return Response(
        found.body,
        content_type=MEDIA.get(found.form, "application/octet-stream"),
        headers={"Content-Disposition": f'inline; filename="{found.file_name}"'},
    )
