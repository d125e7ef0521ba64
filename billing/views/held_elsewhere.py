"""What other systems say they billed of a visit: a line that the visit's page and the coding desk include."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from billing.models import ForeignClaim
from billing.services import foreign_claims
from clinic.models import Visit
from clinic.views.guard import actor

screens = Blueprint("held_elsewhere", __name__)


@screens.app_template_global("held_elsewhere")
def held_elsewhere(visits: Sequence[Visit]) -> list[ForeignClaim]:
    """The claims of other systems for these visits, for ``templates/billing/held_elsewhere.html``."""
    return foreign_claims.held_elsewhere(actor().practice_id, visits)
