"""Rejecting a specimen, in one act: a new one is planned, its charge is reversed, who was told is logged.

Aliquots of it that are still here go with it; what has left for a laboratory is theirs to reject.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.container import HERE, NotPossible
from lab.domain.events import Noted, Planned, Rejected
from lab.domain.refusals import refused
from lab.domain.rejection import BY_CODE, SUBS, Reason
from lab.models import OrderLine, Specimen, SpecimenTest
from lab.ports import ports
from lab.services.at_the_bench import Hand, hold, in_hand
from lab.services.contacts import Attempt, keep
from lab.services.line_out import line_out
from lab.services.specimens import begin_specimen, container_of, number_for, tell


def reject(
    actor: Actor,
    specimen_id: int,
    code: str,
    reason: str,
    *,
    sub: str | None = None,
    at: datetime | None = None,
    recollect: bool = True,
    number: str | None = None,
    attempt: Attempt | None = None,
) -> int | None:
    """Reject a container; gives the id of the one planned in its place, None where none is wanted.

    Args:
        actor: who rejects.
        specimen_id: the container.
        code: of HL7 table 0490.
        reason: in words; it is shown wherever the rejection is.
        sub: what happened more closely.
        at: when, now if it is not said.
        recollect: whether a new one is to be drawn.
        number: of the new one, given out if it is not said.
        attempt: who was told at once.

    Raises:
        Refused: the code is unknown, the reason is missing, or the container cannot be rejected.
    """
    known, said = _known(code, sub, reason)
    with in_hand(actor, specimen_id, at) as hand:
        new = _plan_again(hand, number) if recollect else None
        body = Rejected(at=hand.at, code=known.code, sub=sub or None, recollect_id=new.id if new else None)
        tell(hand.work, hand.row, "specimen.rejected", body, reason=said)
        for child_id in container_of(hand.row).children:
            _with_it(hand, child_id, body, said)
        _nothing_out(hand)
        if attempt is not None:
            keep(hand.work, hand.row, attempt)
        if hand.row.visit_id is not None:
            ports().reverse_charges(hand.work, hand.row.visit_id, hand.row.id, hand.row.number)
        return new.id if new else None


def accept_with_note(actor: Actor, specimen_id: int, code: str, reason: str, *, at: datetime | None = None) -> None:
    """Let the test go on in spite of a fault, with a note of it.

    Raises:
        Refused: the fault is one that no test may go on with, or the reason is missing.
    """
    known, said = _known(code, None, reason)
    if not known.may_proceed:
        raise Refused(
            N_("No test may go on with this fault."), where="code", remedy=N_("Reject the specimen and draw a new one.")
        )
    with in_hand(actor, specimen_id, at) as hand:
        tell(hand.work, hand.row, "specimen.noted", Noted(at=hand.at, condition=known.code, words=said), reason=said)


def _known(code: str, sub: str | None, reason: str) -> tuple[Reason, str]:
    known = BY_CODE.get(code)
    if known is None:
        raise Refused(N_("There is no such choice."), where="code", remedy=N_("Choose one of the list."))
    if sub and sub not in SUBS:
        raise Refused(N_("There is no such choice."), where="sub", remedy=N_("Choose one of the list."))
    said = " ".join(reason.split())
    if not said:
        raise refused(NotPossible("reason"), "reason")
    return known, said


def _plan_again(hand: Hand, number: str | None) -> Specimen:
    """A container like the rejected one, for all it was to serve: also for what went on in its aliquots."""
    root = hand.row
    while root.parent_id is not None:
        root = hold(hand.work, root.parent_id).row
    was, whole = container_of(hand.row), container_of(root)
    body = Planned(
        number=number or number_for(hand.work),
        holder=whole.holder,
        cap=whole.cap,
        patient_id=was.patient_id,
        # also those that were run on it: what was found in a rejected specimen does not count
        needs=was.needs,
        visit_id=was.visit_id,
        order_id=was.order_id,
        recollects=hand.row.id,
        site=was.site,
    )
    return begin_specimen(hand.work, "specimen.planned", body, hand.row.location_id)


def _with_it(hand: Hand, child_id: int, body: Rejected, reason: str) -> None:
    child = hold(hand.work, child_id, hand.at)
    if child.row.state in HERE:
        tell(hand.work, child.row, "specimen.rejected", body, reason=reason)
    for further in container_of(child.row).children:
        _with_it(hand, further, body, reason)


def _nothing_out(hand: Hand) -> None:
    """Lines whose every container is rejected are no longer out: nothing is to come back for them."""
    tests: Collection[SpecimenTest] = hand.row.tests
    for line_id in {test.line_id for test in tests if test.line_id is not None}:
        out = hand.work.session.scalar(
            select(Specimen.id)
            .join(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
            .where(Specimen.practice_id == hand.row.practice_id, SpecimenTest.line_id == line_id)
            .where(Specimen.state.in_(("sent", "received")))
            .limit(1)
        )
        line = hand.work.session.get(OrderLine, line_id)
        if out is None and line is not None:
            line_out(hand.work, line, None)
