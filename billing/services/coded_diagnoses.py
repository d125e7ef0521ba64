"""The diagnoses of a practice's claims, for whoever counts which codes it uses."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from billing.models import ClaimRecord
from clinic.base import db

_LAST = 2_000
"""Claims looked at: some months of a practice, read in some ten milliseconds."""


def coded_diagnoses(practice_id: int, system: str) -> Iterator[str]:
    """Codes of a system on the practice's last claims that were not withdrawn, each as often as it stands there."""
    codings = db.session.scalars(
        select(ClaimRecord.coding)
        .where(ClaimRecord.practice_id == practice_id, ClaimRecord.journey != "withdrawn")
        .order_by(ClaimRecord.id.desc())
        .limit(_LAST)
    )
    for coding in codings:
        for code in coding.get("diagnoses", ()):
            if code["system"] == system:
                yield code["value"]
