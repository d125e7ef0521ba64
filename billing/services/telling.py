"""Telling a claim's next fact: append it, carry the record along, leave the journal row."""

from __future__ import annotations

from datetime import date

import msgspec

from billing.coding.story import LATEST, Standing, after, as_json
from billing.models import ClaimRecord
from clinic.domain.value import Value
from clinic.services.acting import Work

THING = "claim"


def standing_of(record: ClaimRecord) -> Standing:
    """The record's columns as the value they project."""
    return msgspec.convert(
        {
            "number": record.number,
            "kind": record.kind,
            "patient_id": record.patient_id,
            "service_on": record.service_on.isoformat(),
            "visits": [link.visit_id for link in record.visits],
            "coding": record.coding,
            "preparation": record.preparation,
            "journey": record.journey,
            "adjudication": record.adjudication,
            "owes": record.owes,
            "blocks": record.blocks,
            "warnings": record.warnings,
            "sequence": record.sequence,
            "digest": record.digest,
            "assigned_to_id": record.assigned_to_id,
            "coded_by": record.coded_by,
            "reviewed_by": record.reviewed_by,
            "signed_by": record.signed_by,
            "due_on": record.due_on.isoformat() if record.due_on else None,
            "stopped": record.stopped,
        },
        Standing,
        strict=True,
    )


def project(record: ClaimRecord, standing: Standing) -> None:
    """Put a standing into the record's columns: the projection of law 2."""
    coding = standing.coding
    record.number = standing.number
    record.kind = standing.kind
    record.patient_id = standing.patient_id
    record.service_on = date.fromisoformat(standing.service_on)
    record.coding = as_json(coding)
    record.coverage_id = coding.coverage_id
    record.rendering_id = coding.rendering_id
    record.total_cents = coding.charged().cents
    record.preparation = standing.preparation
    record.journey = standing.journey
    record.adjudication = standing.adjudication
    record.owes = standing.owes
    record.blocks = standing.blocks
    record.warnings = standing.warnings
    record.sequence = standing.sequence
    record.digest = standing.digest
    record.assigned_to_id = standing.assigned_to_id
    record.coded_by = standing.coded_by
    record.reviewed_by = standing.reviewed_by
    record.signed_by = standing.signed_by
    record.due_on = date.fromisoformat(standing.due_on) if standing.due_on else None
    record.stopped = as_json(standing.stopped) if standing.stopped else None


def tell(work: Work, record: ClaimRecord, type_: str, body: Value, *, reason: str | None = None) -> Standing:
    """Append a fact to a claim that is there, carry its record along and journal it."""
    now = after(standing_of(record), type_, body, work.actor.staff_id)
    work.fact(THING, record.id, type_, as_json(body), version=LATEST[type_], reason=reason)
    project(record, now)
    record.changed_at = work.at
    work.journal(THING, record.id, digest=getattr(body, "digest", None), detail=type_)
    return now
