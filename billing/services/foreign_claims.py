"""Claims that other systems made for our patients: taken in by imports, shown where the same would be billed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, func, or_, select

from billing.fhir.foreign_claim import ForeignClaimRecord, read
from billing.models.foreign_claim import ForeignClaim
from clinic.base import db
from clinic.models import Coverage, Payer, Visit
from clinic.services.importing.desk import NOT_HERE, Desk, Placed
from clinic.services.importing.others import Other

SHOWN = 3
"""Claims told of at one visit; who made more of them for one visit is asked in the record."""


def place_claim(desk: Desk, record: ForeignClaimRecord, resource: dict[str, Any]) -> Placed:
    """A claim of another system, at the visit it bills. One that bills several visits is known by its days.

    Raises:
        Refused: its patient and its encounter are of two patients.
    """
    whose = next((text for text in record.patients if desk.known.patient(desk.work, text) is not None), None)
    if whose is None:
        return Placed(None, NOT_HERE)
    visits = {desk.visit(whose, encounter, None)[0] for encounter in record.encounters}
    row = ForeignClaim(
        practice_id=desk.practice_id,
        patient_id=desk.known.patient(desk.work, whose),
        visit_id=visits.pop() if len(visits) == 1 else None,
        **{"payer_words": _payer(desk, record, resource)} | record.columns(),
    )
    return desk.added(row)


def _payer(desk: Desk, record: ForeignClaimRecord, resource: dict[str, Any]) -> str | None:
    """The name of the insurer that is here, or came in the same file."""
    for reference in record.payers:
        found = desk.known.find(desk.work, reference)
        if found is not None and found.name in ("coverage", "payer"):
            wanted = select(Payer.name).where(Payer.practice_id == desk.practice_id)
            if found.name == "payer":
                return desk.session.scalar(wanted.where(Payer.id == found.id))
            joined = wanted.join(Coverage, Coverage.payer_id == Payer.id)
            return desk.session.scalar(joined.where(Coverage.practice_id == desk.practice_id, Coverage.id == found.id))
        inner = desk.resource(reference, resource)
        name = inner.get("name") if inner else None
        if isinstance(name, str):
            return name
    return None


CLAIMS = Other("Claim", ForeignClaimRecord, read, place_claim, ForeignClaim)
"""For ``clinic.services.importing.others``."""


def held_elsewhere(practice_id: int, visits: Iterable[Visit]) -> list[ForeignClaim]:
    """What other systems say they billed of these visits, latest first, in one statement.

    A request for approval bills nothing, and what was entered in error was never made: neither is told of.
    """
    meant = [
        or_(
            ForeignClaim.visit_id == visit.id,
            and_(
                ForeignClaim.visit_id.is_(None),
                ForeignClaim.patient_id == visit.patient_id,
                ForeignClaim.starts <= visit.on,
                func.coalesce(ForeignClaim.ends, ForeignClaim.starts) >= visit.on,
            ),
        )
        for visit in visits
    ]
    if not meant:
        return []
    wanted = select(ForeignClaim).where(
        ForeignClaim.practice_id == practice_id,
        ForeignClaim.use == "claim",
        ForeignClaim.status != "entered-in-error",
        or_(*meant),
    )
    return list(db.session.scalars(wanted.order_by(ForeignClaim.id.desc()).limit(SHOWN)))
