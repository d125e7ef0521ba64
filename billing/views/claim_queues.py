"""Queues of claims, and the steps taken from one to the next: part of the blueprint of ``claims``."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from billing import queues  # noqa: F401  declares its rows
from billing.services.claim_value import load
from billing.services.hold_claim import return_claim, review_claim, sign_claim
from billing.services.queue_page import shown
from billing.services.waiting import place_of
from billing.views import claims
from billing.views.in_queue import ALL_OF, asked, default, go_on
from billing.views.narrowing import choice, reasons
from billing.views.sending import send_chosen
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor


@claims.screens.get("/to-code")
@requires("claim.code")
def to_code() -> str:
    """Visits that wait for their codes, and claims whose coding is begun."""
    return _page("to_code")


@claims.screens.get("/sent-back")
@requires("claim.code")
def sent_back() -> str:
    """Claims that someone sent back to coding."""
    return _page("sent_back")


@claims.screens.get("/to-review")
@requires("claim.review")
def to_review() -> str:
    """Coded claims that wait for a second look."""
    return _page("to_review")


@claims.screens.get("/to-sign")
@requires("claim.sign")
def to_sign() -> str:
    """Claims that wait for the provider in whose name they were coded; a switch shows everyone's."""
    return _page("to_sign_all" if request.args.get("in") == "to_sign_all" else "to_sign")


@claims.screens.get("/ready")
@requires("claim.send")
def ready() -> str:
    """Claims that may leave."""
    return _page("ready")


@claims.screens.get("/held")
@requires("claim.send")
def held() -> str:
    """Claims that were to be sent and stayed behind, each with its reason."""
    return _page("held")


@claims.screens.get("/no-policy")
@requires("patient.write")
def no_policy() -> str:
    """Visits that nobody bills yet and that no policy covers."""
    return _page("no_policy")


def _page(queue: str) -> str:
    found = asked(queue)
    rows = shown(actor(), queue, found.wanted, max(1, request.args.get("page", 1, type=int)))
    seen(*rows.patients)
    name = ALL_OF.get(queue, queue)
    return render_template(
        f"billing/{name}.html", shown=rows, found=found, choice=choice(actor()), here=name, reasons=reasons(rows)
    )


@claims.screens.post("/<int:claim_id>/review")
@requires("claim.review")
def review(claim_id: int) -> str | AnyResponse:
    """Say that the claim is right, as it was seen."""
    return _after(claim_id, lambda: review_claim(actor(), claim_id, request.form.get("seen", "")), "to_review")


@claims.screens.post("/<int:claim_id>/sign")
@requires("claim.sign")
def sign(claim_id: int) -> str | AnyResponse:
    """Sign the claim, as it was seen."""
    return _after(claim_id, lambda: sign_claim(actor(), claim_id, request.form.get("seen", "")), "to_sign")


@claims.screens.post("/<int:claim_id>/return")
@requires("claim.review")
def send_back(claim_id: int) -> str | AnyResponse:
    """Send the claim back to coding."""
    return _after(claim_id, lambda: return_claim(actor(), claim_id, request.form.get("reason", "")), "to_review")


def _after(claim_id: int, act: Callable[[], None], queue: str) -> str | AnyResponse:
    """Act, then go to the next of the queue one came from; what is refused is told on the claim's page."""
    found = default(queue)
    place = place_of(load(actor(), claim_id), found.queue)
    try:
        act()
    except Refused as refused:
        return claims.shown(load(actor(), claim_id), refused)
    return go_on(found, place)


@claims.screens.post("/send")
@requires("claim.send")
def send() -> AnyResponse:
    """Send the chosen claims."""
    return send_chosen("claims.ready")
