"""One claim in each of its forms: the file, the page, the resource, our own JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from billing.documents import cms1500
from billing.domain.canonical import to_json
from billing.domain.claim import Claim
from billing.fhir.claim import to_fhir
from billing.models import ClaimRecord, SubmittedClaim
from billing.services.claim_value import coding_of
from billing.services.routes import route_for
from billing.services.transmission import LOOK, transmission
from billing.services.who_pays import payer_of
from billing.x12 import write_837p
from clinic.base import db
from clinic.fhir.json import dumps
from clinic.models import Coverage, Location, Practice
from clinic.services.clock import now

AnyClaim = Claim[Any, Any]


class Form(NamedTuple):
    """How one form of a claim is made, named and served."""

    file_name: str
    media_type: str
    make: Callable[[AnyClaim, ClaimRecord], bytes]


def zone_of(practice_id: int) -> str:
    """The practice's time zone: that of its first place."""
    found = db.session.scalar(
        select(Location.time_zone).where(Location.practice_id == practice_id).order_by(Location.id).limit(1)
    )
    return found or "UTC"


def _as_837p(claim: AnyClaim, record: ClaimRecord) -> bytes:
    """A file of this claim alone, to look at: it has a number that is never sent."""
    practice = db.session.get_one(Practice, record.practice_id)
    policy = db.session.scalars(
        select(Coverage).where(Coverage.practice_id == record.practice_id, Coverage.id == coding_of(record).coverage_id)
    ).one()
    route = route_for(record.practice_id, payer_of(policy).id)
    return write_837p(transmission(practice, route, LOOK, now(), zone_of(record.practice_id)), [claim])


def _as_paper(claim: AnyClaim, record: ClaimRecord) -> bytes:
    del record
    return cms1500.render([cms1500.pages(claim)], background=cms1500.Preview(_("NOT FOR SUBMISSION")))


def _as_fhir(claim: AnyClaim, record: ClaimRecord) -> bytes:
    return dumps(to_fhir(claim, created=_created(record)), indent=1)


def _as_json(claim: AnyClaim, record: ClaimRecord) -> bytes:
    del record
    return json.dumps(json.loads(to_json(claim)), indent=1).encode()


def _created(record: ClaimRecord) -> date:
    return record.created_at.date()


FORMS: dict[str, Form] = {
    "837": Form("claim.edi", "text/plain; charset=us-ascii", _as_837p),
    "page": Form("claim.pdf", "application/pdf", _as_paper),
    "fhir": Form("claim.fhir.json", "application/fhir+json; fhirVersion=4.0", _as_fhir),
    "json": Form("claim.json", "application/json", _as_json),
}


def sent_claim(record: ClaimRecord) -> bytes | None:
    """The canonical bytes of the claim as it left last, None while it has not; spoiled paper has not left."""
    return db.session.scalar(
        select(SubmittedClaim.snapshot)
        .where(SubmittedClaim.practice_id == record.practice_id, SubmittedClaim.claim_id == record.id)
        .where(SubmittedClaim.spoiled_at.is_(None))
        .order_by(SubmittedClaim.id.desc())
        .limit(1)
    )
