"""The find line: a number that is known goes straight there; else all that was found, by kind."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic import finders
from clinic.domain.code import ICD10CM
from clinic.domain.words import N_
from clinic.finders import Asked, Finder, Found
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.acting import Actor
from clinic.services.find_patients import found_patients
from clinic.services.library import library
from clinic.views.asking import asked
from clinic.views.guard import actor, may
from clinic.views.today_here import today_here

screens = Blueprint("find", __name__)

MOST = 20
CODES = 8


class Group(NamedTuple):
    """What one finder found."""

    finder: Finder
    found: list[Found]


def _codes(who: Actor, wanted: Asked, most: int) -> list[Found]:
    del who
    if len(wanted.text) < 2 or wanted.day is not None:
        return []
    hits = library().search(wanted.text, ICD10CM, today_here(), min(most, CODES))
    return [Found(hit.display, hit.code, "", "codes.show", {"q": hit.code, "system": ICD10CM}) for hit in hits]


finders.declare(
    Finder("patients", N_("Patients"), "patient.read", found_patients, order=10),
    Finder("codes", N_("Codes"), "codes.read", _codes, order=90),
)


@screens.get("/find")
@requires("find")
def show() -> str | Response:
    """Find what was typed or scanned."""
    wanted = asked(request.args.get("q", ""))
    groups = [
        Group(row, row.find(actor(), wanted, MOST)) for row in finders.in_order() if wanted.text and may(row.right)
    ]
    exact = [each for group in groups for each in group.found if each.exact and each.endpoint]
    if len(exact) == 1:
        return redirect(url_for(exact[0].endpoint or "", **(exact[0].arguments or {})))
    seen(*(each.patient_id for group in groups for each in group.found if each.patient_id is not None))
    return render_template("clinic/find.html", groups=groups, wanted=wanted, most=MOST)
