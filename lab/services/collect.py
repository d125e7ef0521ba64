"""Collecting: the draw as an act of its own. A label that was printed says nothing of it."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.events import Collected
from lab.services.at_the_bench import in_hand
from lab.services.specimens import tell


def collect(
    actor: Actor,
    specimen_id: int,
    at: datetime | None = None,
    *,
    volume_ul: int | None = None,
    method: str | None = None,
    site: str | None = None,
    started_at: datetime | None = None,
    fasting_hours: int | None = None,
) -> None:
    """Tell that a container was filled, by whom is the actor.

    Args:
        actor: who drew it.
        specimen_id: the container.
        at: when, now if it is not said.
        volume_ul: how much is in it, as far as that is known.
        method: ``venipuncture``, ``capillary``, ``swab``, ``void``, ``biopsy`` …
        site: where on the body.
        started_at: the beginning of what was gathered over hours.
        fasting_hours: how long the patient had not eaten.

    Raises:
        Refused: it was collected already, is given up, or the time is still to come.
    """
    with in_hand(actor, specimen_id, at) as hand:
        body = Collected(
            at=hand.at,
            volume_ul=volume_ul,
            method=method,
            site=site,
            started_at=started_at,
            fasting_hours=fasting_hours,
        )
        tell(hand.work, hand.row, "specimen.collected", body)
