"""How often a practice wrote down each code: what it uses itself stands further up where codes are searched.

Problems of visits count, and diagnoses of claims (``ports``).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import func, select

from clinic.base import db
from clinic.models.visit import Problem
from clinic.ports import ports

KEPT_SECONDS = 300.0
"""How long a practice's counts are kept: order in a list may be some minutes old, and typing costs no statement."""

_KEY = "cabinet_used_codes"


def used_codes(practice_id: int, system: str) -> Mapping[str, int]:
    """For each code of a system how often the practice wrote it down, problems entered in error left out."""
    kept: dict[tuple[int, str], tuple[float, Mapping[str, int]]] = current_app.extensions.setdefault(_KEY, {})
    found = kept.get((practice_id, system))
    now = time.monotonic()
    if found is None or now - found[0] > KEPT_SECONDS:
        rows = db.session.execute(
            select(Problem.code, func.count())
            .where(
                Problem.practice_id == practice_id,
                Problem.system == system,
                Problem.code.is_not(None),
                Problem.status != "entered-in-error",
            )
            .group_by(Problem.code)
        )
        counts = Counter({code.replace(".", ""): count for code, count in rows if code})
        counts.update(code.replace(".", "") for code in ports().codes_used(practice_id, system))
        found = kept[practice_id, system] = (now, counts)
    return found[1]
