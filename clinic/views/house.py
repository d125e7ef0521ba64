"""The house: its front door, and the table of who may do what, read from where the guard reads it."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic import policy, queues, sections
from clinic.domain.words import N_
from clinic.policy import RIGHTS, Right, RoleName, requires
from clinic.queues import Queue
from clinic.sections import Section
from clinic.views.guard import may

screens = Blueprint("house", __name__, url_prefix="/house")

queues.declare(Queue("house", N_("House"), N_("House"), "policy.read", "house.door", order=90))
sections.declare(
    Section("policy", N_("Who may do what"), "policy.read", "house.who_may", order=60),
)

SUBJECTS = {
    "today": N_("Today and oneself"),
    "self": N_("Today and oneself"),
    "find": N_("Today and oneself"),
    "patient": N_("Patients"),
    "visit": N_("Visits and records"),
    "note": N_("Visits and records"),
    "record": N_("Visits and records"),
    "claim": N_("Claims"),
    "edits": N_("Claims"),
    "route": N_("Claims"),
    "enrolment": N_("Claims"),
    "lab": N_("The bench"),
    "codes": N_("Codes"),
    "journal": N_("Journal"),
}
"""The heading of a right, by the first word of its name; any other belongs to the practice."""


@screens.get("")
@requires("policy.read")
def door() -> Response:
    """To the first section one may open."""
    for row in sections.in_order():
        if may(row.right) and row.endpoint in current_app.view_functions:
            return redirect(url_for(row.endpoint))
    return redirect(url_for("house.who_may"))


def _subject(right: Right) -> str:
    return SUBJECTS.get(right.name.split(".", maxsplit=1)[0], N_("The practice"))


@screens.get("/policy")
@requires("policy.read")
def who_may() -> str:
    """The policy: a row a right, a column a role."""
    order = [*dict.fromkeys(SUBJECTS.values()), N_("The practice")]
    rows = sorted(RIGHTS.values(), key=lambda right: order.index(_subject(right)))
    routes: dict[str, int] = {}
    for rule in current_app.url_map.iter_rules():
        right = policy.right_of(current_app._get_current_object(), rule.endpoint)  # type: ignore[attr-defined]  # noqa: SLF001  the app itself
        if right:
            routes[right] = routes.get(right, 0) + 1
    return render_template(
        "house/policy.html",
        groups=[(subject, list(found)) for subject, found in groupby(rows, key=_subject)],
        roles=list(RoleName),
        routes=routes,
    )
