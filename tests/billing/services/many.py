"""Practices with many claims, for tests of what happens when much is sent."""

from __future__ import annotations

from sqlalchemy import insert, select

from billing.coding.story import LATEST, Held, Opened
from billing.domain.canonical import digest
from billing.models import ClaimRecord, ClaimVisit
from billing.services.claim_value import assemble, coding_of
from billing.services.leaving import rows_of
from clinic.base import db
from clinic.domain.value import as_json
from clinic.models import Coverage, Fact, Patient, Visit
from tests.billing.services.steps import ready_claim
from tests.fixtures.people import Practice


def many_ready(practice: Practice, count: int) -> list[int]:
    """Ready claims of as many patients: one made by its steps, the others after its likeness."""
    first = ready_claim(practice)
    model = db.session.get_one(ClaimRecord, first)
    rows = {
        Patient: _columns(db.session.get_one(Patient, model.patient_id)),
        Coverage: _columns(db.session.get_one(Coverage, model.coverage_id)),
        Visit: _columns(db.session.get_one(Visit, model.visits[0].visit_id)),
        ClaimRecord: _columns(model),
    }
    coding = coding_of(model)
    for number in range(1, count):
        patient = _add(Patient, rows[Patient] | {"chart_number": f"M{number:06d}"})
        policy = _add(Coverage, rows[Coverage] | {"patient_id": patient, "member_id": f"NLM{number:09d}"})
        visit = _add(Visit, rows[Visit] | {"patient_id": patient})
        kept = as_json(coding) | {"coverage_id": policy}
        claim = _add(
            ClaimRecord,
            rows[ClaimRecord]
            | {"number": f"{50_000 + number}", "patient_id": patient, "coverage_id": policy, "coding": kept,
               "preparation": "signed", "sequence": 2, "coded_by": None, "reviewed_by": None},
        )  # fmt: skip
        db.session.execute(insert(ClaimVisit).values(practice_id=practice.row.id, claim_id=claim, visit_id=visit))
    db.session.commit()
    ids = list(db.session.scalars(select(ClaimRecord.id).where(ClaimRecord.id != first).order_by(ClaimRecord.id)))
    for record in rows_of(practice.actor("biller"), ids):
        record.digest = digest(assemble(record).claim)
        _tell_anew(practice, record)
    db.session.commit()
    db.session.expunge_all()
    return [first, *ids]


def _tell_anew(practice: Practice, record: ClaimRecord) -> None:
    opened = Opened(
        number=record.number, kind=record.kind, patient_id=record.patient_id, service_on=record.service_on.isoformat(),
        visits=(record.visits[0].visit_id,), coding=coding_of(record), blocks=0, warnings=0,
        due_on=record.due_on.isoformat() if record.due_on else None,
    )  # fmt: skip
    for sequence, (type_, body) in enumerate(
        (("claim.opened", opened), ("claim.signed", Held(digest=record.digest or ""))), 1
    ):
        db.session.add(
            Fact(
                practice_id=practice.row.id, thing="claim", thing_id=record.id, sequence=sequence, type=type_,
                version=LATEST[type_], at=record.created_at, actor_id=record.signed_by, reason=None, body=as_json(body),
            )
        )  # fmt: skip


def _columns(row) -> dict:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}


def _add(model, columns: dict) -> int:
    return db.session.execute(insert(model).values(**columns).returning(model.id)).scalar_one()
