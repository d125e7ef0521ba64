"""The code sets: which releases are loaded, and a search by the day a code is used on."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from clinic import sections
from clinic.codes.release import Hit, Release
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.library import library
from clinic.views.formats import now, zone
from clinic.views.reading import read_date

screens = Blueprint("codes", __name__, url_prefix="/house/codes")

sections.declare(Section("codes", N_("Code sets"), "codes.read", "codes.show", order=80))

MOST = 30


@screens.get("")
@requires("codes.read")
def show() -> str:
    """Releases and search; what is asked for stands in the address. htmx asks for the rows alone."""
    wanted = request.args.get("q", "").strip()
    releases = library().releases()
    systems = list(dict.fromkeys(release.system for release in releases))
    system = request.args.get("system") or (ICD10CM if ICD10CM in systems else next(iter(systems), ""))
    on, unread = _on()
    hits, by, covered = _search(wanted, system, on) if wanted else ([], None, True)
    part = "house/codes_found.html" if request.headers.get("HX-Request") else "house/codes.html"
    return render_template(
        part,
        releases=releases,
        systems=systems,
        system=system,
        on=on,
        typed=request.args.get("on", ""),
        unread=unread,
        wanted=wanted,
        hits=hits,
        by=by,
        covered=covered,
        most=MOST,
    )


def _on() -> tuple[date, Refused | None]:
    today = now().astimezone(zone()).date()
    typed = request.args.get("on", "").strip()
    if not typed:
        return today, None
    try:
        return read_date(typed, "on"), None
    except Refused as refused:
        return today, refused


def _search(wanted: str, system: str, on: date) -> tuple[list[Hit], Release | None, bool]:
    judged = library().release(system, on)
    by, covered = judged or (None, True)
    return library().search(wanted, system, on, MOST), by, covered
