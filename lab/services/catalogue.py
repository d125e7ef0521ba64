"""The catalogue of a practice on a day: the shipped table, the practice's own word over it, then the laboratory's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import Row, or_, select

from clinic.base import db
from lab.domain.whole_catalogue import Catalogue, Layer, lay_over
from lab.models import TestVersion
from lab.services.shipped import shipped

KEPT = 64
"""Catalogues an application holds ready; the one longest unasked goes first."""

_Said = Row[Any]


def catalogue_on(practice_id: int, on: date, laboratory_id: int | None = None) -> Catalogue:
    """The catalogue as it holds on a date, for tests run in house or at one laboratory.

    One statement. Of each test the version that began last counts; versions are only ever added, so their ids say
    whether what was made before still holds, and the same catalogue is given again.
    """
    rows = db.session.execute(
        select(
            TestVersion.id,
            TestVersion.test_key,
            TestVersion.laboratory_id,
            TestVersion.facts,
            TestVersion.retired,
        )
        .where(
            TestVersion.practice_id == practice_id,
            TestVersion.effective_on <= on,
            or_(TestVersion.laboratory_id.is_(None), TestVersion.laboratory_id == laboratory_id),
        )
        .order_by(TestVersion.effective_on, TestVersion.revision, TestVersion.id)
    ).all()
    if not rows:
        return shipped()
    last = _last_of_each(rows)
    kept: dict[tuple[int, ...], Catalogue] = current_app.extensions.setdefault("lab_catalogues", {})
    stamp = (practice_id, *(row.id for row in last))
    found = kept.pop(stamp, None) or lay_over(shipped(), [_layer(row) for row in last])
    kept[stamp] = found
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)
    return found


def _last_of_each(rows: Iterable[_Said]) -> list[_Said]:
    """The last version of each test: the practice's first, then the laboratory's over it."""
    last = {(row.laboratory_id is not None, row.test_key): row for row in rows}
    return [last[each] for each in sorted(last)]


def _layer(row: _Said) -> Layer:
    return Layer(
        key=row.test_key,
        origin="practice" if row.laboratory_id is None else "laboratory",
        facts=row.facts,
        retired=row.retired,
    )
