"""What the edits ask of earlier claims: those of the same patient that have left, or are held to leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from billing.coding.build import Parties, build
from billing.coding.coding import Coding
from billing.domain.canonical import from_json
from billing.domain.claim import Claim
from billing.models import ClaimRecord, SubmittedClaim
from clinic.base import db
from clinic.models import Coverage

AnyClaim = Claim[Any, Any]
Earlier = Callable[[AnyClaim], tuple[AnyClaim, ...]]
Further = Callable[[AnyClaim, date], tuple[AnyClaim, ...]]

_LONGEST = timedelta(days=121)
"""A surgery's payment covers up to 90 days after it, and a claim is known by the day of its visit, from which its lines
may reach a month further."""


def earlier_claims(coding: Coding) -> Earlier:
    """The claims before one of the practice, for ``Facts``: one statement, sent only by an edit that asks.

    Before a claim stand those of its patient about the same days, or the months before them, that have left, as they
    left; while it is coded, those held to leave too. Two that are both held meet in the batch, where a person decides
    between them. One that was withdrawn, or that the payer never took in, stands before none.
    """
    further = further_claims(coding)

    def found(claim: AnyClaim) -> tuple[AnyClaim, ...]:
        return further(claim, claim.service.start) if claim.acts else ()

    return found


def further_claims(coding: Coding) -> Further:
    """The same, for edits that count what was done since a day, be it years ago."""

    def found(claim: AnyClaim, since: date) -> tuple[AnyClaim, ...]:
        # The policy was read to put the claim together: no statement.
        policy = db.session.get(Coverage, coding.coverage_id) if coding.coverage_id is not None else None
        if policy is None or not claim.acts:
            return ()
        service = claim.service
        before: dict[str, AnyClaim] = {}
        for number, kind, kept, coverage_id, snapshot in db.session.execute(
            _before(policy.practice_id, claim.number, min(since, service.start), service.last)
        ):
            if snapshot is not None:
                before[number] = from_json(snapshot)
            elif kind == claim.kind == "professional" and coverage_id == coding.coverage_id:
                before[number] = _held(number, kept, claim)
        return tuple(before.values())

    return found


_MINE, _OTHER = aliased(ClaimRecord), aliased(ClaimRecord)
"""Made once: making an alias costs a hundred times the statement, and a batch asks for each of its claims."""


def _before(practice_id: int, number: str, first: date, last: date) -> Select[Any]:
    mine, other = _MINE, _OTHER
    return (
        select(other.number, other.kind, other.coding, other.coverage_id, SubmittedClaim.snapshot)
        .join(mine, and_(mine.practice_id == other.practice_id, mine.patient_id == other.patient_id))
        .outerjoin(
            SubmittedClaim,
            and_(
                SubmittedClaim.practice_id == other.practice_id,
                SubmittedClaim.claim_id == other.id,
                SubmittedClaim.spoiled_at.is_(None),
            ),
        )
        .where(
            mine.practice_id == practice_id,
            mine.number == number,
            other.id != mine.id,
            other.service_on.between(first - min(_LONGEST, first - date.min), last),
            other.journey.not_in(("withdrawn", "rejected")),
            other.preparation != "coding",
            or_(
                mine.preparation == "coding",
                and_(other.journey != "none", or_(mine.journey == "none", other.id < mine.id)),
            ),
        )
        .order_by(other.id, SubmittedClaim.id)
    )


def _held(number: str, kept: dict[str, Any], claim: AnyClaim) -> AnyClaim:
    """A claim under the same policy that has not left: who is around it is who is around this one."""
    parties = Parties(billing=claim.billing, patient=claim.patient, coverage=claim.coverage, place=claim.part.place)
    return build(number, msgspec.convert(kept, Coding, strict=True), parties)
