"""At the desk: what the record's foreign names are here, and taking what was decided of them since."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from billing.models import ClaimRecord
from billing.services.change_claim import ChangedElsewhere
from billing.services.take_mapped import Offer, offer, take_mapped
from clinic.domain.refusal import Refused
from clinic.models import Visit
from clinic.policy import requires
from clinic.services.mappings import Mapped, mapped
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("mapped", __name__, url_prefix="/claims")


@screens.post("/<int:claim_id>/take-mapped")
@requires("claim.code")
def take(claim_id: int) -> Response:
    """Put on the claim what was decided about foreign names."""
    try:
        parts = take_mapped(actor(), claim_id, sequence=request.form.get("sequence", type=int))
    except Refused as refused:
        flash(told(refused), "error")
    except ChangedElsewhere:
        flash(_("Someone else changed this claim. What you see is how it is now; do yours again."), "error")
    else:
        flash(ngettext("%(num)s taken.", "%(num)s taken.", parts), "success")
    return redirect(url_for("coding.code", claim_id=claim_id), code=303)


def names_of(visits: Sequence[Visit]) -> Mapped:
    """What the foreign names of these visits are here: one statement at most."""
    return mapped(actor().practice_id, visits)


def offered(record: ClaimRecord, visits: Sequence[Visit], names: Mapped) -> Offer:
    """What the claim could take."""
    return offer(record, visits, names)


screens.add_app_template_global(names_of)
screens.add_app_template_global(offered, "mapped_offer")
