"""The superbill as PDF: of a visit to be ticked, of a claim as it is coded."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import get_locale
from flask_babel import gettext as _

from billing.documents.superbill import Manner, Visited, compose
from billing.documents.superbill_page import lay_out, render
from billing.models import ClaimRecord
from billing.services.superbill import superbill_of_claim, superbill_of_visit
from clinic.journal.reads import seen
from clinic.models import Visit
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.formats import amount, day
from clinic.views.guard import actor

screens = Blueprint("superbill", __name__)


@screens.get("/visits/<int:visit_id>/superbill.pdf")
@requires("patient.read")
def of_visit(visit_id: int) -> Response:
    """To be ticked at the visit."""
    visited = superbill_of_visit(actor(), visit_id)
    seen(one(actor(), Visit, visit_id).patient_id)
    return _pdf(visited, f"superbill-visit-{visit_id}.pdf")


@screens.get("/claims/<int:claim_id>/superbill.pdf")
@requires("claim.read")
def of_claim(claim_id: int) -> Response:
    """As the claim is coded."""
    visited = superbill_of_claim(actor(), claim_id)
    seen(one(actor(), ClaimRecord, claim_id).patient_id)
    return _pdf(visited, f"superbill-{visited.claim_number}.pdf")


def _pdf(visited: Visited, name: str) -> Response:
    sheet = compose(visited, Manner(said=_, day=day, amount=amount))
    pdf = render(lay_out(sheet), sheet.title, str(get_locale()))
    return Response(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
