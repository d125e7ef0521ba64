"""What rows are called that facts name by id: all of them in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, cast, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from billing.coding.narrate import Named, Ref
from billing.models import ClaimRecord, Submission
from clinic.base import db
from clinic.models import Coverage, Location, Payer, Provider, Staff, Visit

_CALLED: dict[Named, tuple[Any, Any]] = {
    "staff": (Staff, Staff.first + " " + Staff.last),
    "claim": (ClaimRecord, ClaimRecord.number),
    "visit": (Visit, cast(Visit.on, String)),
    "submission": (Submission, Submission.file_name),
    "provider": (Provider, func.coalesce(Provider.first, "") + " " + Provider.last),
    "location": (Location, Location.name),
    "coverage": (
        Coverage,
        select(Payer.name + " " + Coverage.member_id)
        .where(Payer.practice_id == Coverage.practice_id, Payer.id == Coverage.payer_id)
        .correlate(Coverage)
        .scalar_subquery(),
    ),
}


def called(practice_id: int, wanted: Iterable[Ref]) -> dict[Ref, str]:
    """What each row is called; a visit by its ISO date. Ids of other practices are not found."""
    ids: dict[Named, set[int]] = {}
    for ref in wanted:
        ids.setdefault(ref.kind, set()).add(ref.id)
    if not ids:
        return {}
    queries = []
    for kind, numbers in ids.items():
        model, words = _CALLED[kind]
        key: InstrumentedAttribute[int] = model.id
        queries.append(
            select(literal(kind).label("kind"), key.label("id"), cast(words, String).label("words")).where(
                model.practice_id == practice_id, key.in_(sorted(numbers))
            )
        )
    return {Ref(kind, key): words.strip() for kind, key, words in db.session.execute(union_all(*queries))}
