"""What a person chose to send, and how paper is to be printed: read from the form, told when it is done."""

from __future__ import annotations

from typing import NamedTuple

from flask import flash, redirect, request, url_for
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from billing.models import ClaimRecord
from billing.services.keep_blank import blank_path
from billing.services.printing import Printing, printers_of
from billing.services.send_claims import Sending, send_claims
from billing.services.waiting import claims_where
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Printer
from clinic.services.find import Unknown
from clinic.views.guard import actor
from clinic.views.telling import told


class Choices(NamedTuple):
    """What there is to choose from when paper is printed."""

    printers: list[Printer]
    blank: bool
    """Whether the practice has a blank of its own."""


def print_choices() -> Choices:
    """The practice's printers and whether it has a blank: one statement."""
    return Choices(printers_of(actor()), blank_path(actor().practice_id).exists())


def printing_chosen() -> Printing:
    """How the form says that paper is to be printed.

    Raises:
        Unknown: it names no printer of any practice.
    """
    text = request.form.get("printer", "")
    if text and not (text.isascii() and text.isdigit()):
        raise Unknown(Printer.__tablename__)
    return Printing(int(text) if text else None, bool(request.form.get("over_blank")))


def chosen_claims() -> list[int]:
    """The ids of the claims that were ticked."""
    return [int(text) for text in request.form.getlist("claim") if text.isascii() and text.isdigit()]


def ready_claims() -> list[int]:
    """The ids of all claims of the practice that may leave."""
    return list(db.session.scalars(select(ClaimRecord.id).where(claims_where(actor(), "ready"))))


def send_chosen(queue: str) -> Response:
    """Send what was ticked or all that is ready, say what became of it, and go where that is to be seen.

    ``queue`` is the endpoint to go back to where nothing left.
    """
    try:
        sent = send_claims(actor(), ready_claims() if request.form.get("all") else chosen_claims(), printing_chosen())
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for(queue))
    _say(sent)
    if len(sent.submissions) == 1:
        return redirect(url_for("submissions.show", submission_id=sent.submissions[0]))
    return redirect(url_for("submissions.index" if sent.submissions else queue))


def _say(sent: Sending) -> None:
    if sent.left:
        flash(
            ngettext("%(num)s claim went out.", "%(num)s claims went out.", len(sent.left)),
            "success",
        )
    if sent.stayed:
        flash(
            ngettext(
                "%(num)s claim stayed behind; it says why.",
                "%(num)s claims stayed behind; each says why.",
                len(sent.stayed),
            ),
            "error",
        )
