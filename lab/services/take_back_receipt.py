"""A receipt taken back: the other laboratory had not said that, or had said it of another container."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.value import as_json
from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.container_story import fold, undone
from lab.domain.events import Received, Undone
from lab.domain.package_events import ReceiptUndone
from lab.domain.package_refusals import package_refused
from lab.models import Specimen
from lab.services.package_facts import InHand, consignment_of, inside, package_in_hand, tell_package
from lab.services.specimens import THING, carry, told_of

LIES_ABOUT = frozenset({"specimen.labeled", "specimen.undone"})
"""What may follow a receipt without following from it: a label printed again, something undone."""


def take_back_receipt(actor: Actor, package_id: int, specimen_id: int, reason: str, at: datetime | None = None) -> None:
    """Take back how one container arrived, in its package and on the container itself.

    Raises:
        Refused: no reason was given, there is no receipt, all was reconciled, or something was done with the
            container since: it was rejected, found again, resulted.
    """
    with package_in_hand(actor, package_id, at) as hand:
        said = " ".join(reason.split())
        if not said:
            raise package_refused(NotPossible("reason"), "reason")
        item = consignment_of(hand.row).item(specimen_id)
        tell_package(
            hand.work,
            hand.row,
            "package.receipt_undone",
            ReceiptUndone(at=hand.at, specimen_id=specimen_id),
            reason=said,
        )
        row = next(each for each in inside(hand.row) if each.id == specimen_id)
        _undo(hand, row, item.received_at if item else None, said)


def _undo(hand: InHand, row: Specimen, received_at: datetime | None, reason: str) -> None:
    """The same on the container, where the receipt was told of it: not where it had been given up before."""
    told = told_of(hand.work, row)
    gone = undone(told)
    counting = [
        (sequence, each)
        for sequence, each in enumerate(told, 1)
        if sequence not in gone and each.type not in LIES_ABOUT
    ]
    if not any(isinstance(each.body, Received) and each.body.at == received_at for _, each in counting):
        return
    sequence, last = counting[-1]
    if not isinstance(last.body, Received):
        raise package_refused(NotPossible("followed"), row.number)
    body = Undone(sequence=sequence, at=hand.at)
    hand.work.fact(THING, row.id, "specimen.undone", as_json(body), reason=reason)
    carry(hand.work, row, fold(told_of(hand.work, row)))
    hand.work.journal(THING, row.id, detail="specimen.undone")
