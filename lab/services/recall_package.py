"""A wrong send-out undone: the package is here again, sealed, and its containers in it."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.events import Packed
from lab.domain.package_events import Passed
from lab.domain.package_refusals import package_refused
from lab.services.hand_over import lines_of, sent_line
from lab.services.package_facts import inside, package_in_hand, tell_package
from lab.services.specimens import container_of, tell


def recall_package(actor: Actor, package_id: int, reason: str, at: datetime | None = None) -> None:
    """Tell that it did not leave after all, or came back unopened.

    Raises:
        Refused: it did not leave, the laboratory has answered already, or the reason is missing.
    """
    with package_in_hand(actor, package_id, at) as hand:
        said = " ".join(reason.split())
        if not said:
            raise package_refused(NotPossible("reason"), "reason")
        rows = inside(hand.row)
        tell_package(hand.work, hand.row, "package.recalled", Passed(at=hand.at), reason=said)
        for row in rows:
            if container_of(row).state == "sent":
                tell(hand.work, row, "specimen.recalled", Packed(at=hand.at, package_id=hand.row.id), reason=said)
        for line in lines_of(hand, rows):
            sent_line(hand, line)
