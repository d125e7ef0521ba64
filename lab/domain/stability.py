"""Use-by: how long a container may still serve each of its tests.

Counted from collection, by the condition it stands in now. What had already run out where it stood before stays run
out: a tube that lay too long at room temperature is not made good by a refrigerator. Exactly on a limit is in time.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from lab.domain.container import Container
from lab.domain.need import Need


def use_by(container: Container, need: Need) -> datetime | None:
    """Until when it serves a test, None where nothing gives a limit or it is not yet collected."""
    collected = container.collected_at
    if collected is None or not container.stays:
        return None
    limits = []
    for stay, following in pairwise(container.stays):
        keeps = need.keeps(stay.condition)
        if keeps is not None and collected + keeps < following.since:
            limits.append(collected + keeps)
    keeps = need.keeps(container.stays[-1].condition)
    if keeps is not None:
        limits.append(collected + keeps)
    return min(limits, default=None)


def waiting(container: Container) -> tuple[Need, ...]:
    """The tests that it still has to serve: not those run on it, nor those that went on in an aliquot."""
    run = {test for test, _ in container.resulted}
    return tuple(need for need in container.needs if need.test not in run and need.test not in container.moved)


def earliest(container: Container) -> datetime | None:
    """The earliest use-by of the tests it still has to serve."""
    limits = [at for need in waiting(container) if (at := use_by(container, need)) is not None]
    return min(limits, default=None)
