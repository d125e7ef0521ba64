"""An act on a claim from a small form: done and told, or refused and told."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash
from flask_babel import gettext as _

from billing.services.change_claim import ChangedElsewhere
from clinic.domain.refusal import Refused
from clinic.views.telling import told


def tell_of(act: Callable[[], str]) -> None:
    """Act, and say what came of it on the next page; ``act`` gives the words for that it was done."""
    try:
        done = act()
    except Refused as refused:
        flash(told(refused), "error")
    except ChangedElsewhere:
        flash(_("Someone else changed this claim. What you see is how it is now; do yours again."), "error")
    else:
        flash(done, "success")
