"""Claims for the find line and for a patient's page."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from billing.models import ClaimRecord
from clinic import finders
from clinic.base import db
from clinic.domain.words import N_
from clinic.finders import Asked, Finder, Found
from clinic.services.acting import Actor
from clinic.views.formats import amount
from clinic.views.things import Kind
from clinic.views.things import declare as declare_things

declare_things(claim=Kind(N_("claim"), "claims.show", "claim_id"))

_STEPS = {"coding": N_("in coding"), "coded": N_("coded"), "reviewed": N_("reviewed"), "signed": N_("signed")}
_JOURNEYS = {"printed": N_("on paper"), "sent": N_("sent"), "withdrawn": N_("withdrawn")}


def _claims(actor: Actor) -> Select[ClaimRecord]:
    return (
        select(ClaimRecord)
        .where(ClaimRecord.practice_id == actor.practice_id)
        .options(joinedload(ClaimRecord.patient))
        .order_by(ClaimRecord.service_on.desc(), ClaimRecord.id.desc())
    )


def _numbered(actor: Actor, asked: Asked, most: int) -> list[Found]:
    """The claims whose number begins as one that was typed. Every number begins with a digit: names are not tried."""
    if not (asked.text.isascii() and asked.text.isalnum() and asked.text[0].isdigit()):
        return []
    rows = db.session.scalars(
        _claims(actor).where(ClaimRecord.number.startswith(asked.text, autoescape=True)).limit(most)
    )
    return [
        Found(
            title=row.patient.name,
            code=row.number,
            more=_standing(row),
            endpoint="claims.show",
            arguments={"claim_id": row.id},
            exact=row.number == asked.text,
            patient_id=row.patient_id,
            on=row.service_on,
        )
        for row in rows
    ]


def _of_patients(actor: Actor, patient_ids: tuple[int, ...], most: int) -> list[Found]:
    rows = db.session.scalars(_claims(actor).where(ClaimRecord.patient_id.in_(patient_ids)).limit(most))
    return [
        Found(
            title=_standing(row),
            code=row.number,
            more=amount(row.total_cents),
            endpoint="claims.show",
            arguments={"claim_id": row.id},
            patient_id=row.patient_id,
            on=row.service_on,
        )
        for row in rows
    ]


def _standing(row: ClaimRecord) -> str:
    said: str = _(_STEPS[row.preparation] if row.journey == "none" else _JOURNEYS[row.journey])
    return said


finders.declare(Finder("claims", N_("Claims"), "claim.read", _numbered, _of_patients, order=20))
