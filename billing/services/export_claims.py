"""The practice's claims on their way out as FHIR: as they left, else as they would leave now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.domain.canonical import from_json
from billing.domain.claim import Claim
from billing.fhir.claim import KINDS
from billing.fhir.export import Status, write
from billing.models import ClaimRecord, ClaimVisit, SubmittedClaim
from billing.services.claim_value import claim_of
from clinic.base import db
from clinic.fhir.elements import Json
from clinic.fhir.exporter.own import Own, refer
from clinic.models import Coverage, Patient, Visit
from clinic.services.exporting.pages import pages
from clinic.services.exporting.practice import Exporting

_STATUS: Final[dict[str, Status]] = {"none": "draft", "withdrawn": "cancelled"}
"""Of journeys; any other claim is active."""


def claims(export: Exporting) -> Iterator[Json]:
    """Claims; one that still lacks what a claim must have, or is of a kind without a form, is left out and counted."""
    wanted = (
        select(ClaimRecord)
        .where(ClaimRecord.practice_id == export.practice.id)
        .options(
            joinedload(ClaimRecord.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
            selectinload(ClaimRecord.visits).joinedload(ClaimVisit.visit).joinedload(Visit.location),
        )
    )
    for rows in pages(wanted, ClaimRecord.id):
        left = _left(export.practice.id, rows[0][0].id, rows[-1][0].id)
        for (record,), own in zip(rows, export.owns("claim", rows), strict=True):
            kept = left.get(record.id)
            claim: Any = from_json(kept) if kept else claim_of(record)
            if claim is None or claim.kind not in KINDS:
                export.left_out["Claim"] += 1
                continue
            yield _written(own, record, claim)


def _left(practice_id: int, first: int, last: int) -> dict[int, bytes]:
    """The claims between two ids as they left last."""
    rows = db.session.execute(
        select(SubmittedClaim.claim_id, SubmittedClaim.snapshot)
        .where(
            SubmittedClaim.practice_id == practice_id,
            SubmittedClaim.claim_id.between(first, last),
            SubmittedClaim.spoiled_at.is_(None),
        )
        .order_by(SubmittedClaim.id)
    )
    return {row.claim_id: row.snapshot for row in rows}


def _written(own: Own, record: ClaimRecord, claim: Claim[Any, Any]) -> Json:
    visits = {link.visit.on: link.visit_id for link in record.visits}
    # With one visit everything on the claim was done at it, whatever day the line says.
    only = record.visits[0].visit_id if len(record.visits) == 1 else None
    return write(
        own,
        claim,
        created=record.created_at.date(),
        status=_STATUS.get(record.journey, "active"),
        patient=Own(practice=own.practice, thing="patient", row=record.patient_id),
        encounters=[refer("visit", only or visits.get(act.service.start)) for act in claim.acts],
    )
