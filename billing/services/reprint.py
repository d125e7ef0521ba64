"""Printing part of a stack again: from what was kept of its claims, not from what they are now."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import select

from billing.domain.canonical import from_json
from billing.models import Submission, SubmittedClaim
from billing.services.printing import Printing, pages_of, stacked, tray_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import one

Unit = Literal["claims", "pages"]


class Range(NamedTuple):
    """Part of a stack: claims or pages from one number to another, counted from 1, both with it."""

    unit: Unit
    first: int
    last: int


def reprint(actor: Actor, submission_id: int, part: Range, printing: Printing) -> bytes:
    """Part of a stack, in the order of the tray it goes to.

    What was kept of the stack stays as it was; the journal says who printed what again.

    Raises:
        Refused: it is no stack of paper, has no such range, or the choice of paper cannot be followed.
        Unknown: no such submission or printer in the practice.
    """
    submission = one(actor, Submission, submission_id)
    if submission.form != "cms1500":
        raise Refused(N_("Only paper is printed again."), where="submission")
    unit, first, last = part
    rows = db.session.execute(
        select(SubmittedClaim.snapshot, SubmittedClaim.first_page, SubmittedClaim.pages)
        .where(SubmittedClaim.practice_id == actor.practice_id, SubmittedClaim.submission_id == submission_id)
        .order_by(SubmittedClaim.id)
    ).all()
    most = len(rows) if unit == "claims" else sum(row.pages or 0 for row in rows)
    if not 1 <= first <= last <= most:
        raise Refused(
            N_("There is no range %(first)s to %(last)s: the stack goes from 1 to %(most)s."),
            where="range",
            first=first,
            last=last,
            most=most,
        )
    if unit == "claims":
        pages = [page for row in rows[first - 1 : last] for page in pages_of(from_json(row.snapshot))]
    else:
        pages = [
            page
            for row in rows
            if row.first_page <= last and row.first_page + row.pages > first
            for number, page in enumerate(pages_of(from_json(row.snapshot)), row.first_page)
            if first <= number <= last
        ]
    body = stacked(pages, tray_of(actor, printing))
    with acting(actor, "claim.send") as work:
        work.journal("submission", submission_id, digest=submission.sha256, detail=f"reprinted {unit} {first}-{last}")
    return body
