"""Cancelling a case, and taking back what was told last; both with their reason."""

from __future__ import annotations

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Passed, Undone
from lab.domain.dental_case_refusals import case_refused
from lab.domain.dental_case_story import last_to_undo
from lab.services.case_facts import case_in_hand, take_back, tell_case, told_of


def cancel_case(actor: Actor, case_id: int, reason: str) -> None:
    """Give a case up.

    Raises:
        Refused: the reason is missing, or it is done already.
    """
    with case_in_hand(actor, case_id) as hand:
        tell_case(hand.work, hand.row, "case.cancelled", Passed(at=hand.at), reason=_reason(reason))


def undo_case(actor: Actor, case_id: int, reason: str) -> None:
    """Take back the last act: its fact stays, and no longer counts.

    Raises:
        Refused: the reason is missing, or there is nothing that can be taken back.
    """
    with case_in_hand(actor, case_id) as hand:
        why = _reason(reason)
        try:
            sequence = last_to_undo(told_of(hand.row))
        except NotPossible as said:
            raise case_refused(said, hand.row.number) from said
        take_back(hand.work, hand.row, "case.undone", Undone(at=hand.at, sequence=sequence), why)


def _reason(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise case_refused(NotPossible("reason"), "reason")
    return said
