"""At the desk: what the bench did at the claim's visits, and putting it on the claim."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from billing.services.change_claim import ChangedElsewhere
from billing.services.claim_value import load
from billing.services.take_lab import offer_for, take_lab
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("lab_charges", __name__, url_prefix="/claims")


@screens.get("/<int:claim_id>/lab")
@requires("claim.code")
def offered(claim_id: int) -> str:
    """The bench's part of the record, which the desk fetches by itself: it costs nothing where there is none."""
    record = load(actor(), claim_id)
    if "HX-Request" not in request.headers:
        seen(record.patient_id)  # else the desk it is a part of has told of it
    return render_template("billing/lab.html", record=record, offer=offer_for(record))


@screens.post("/<int:claim_id>/take-lab")
@requires("claim.code")
def take(claim_id: int) -> Response:
    """Put on the claim what the bench did and it lacks."""
    try:
        lines = take_lab(actor(), claim_id, sequence=request.form.get("sequence", type=int))
    except Refused as refused:
        flash(told(refused), "error")
    except ChangedElsewhere:
        flash(_("Someone else changed this claim. What you see is how it is now; do yours again."), "error")
    else:
        flash(ngettext("%(num)s line of the bench taken.", "%(num)s lines of the bench taken.", lines), "success")
    return redirect(url_for("coding.code", claim_id=claim_id), code=303)
