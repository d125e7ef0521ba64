"""Undoing: the last act on a container is taken back by a further fact with its reason; nothing is erased."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.value import as_json
from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.container_story import fold, last_to_undo
from lab.domain.events import Aliquoted, Ended, Undone
from lab.domain.refusals import refused
from lab.services.at_the_bench import Hand, hold, in_hand
from lab.services.specimens import THING, carry, tell, told_of


def undo(actor: Actor, specimen_id: int, reason: str, at: datetime | None = None) -> str:
    """Take back the last act on a container; gives the type of the fact that no longer counts.

    An aliquot that was poured goes with it, as long as nothing was done with it.

    Raises:
        Refused: no reason was given, or there is nothing that can be taken back.
    """
    with in_hand(actor, specimen_id, at) as hand:
        if not reason.strip():
            raise refused(NotPossible("reason"), "reason")
        told = told_of(hand.work, hand.row)
        try:
            sequence = last_to_undo(told)
        except NotPossible as why:
            raise refused(why, hand.row.number) from why
        gone = told[sequence - 1]
        if isinstance(gone.body, Aliquoted):
            _void(hand, gone.body.child_id, reason)
        body = Undone(sequence=sequence, at=hand.at)
        hand.work.fact(THING, hand.row.id, "specimen.undone", as_json(body), reason=reason.strip())
        carry(hand.work, hand.row, fold(told_of(hand.work, hand.row)))
        hand.work.journal(THING, hand.row.id, detail="specimen.undone")
        return gone.type


def _void(hand: Hand, child_id: int, reason: str) -> None:
    child = hold(hand.work, child_id, hand.at)
    tell(hand.work, child.row, "specimen.voided", Ended(at=hand.at), reason=reason.strip())
