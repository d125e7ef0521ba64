"""The row an act leaves: made in the act's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from clinic.journal.chain import row_mac
from clinic.journal.key import journal_key
from clinic.models.journal import JournalAct


def act_row(  # noqa: PLR0917  a row has what it has
    practice_id: int,
    at: datetime,
    actor_id: int | None,
    act: str,
    thing: str,
    thing_id: int,
    *,
    digest: str | None,
    detail: str | None,
) -> JournalAct:
    """A row that authenticates itself."""
    return JournalAct(
        practice_id=practice_id,
        at=at,
        actor_id=actor_id,
        act=act,
        thing=thing,
        thing_id=thing_id,
        digest=digest,
        detail=detail,
        mac=row_mac(journal_key(), practice_id, at, actor_id, act, thing, thing_id, digest, detail),
    )


def is_true(key: bytes, row: JournalAct | Row[Any]) -> bool:
    """Whether a row says what was written."""
    said = row_mac(key, row.practice_id, row.at, row.actor_id, row.act, row.thing, row.thing_id, row.digest, row.detail)
    return said == row.mac
