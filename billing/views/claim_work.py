"""Who works on what: the manager's page, and giving claims to somebody. Part of the blueprint of ``claims``."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from billing.queues import CODE_WITHIN
from billing.services.assign_claims import assign_claims
from billing.services.open_claim import open_claim
from billing.services.queue_page import shown
from billing.services.workload import workload
from billing.views import claims
from billing.views.in_queue import asked, in_queue, way
from billing.views.narrowing import choice, reasons
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.formats import now
from clinic.views.guard import actor
from clinic.views.today_here import today_here

claims.screens.add_app_template_global(in_queue)
claims.screens.add_app_template_global(way, "way_in_queue")


@claims.screens.get("/work")
@requires("claim.oversee")
def work() -> str:
    """All that waits: by person, and one by one."""
    found = asked("work")
    rows = shown(actor(), "work", found.wanted, max(1, request.args.get("page", 1, type=int)))
    seen(*rows.patients)
    return render_template(
        "billing/work.html",
        shown=rows,
        found=found,
        choice=choice(actor()),
        reasons=reasons(rows),
        loads=workload(actor(), now(), today_here(), CODE_WITHIN),
        limit=CODE_WITHIN,
        here="work",
    )


@claims.screens.post("/assign")
@requires("claim.assign")
def assign() -> Response:
    """Give the chosen claims to somebody, or take them back. A visit that is given away gets its claim by that."""
    to = request.form.get("to", "")
    chosen = _ids("claim")
    if not to and "to" not in request.form:
        raise Refused(N_("Say whom to give them to."), where="to")
    visits = _ids("visit")
    staff_id = actor().staff_id if to == "me" else _person(to)
    chosen += [open_claim(actor(), visit) for visit in visits]
    count = assign_claims(actor(), chosen, staff_id)
    flash(
        ngettext("%(num)s claim given back to all.", "%(num)s claims given back to all.", count)
        if staff_id is None
        else ngettext("%(num)s claim is yours now.", "%(num)s claims are yours now.", count)
        if staff_id == actor().staff_id
        else ngettext("%(num)s claim handed over.", "%(num)s claims handed over.", count),
        "success",
    )
    return redirect(_back())


def _person(text: str) -> int | None:
    if text in {"", "nobody"}:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 11:
        raise Refused(N_("Say whom to give them to."), where="to")
    return int(text)


def _ids(name: str) -> list[int]:
    return [int(text) for text in request.form.getlist(name) if text.isascii() and text.isdigit() and len(text) < 12]


def _back() -> str:
    """To the page it was asked from: an address of this house, or the queue of what waits for its codes."""
    target = request.form.get("next", "")
    inside = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if inside else url_for("claims.to_code")
