"""Sealing a package once its checklist is done and all in it still fits; and opening it again."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.checklist import open_lines
from lab.domain.container import NotPossible
from lab.domain.package_events import Passed, Sealed
from lab.domain.package_refusals import package_refused
from lab.domain.packing import expired, missing_pieces
from lab.services.fitting import pieces_of
from lab.services.package_facts import InHand, consignment_of, inside, package_in_hand, tell_package
from lab.services.specimens import container_of
from lab.services.training import must_be_trained


def seal_package(actor: Actor, package_id: int, seal: str, at: datetime | None = None) -> None:
    """Close a package under the number of its seal.

    Raises:
        Refused: it is not open, empty, not checked, a kit in it is not whole, or a container in it no longer fits.
    """
    with package_in_hand(actor, package_id, at) as hand:
        must_be_trained(hand.work, hand.row.location_id)
        sent = consignment_of(hand.row)
        if sent.state == "open" and sent.items:
            all_fits(hand)
            if open_lines(sent):
                raise package_refused(NotPossible("unchecked"), sent.number)
        tell_package(hand.work, hand.row, "package.sealed", Sealed(at=hand.at, seal=" ".join(seal.split())))


def unseal_package(actor: Actor, package_id: int, reason: str, at: datetime | None = None) -> None:
    """Open a sealed package again: its checklist begins anew.

    Raises:
        Refused: it is not sealed, or the reason is missing.
    """
    with package_in_hand(actor, package_id, at) as hand:
        said = " ".join(reason.split())
        if not said:
            raise package_refused(NotPossible("reason"), "reason")
        tell_package(hand.work, hand.row, "package.unsealed", Passed(at=hand.at), reason=said)


def all_fits(hand: InHand) -> None:
    """Insist that each container is in the package as it was put there, in time, and every kit whole.

    Raises:
        Refused: one was rejected, lost or used meanwhile, has expired, or misses a piece of its set.
    """
    sent = consignment_of(hand.row)
    for row in inside(hand.row):
        container = container_of(row)
        if container.state != "packed" or container.package_id != hand.row.id:
            raise package_refused(NotPossible("unfit"), row.number)
        if expired(container, hand.at):
            raise package_refused(NotPossible("expired"), row.number)
    sets = pieces_of(hand.row.practice_id, {item.set_number for item in sent.items if item.set_number})
    numbers = {each: [row.number for row in rows] for each, rows in sets.items()}
    for missing in missing_pieces(sent, numbers).values():
        raise package_refused(NotPossible("set"), missing[0])
