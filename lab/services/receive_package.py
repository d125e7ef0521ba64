"""What the other laboratory says: that the package came, and how each container arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.events import Received
from lab.domain.package_events import Passed, Receipt, ReceiptGiven
from lab.models import Specimen
from lab.services.package_facts import InHand, consignment_of, inside, package_in_hand, tell_package
from lab.services.specimens import container_of, tell

RECEIPTS: tuple[Receipt, ...] = ("good", "damaged", "leaked", "missing", "rejected")


def deliver_package(actor: Actor, package_id: int, at: datetime | None = None) -> None:
    """Tell that it arrived.

    Raises:
        Refused: it was not handed over, or arrived already.
    """
    with package_in_hand(actor, package_id, at) as hand:
        tell_package(hand.work, hand.row, "package.delivered", Passed(at=hand.at))


def receive_package(
    actor: Actor,
    package_id: int,
    receipts: Mapping[int, str],
    at: datetime | None = None,
    *,
    rest: str | None = None,
) -> None:
    """Tell how containers arrived, by their ids; ``rest`` is said of all that have no receipt yet.

    A receipt says that the package arrived, where that was not told.

    Raises:
        Refused: a container is not in it or was answered for, or there is no such receipt.
    """
    with package_in_hand(actor, package_id, at) as hand:
        if consignment_of(hand.row).state == "handed_over":
            tell_package(hand.work, hand.row, "package.delivered", Passed(at=hand.at))
        rows = {row.id: row for row in inside(hand.row)}
        said = dict(receipts)
        if rest is not None:
            said = {item.specimen_id: rest for item in consignment_of(hand.row).unanswered} | said
        for specimen_id, state in said.items():
            _receipt(hand, rows, specimen_id, state)


def _receipt(hand: InHand, rows: Mapping[int, Specimen], specimen_id: int, state: str) -> None:
    known = next((each for each in RECEIPTS if each == state), None)
    if known is None:
        raise Refused(N_("There is no such choice."), where="state", remedy=N_("Choose one of the list."))
    body = ReceiptGiven(at=hand.at, specimen_id=specimen_id, state=known)
    tell_package(hand.work, hand.row, "package.receipt", body)
    row = rows[specimen_id]
    if container_of(row).state == "sent":  # one that was rejected or given up meanwhile stays what it is
        tell(hand.work, row, "specimen.received", Received(at=hand.at, state=known))
