"""The end of a package: reconciled with what the laboratory got, or lost on the way."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.events import Ended
from lab.domain.package_events import Passed
from lab.domain.package_refusals import package_refused
from lab.services.hand_over import lines_of, sent_line
from lab.services.package_facts import inside, package_in_hand, tell_package
from lab.services.specimens import container_of, tell


def reconcile(actor: Actor, package_id: int, words: str = "", at: datetime | None = None) -> None:
    """Close a package of which every container has its receipt. Where one did not arrive well, say what was done.

    Raises:
        Refused: a receipt is missing, or something was amiss and nothing was said.
    """
    with package_in_hand(actor, package_id, at) as hand:
        said = " ".join(words.split())
        sent = tell_package(hand.work, hand.row, "package.reconciled", Passed(at=hand.at), reason=said or None)
        if sent.amiss and not said:
            raise package_refused(NotPossible("reason"), "words")


def lose_package(actor: Actor, package_id: int, reason: str, at: datetime | None = None) -> None:
    """Tell that a package never arrived: its containers are lost, and no result is waited for.

    Raises:
        Refused: it was not handed over, or has arrived; or the reason is missing.
    """
    with package_in_hand(actor, package_id, at) as hand:
        said = " ".join(reason.split())
        if not said:
            raise package_refused(NotPossible("reason"), "reason")
        rows = inside(hand.row)
        tell_package(hand.work, hand.row, "package.lost", Passed(at=hand.at), reason=said)
        for row in rows:
            if container_of(row).state == "sent":
                tell(hand.work, row, "specimen.lost", Ended(at=hand.at), reason=said)
        for line in lines_of(hand, rows):
            sent_line(hand, line)
