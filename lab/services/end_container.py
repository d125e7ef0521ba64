"""How a container ends, and how it is found again: missed, lost, found, used up, disposed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.events import Ended
from lab.domain.refusals import refused
from lab.services.at_the_bench import in_hand
from lab.services.specimens import tell

How = Literal["missed", "lost", "found", "used_up", "disposed"]
WHY: frozenset[How] = frozenset({"missed", "lost"})
"""What is never told without a reason."""


def end_container(
    actor: Actor, specimen_id: int, how: How, at: datetime | None = None, *, reason: str | None = None
) -> None:
    """Tell that a container was not filled after all, got lost, was found, is used up or was thrown away.

    Raises:
        Refused: it does not fit, or the reason is missing.
    """
    with in_hand(actor, specimen_id, at) as hand:
        said = " ".join((reason or "").split())
        if how in WHY and not said:
            raise refused(NotPossible("reason"), "reason")
        tell(hand.work, hand.row, f"specimen.{how}", Ended(at=hand.at), reason=said or None)
