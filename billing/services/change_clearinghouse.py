"""Changing a clearinghouse, or no longer sending through it."""

from __future__ import annotations

from billing.domain.routes import ClearinghouseFacts
from billing.models import Clearinghouse
from clinic.domain.set_up import as_kept
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.naming import only_one


def change_clearinghouse(actor: Actor, clearinghouse_id: int, facts: ClearinghouseFacts, seen: str) -> None:
    """Change a clearinghouse as it was seen. What was sent through it keeps what it said (law 3).

    The routes through one that is no longer active stay; :func:`billing.services.routes.routes_of` passes them over.

    Raises:
        Refused: an id is none, or another clearinghouse has that name.
        Unknown: there is no such clearinghouse.
        Overtaken: someone else changed it meanwhile.
    """
    kept = as_kept(facts)
    with acting(actor, "route.write") as work:
        row = held(work, Clearinghouse, clearinghouse_id)
        only_one(work, Clearinghouse, kept.name, but=clearinghouse_id)
        change(work, row, kept, seen)
