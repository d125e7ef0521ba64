"""Task, FHIR R4: a package on its way to a laboratory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from clinic.fhir.elements import Json, present
from clinic.fhir.exporter.own import Own, refer, start

STATUS: Final = {
    "open": "requested",
    "sealed": "accepted",
    "handed_over": "in-progress",
    "delivered": "in-progress",
    "reconciled": "completed",
    "lost": "failed",
}
"""Of the package's axis."""


def write(
    own: Own,
    *,
    number: str,
    state: str,
    laboratory: str,
    created_at: datetime,
    handed_over_at: datetime | None,
    changed_at: datetime,
    specimens: Sequence[int],
) -> Json:
    """One package: what is in it, to whom, and where it stands."""
    return present(
        **start(own),
        groupIdentifier={"system": own.practice_system("package"), "value": number},
        status=STATUS[state],
        businessStatus={"text": state},
        intent="order",
        code={"text": "transport of specimens"},
        authoredOn=created_at.isoformat(),
        lastModified=changed_at.isoformat(),
        executionPeriod={"start": handed_over_at.isoformat()} if handed_over_at else None,
        owner={"display": laboratory},
        input=[{"type": {"text": "specimen"}, "valueReference": refer("specimen", each)} for each in specimens],
    )
