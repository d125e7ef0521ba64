"""Which queue one works through: said by the address, remembered for the session; the way to the next of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.models import ClaimRecord
from billing.queues import RIGHTS
from billing.services.open_claim import open_claim
from billing.services.queue_page import beside
from billing.services.waiting import CLAIM, VISIT, Findings, Place, Wanted, Who, place_of
from clinic import queues
from clinic.views.formats import NEAR
from clinic.views.guard import actor, may
from clinic.views.today_here import today_here

ALL_OF = {"to_sign_all": "to_sign"}
"""Queues that show more of another one, on its page."""
PARTS = ("who", "payer", "provider", "findings", "due", "q")
FINDINGS: tuple[Findings, ...] = ("any", "block", "warn")
LONGEST = 60


class Here(NamedTuple):
    """A queue with what of it is shown, and the same as parameters of an address."""

    queue: str
    wanted: Wanted
    arguments: dict[str, str]

    @property
    def page(self) -> str:
        """The endpoint of its page."""
        return f"claims.{ALL_OF.get(self.queue, self.queue)}"

    @property
    def words(self) -> str:
        """What it is called, as a message id."""
        return queues.QUEUES[ALL_OF.get(self.queue, self.queue)].words


def asked(queue: str) -> Here:
    """What the address of a queue's page asks for. Whose claims are shown is remembered until it is said otherwise."""
    if "who" in request.args:
        session["who"] = request.args["who"]
    found = _read(queue, {"who": session.get("who", ""), **request.args.to_dict()})
    # What was typed is a name: it stays in the address and out of the cookie.
    session["queue"] = {key: value for key, value in found.arguments.items() if key != "q"}
    return found


def here(*natural: str) -> Here | None:
    """The queue one came from: the address says it, else the last that was looked at, if it is one of ``natural``."""
    said: Mapping[str, str] = request.args if "in" in request.args else session.get("queue", {})
    queue = said.get("in", "")
    if not may(RIGHTS.get(ALL_OF.get(queue, queue), "")) or (said is not request.args and queue not in natural):
        return None
    return _read(queue, said)


def in_queue() -> dict[str, Any]:
    """The parameters that keep an address within the queue one works through."""
    found = here() if "in" in request.args else None
    return found.arguments if found else {}


def _read(queue: str, said: Mapping[str, str]) -> Here:
    """Parts that cannot be read are left out."""
    who = said.get("who", "")
    findings: Findings = next((each for each in FINDINGS if each == said.get("findings")), "")
    wanted = Wanted(
        who=_who(who) if queue not in {"to_sign", "to_sign_all", "no_policy"} else "",
        payer=_id(said.get("payer")),
        provider=_id(said.get("provider")),
        findings=findings,
        text=" ".join(said.get("q", "")[:LONGEST].split()),
        due_by=today_here() + NEAR if said.get("due") == "soon" else None,
    )
    kept = {key: value for key in PARTS if (value := said.get(key, "")) and (key != "who" or wanted.who)}
    return Here(queue, wanted, {"in": queue} | kept)


def _who(text: str) -> Who:
    if text in {"mine", "nobody"}:
        return "mine" if text == "mine" else "nobody"
    return _id(text) or ""


def _id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


NATURAL: dict[str, tuple[str, ...]] = {
    "coding": ("to_code", "sent_back", "work"),
    "coded": ("to_review", "to_sign", "to_sign_all", "ready", "held", "work"),
    "reviewed": ("to_sign", "to_sign_all", "ready", "held", "work"),
    "signed": ("ready", "held", "work"),
}
"""The queues in which a claim of each preparation may be."""


class Way(NamedTuple):
    """How to go on from a claim without deciding anything."""

    here: Here
    before: Place | None
    after: Place | None

    def address(self, place: Place) -> str:
        """Where a place is seen; a visit is opened there by a form."""
        return address_of(self.here, place)


def way(record: ClaimRecord) -> Way | None:
    """What stands before and after a claim in the queue one works through; None where one came from none."""
    found = here(*NATURAL[record.preparation]) if record.journey == "none" else None
    if found is None:
        return None
    return Way(found, *beside(actor(), found.queue, found.wanted, place_of(record, found.queue)))


def address_of(found: Here, place: Place) -> str:
    """The address of a claim within a queue: the desk where it is coded, else its own page."""
    if place.kind == VISIT:
        return url_for("coding.open_visit", visit_id=place.id, **_values(found.arguments))
    desk = found.queue in {"to_code", "sent_back"}
    return url_for("coding.code" if desk else "claims.show", claim_id=place.id, **_values(found.arguments))


def _values(arguments: Mapping[str, str]) -> dict[str, Any]:
    return dict(arguments)


def go_on(found: Here, place: Place) -> Response:
    """To what comes after a place of the queue, never the same again; at its end to its page, which says so."""
    who = actor()
    following = beside(who, found.queue, found.wanted, place).after
    if following is not None and following.kind == VISIT and may("claim.code"):
        opened = Place(following.first, following.then, CLAIM, open_claim(who, following.id))
        return redirect(address_of(found, opened))
    if following is None or following.kind == VISIT or not may("claim.read"):
        flash(_("That was the last of %(queue)s.", queue=_(found.words)), "success")
        back = {key: value for key, value in found.arguments.items() if key != "in"}
        return redirect(url_for(found.page, **_values(back)))
    return redirect(address_of(found, following))


def default(queue: str, *natural: str) -> Here:
    """The queue one came from, else a whole one."""
    return here(queue, *natural) or _read(queue, {})
