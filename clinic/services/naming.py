"""Names that are given once in a practice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from clinic.base import Base
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Work


def only_one(work: Work, model: type[Base], name: str, *, but: int | None = None) -> None:
    """Insist that no other row of the practice has the name. Of two at the same instant the table refuses the second.

    Raises:
        Refused: one has.
    """
    table: Any = model
    taken = work.session.scalar(
        select(table.id).where(table.practice_id == work.actor.practice_id, table.name == name, table.id != (but or 0))
    )
    if taken is not None:
        raise Refused(N_("There is one of that name already."), where="name", remedy=N_("Give another name."))
