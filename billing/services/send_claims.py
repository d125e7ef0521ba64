"""Sending: what leaves is frozen, kept byte for byte, and goes once (laws 3 and 15).

Looking at the claims and writing their bytes takes long, so it is done before the writer's place is taken. What was
looked at is then held against the database as it is; where anything has moved, all is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import func, insert, select

from billing.coding.story import Sent, Stop, Stopped
from billing.domain.canonical import digest
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.batching import Batch, batches_of, envelope_of
from billing.services.claim_value import claim_of
from billing.services.leaving import ROWS, Looked, look_at, rows_of
from billing.services.printing import Printing, tray_of
from billing.services.telling import THING, Told, tell_all
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import JournalAct
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, Work, acting
from clinic.services.clock import now
from clinic.services.number import next_number

RIGHT = "claim.send"
TRIES = 3
"""How often all is looked at outside the writer's place before it is done inside."""
INERT = ("claim", "submission", "staff", "printer", "mapping")
"""Things whose acts change no other claim than those whose sequence is compared."""
OF_PATIENT = ("patient", "visit")
"""Things whose acts change the claims of one patient."""
CAREFULLY = (*OF_PATIENT, "import")
"""Things whose acts may change a claim: it is assembled again. After all others, everything is looked at again."""


class Stayed(NamedTuple):
    """A claim that did not leave."""

    claim_id: int
    number: str
    why: Stop


class Sending(NamedTuple):
    """What became of the claims that were to be sent."""

    submissions: tuple[int, ...]
    """The submissions they are in: those made now, and those they went in before."""
    left: tuple[int, ...]
    """The claims that left now, or lie in the tray now."""
    stayed: tuple[Stayed, ...]
    """The claims that stay, each with the reason, which its page and the queue show too."""


class Plan(NamedTuple):
    """What a sending will do, if nothing has moved."""

    last_act: int
    """The last row of the journal before anything was looked at."""
    looked: tuple[Looked, ...]
    batches: tuple[Batch, ...]
    stays: tuple[Looked, ...]
    before: tuple[int, ...]
    """Submissions that claims went in earlier."""

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.batches) or any(each.told for each in self.stays)


class Moved(Exception):
    """Something changed between looking and writing."""


