"""What a claim is made of, from its desk: dividing it, its visits, withdrawing it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from billing.services.change_claim import ChangedElsewhere
from billing.services.claim_value import load
from billing.services.divide_claim import By, divide_by, divide_claim
from billing.services.join_visits import join_visit, take_visit_out
from billing.services.visits_together import candidates
from billing.services.waiting import place_of
from billing.services.withdraw_claim import withdraw_claim
from billing.views.coding import show_desk
from billing.views.in_queue import default, go_on, in_queue
from billing.views.typed import read_id
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor

screens = Blueprint("shaping", __name__, url_prefix="/claims")

_BY: dict[str, By] = {"provider": "provider", "day": "day"}


@screens.post("/<int:claim_id>/divide")
@requires("claim.code")
def divide(claim_id: int) -> str | Response:
    """Put the ticked lines on a second claim, or each provider's or day's on one of its own."""

    def act() -> None:
        sequence = request.form.get("sequence", type=int)
        by = _BY.get(request.form.get("by", ""))
        if by is not None:
            made = len(divide_by(actor(), claim_id, by, sequence=sequence))
        else:
            divide_claim(
                actor(),
                claim_id,
                request.form.getlist("line"),
                coverage_id=read_id(request.form.get("coverage_id", ""), "coverage_id"),
                rendering_id=read_id(request.form.get("rendering_id", ""), "rendering_id"),
                sequence=sequence,
            )
            made = 1
        flash(ngettext("%(num)s claim made of this one.", "%(num)s claims made of this one.", made), "success")

    return _then_desk(claim_id, act)


@screens.get("/<int:claim_id>/visits")
@requires("claim.code")
def visits(claim_id: int) -> str:
    """The patient's other visits, each with whether it may be billed on this claim."""
    record = load(actor(), claim_id)
    found = candidates(actor(), record)
    seen(record.patient_id, *(each.visit.patient_id for each in found))
    return render_template("billing/coding_visits.html", record=record, candidates=found)


@screens.post("/<int:claim_id>/visits")
@requires("claim.code")
def join(claim_id: int) -> str | Response:
    """Bill one more visit on this claim."""

    def act() -> None:
        visit_id = read_id(request.form.get("visit_id", ""), "join")
        join_visit(actor(), claim_id, visit_id or 0, confirmed="confirmed" in request.form)

    return _then_desk(claim_id, act)


@screens.post("/<int:claim_id>/visits/<int:visit_id>/out")
@requires("claim.code")
def take_out(claim_id: int, visit_id: int) -> str | Response:
    """Bill a visit on this claim no more."""
    return _then_desk(claim_id, lambda: take_visit_out(actor(), claim_id, visit_id))


@screens.post("/<int:claim_id>/withdraw")
@requires("claim.code")
def withdraw(claim_id: int) -> str | Response:
    """Give the claim up, and go to the next of the queue one came from."""
    found = default("to_code", "sent_back")
    place = place_of(load(actor(), claim_id), found.queue)

    def act() -> None:
        form = request.form
        withdraw_claim(actor(), claim_id, form.get("reason", ""), visit_done="visit_done" in form)
        flash(_("The claim is withdrawn."), "success")

    return _then_desk(claim_id, act, lambda: go_on(found, place))


def _then_desk(claim_id: int, act: Callable[[], None], onward: Callable[[], Response] | None = None) -> str | Response:
    """Act, then go on; what was refused is told at the desk."""
    try:
        act()
    except Refused as refused:
        return show_desk(load(actor(), claim_id), refused)
    except ChangedElsewhere:
        moved = Refused(_("Someone else changed this claim. What you see is how it is now; do yours again."))
        return show_desk(load(actor(), claim_id), moved)
    return onward() if onward else redirect(url_for("coding.code", claim_id=claim_id, **in_queue()))
