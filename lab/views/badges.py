"""Badges: given with a PIN, printed as a card, taken away."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.documents.cards import CardFacts
from lab.services.badges import badge_of, give_badge, take_badge_away
from lab.views.devices import pdf

screens = Blueprint("badges", __name__, url_prefix="/house/bench/badges")

things.declare(badge=Kind(N_("badge")))


@screens.get("/<int:staff_id>")
@requires("lab.badge")
def show(staff_id: int) -> str:
    """One person's badge: give it, print it, take it away."""
    return _page(staff_id)


@screens.post("/<int:staff_id>")
@requires("lab.badge")
def give(staff_id: int) -> AnyResponse | tuple[str, int]:
    """Give a badge with the PIN that its holder has just chosen."""
    pin, again = request.form.get("pin", ""), request.form.get("again", "")
    one(actor(), Staff, staff_id)
    try:
        give_badge(actor(), staff_id, pin, again)
    except Refused as why:
        return _page(staff_id, wrong=told(why), where=why.where), 422
    flash(_("The badge is given. Print its card; what was on an older one opens nothing any more."), "success")
    return redirect(url_for("badges.show", staff_id=staff_id), code=303)


@screens.post("/<int:staff_id>/take-away")
@requires("lab.badge")
def take_away(staff_id: int) -> AnyResponse:
    """Take it away."""
    take_badge_away(actor(), staff_id)
    flash(_("The badge opens nothing any more."), "success")
    return redirect(url_for("devices.index"), code=303)


@screens.get("/<int:staff_id>/card.pdf")
@requires("lab.badge")
def card(staff_id: int) -> Response:
    """Its card to print."""
    member = one(actor(), Staff, staff_id)
    badge = badge_of(actor(), staff_id)
    if badge is None:
        raise Unknown("badge")
    return pdf(_("Badge"), [CardFacts(words=member.name, text=badge.code, more=_("Badge of the bench"))])


def _page(staff_id: int, *, wrong: str = "", where: str = "") -> str:
    member = one(actor(), Staff, staff_id)
    return render_template(
        "lab/bench_badge.html", member=member, badge=badge_of(actor(), staff_id), wrong=wrong, where=where
    )