def send_claims(actor: Actor, claim_ids: Sequence[int], printing: Printing | None = None) -> Sending:
    """Send claims, each in the form and by the way its payer takes: one submission of each.

    What can leave leaves, all of it at once; what cannot stays, and its facts say why. Claims that have left already
    are answered with the submissions they went in, so that a second click changes nothing.

    Raises:
        NotAllowed: before anything was read.
        Refused: nothing was chosen, or the choice for paper cannot be followed.
        Unknown: one of them is no claim of the practice.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    if not claim_ids:
        raise Refused(N_("Choose at least one claim."), where="claims")
    for _ in range(TRIES):
        plan = plan_sending(actor, claim_ids, printing)
        if not plan.writes:
            return _answer(plan, ())
        try:
            with acting(actor, RIGHT) as work:
                return carry_out(work, plan)
        except Moved:
            continue
    with acting(actor, RIGHT) as work:
        plan = _plan(actor, claim_ids, printing)
        if not plan.writes:
            work.journal(THING, plan.looked[0].claim_id, detail="claim.found")
        return carry_out(work, plan)


def plan_sending(actor: Actor, claim_ids: Iterable[int], printing: Printing | None = None) -> Plan:
    """Look at the claims and write the bytes of those that may leave. Nothing is changed.

    Raises:
        Refused: the choice for paper cannot be followed.
        Unknown: one of them is no claim of the practice.
    """
    db.session.commit()  # ends the read that loaded who is logged in: what follows is read as it is now
    return _plan(actor, claim_ids, printing)


def _plan(actor: Actor, claim_ids: Iterable[int], printing: Printing | None) -> Plan:
    last = db.session.scalar(select(func.max(JournalAct.id)).where(JournalAct.practice_id == actor.practice_id))
    looked = look_at(actor, claim_ids)
    tray = cache(lambda: tray_of(actor, printing or Printing()))
    batches, stays = batches_of(envelope_of(actor, now(), tray), (each for each in looked if each.claim is not None))
    return Plan(
        last_act=last or 0,
        looked=tuple(looked),
        batches=batches,
        stays=(*(each for each in looked if each.stop is not None), *stays),
        before=_went_in(actor, [each.claim_id for each in looked if each.gone]),
    )


def carry_out(work: Work, plan: Plan) -> Sending:
    """Keep what was planned, in the act that is under way.

    Raises:
        Moved: something has changed since it was planned.
    """
    _nothing_moved(work, plan)
    made = tuple(_keep(work, batch) for batch in plan.batches)
    stopped = [
        Told(each.claim_id, each.standing, Stopped(why=each.stop)) for each in plan.stays if each.told and each.stop
    ]
    tell_all(work, "claim.stopped", stopped)
    return _answer(plan, made)


def _answer(plan: Plan, made: tuple[int, ...]) -> Sending:
    return Sending(
        submissions=(*plan.before, *made),
        left=tuple(each.claim_id for batch in plan.batches for each in batch.claims),
        stayed=tuple(Stayed(each.claim_id, each.number, each.stop) for each in plan.stays if each.stop),
    )


def _went_in(actor: Actor, claim_ids: Sequence[int]) -> tuple[int, ...]:
    found: set[int] = set()
    for start in range(0, len(claim_ids), ROWS):
        found |= set(
            db.session.scalars(
                select(SubmittedClaim.submission_id).where(
                    SubmittedClaim.practice_id == actor.practice_id,
                    SubmittedClaim.claim_id.in_(claim_ids[start : start + ROWS]),
                    SubmittedClaim.spoiled_at.is_(None),
                )
            )
        )
    return tuple(sorted(found))


def _nothing_moved(work: Work, plan: Plan) -> None:
    """Whether all is still as it was looked at: the claims by their sequence, what they are made of by the journal."""
    mine = work.actor.practice_id
    for start in range(0, len(plan.looked), ROWS):
        part = plan.looked[start : start + ROWS]
        rows = work.session.execute(
            select(ClaimRecord.id, ClaimRecord.sequence).where(
                ClaimRecord.practice_id == mine, ClaimRecord.id.in_([each.claim_id for each in part])
            )
        )
        now = {row.id: row.sequence for row in rows}
        if now != {each.claim_id: each.standing.sequence for each in part}:
            raise Moved
    touched = work.session.execute(
        select(JournalAct.thing, JournalAct.thing_id)
        .where(JournalAct.practice_id == mine, JournalAct.id > plan.last_act, JournalAct.thing.not_in(INERT))
        .distinct()
    ).all()
    if any(thing not in CAREFULLY for thing, _ in touched):
        raise Moved
    everything = any(thing not in OF_PATIENT for thing, _ in touched)
    things = {(thing, thing_id) for thing, thing_id in touched}
    again = {
        each.claim_id: each.digest
        for batch in plan.batches
        for each in batch.claims
        if everything
        or ("patient", each.patient_id) in things
        or any(("visit", visit) in things for visit in each.visits)
    }
    for record in rows_of(work.actor, again):
        claim = claim_of(record)
        if claim is None or digest(claim) != again[record.id]:
            raise Moved


def _keep(work: Work, batch: Batch) -> int:
    if next_number(work, batch.form) != batch.control:
        raise Moved
    submission = Submission(
        practice_id=work.actor.practice_id,
        form=batch.form,
        control_number=batch.control,
        file_name=batch.file_name,
        body=batch.body,
        sha256=batch.sha256,
        actor_id=work.actor.staff_id,
        at=work.at,
        clearinghouse_id=batch.clearinghouse_id,
    )
    work.session.add(submission)
    work.session.flush()
    places = batch.pages or ((None, None),) * len(batch.claims)
    work.session.execute(
        insert(SubmittedClaim),
        [
            {
                "practice_id": work.actor.practice_id,
                "submission_id": submission.id,
                "claim_id": each.claim_id,
                "snapshot": snapshot,
                "digest": each.digest,
                "first_page": first,
                "pages": pages,
            }
            for each, snapshot, (first, pages) in zip(batch.claims, batch.snapshots, places, strict=True)
        ],
    )
    tell_all(
        work,
        "claim.printed" if batch.paper else "claim.sent",
        [
            Told(each.claim_id, each.standing, Sent(submission_id=submission.id, digest=each.digest or ""))
            for each in batch.claims
        ],
    )
    work.journal("submission", submission.id, digest=submission.sha256, detail=batch.form)
    return submission.id
