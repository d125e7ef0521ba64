"""Noting what is seen of a specimen: hemolysis, a clot, a broken gel (HL7 table 0493), or words."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.events import Noted
from lab.domain.refusals import refused
from lab.services.at_the_bench import in_hand
from lab.services.specimens import tell


def note_condition(
    actor: Actor, specimen_id: int, condition: str | None, words: str = "", at: datetime | None = None
) -> None:
    """Note a condition or words.

    Raises:
        Refused: nothing was said, or it is not collected.
    """
    with in_hand(actor, specimen_id, at) as hand:
        said = " ".join(words.split())
        if not condition and not said:
            raise refused(NotPossible("bad_field"), "condition")
        tell(hand.work, hand.row, "specimen.noted", Noted(at=hand.at, condition=condition or None, words=said or None))
