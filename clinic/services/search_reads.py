"""Searching who saw whose record."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from clinic.journal import reads
from clinic.services.acting import Actor

_QUERY = """
SELECT id, at, staff_id, endpoint, patients, hash IS NOT NULL FROM page
WHERE practice_id = :practice
  AND (:staff IS NULL OR staff_id = :staff)
  AND (:patient IS NULL OR ' ' || patients || ' ' LIKE '% ' || :patient || ' %')
  AND (:start IS NULL OR at >= :start AND at < :end)
  AND (:before IS NULL OR id < :before)
ORDER BY id DESC LIMIT :limit
"""


class Seen(NamedTuple):
    """One page that showed patients."""

    id: int
    at: datetime
    staff_id: int
    endpoint: str
    patients: tuple[int, ...]
    sealed: bool


def search_reads(
    actor: Actor,
    *,
    staff_id: int | None = None,
    patient_id: int | None = None,
    between: tuple[datetime, datetime] | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Seen]:
    """Pages of the practice, newest first, older than the row ``before``."""
    if not reads.path().exists():
        return []
    start, end = between or (None, None)
    with reads.opened() as connection:
        rows = connection.execute(
            _QUERY,
            {
                "practice": actor.practice_id,
                "staff": staff_id,
                "patient": patient_id,
                "start": start and _text(start),
                "end": end and _text(end),
                "before": before,
                "limit": limit,
            },
        ).fetchall()
    return [
        Seen(row_id, datetime.fromisoformat(at), staff, endpoint, tuple(map(int, patients.split())), bool(sealed))
        for row_id, at, staff, endpoint, patients, sealed in rows
    ]


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
