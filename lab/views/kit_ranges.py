"""What is usual: the ranges of the tests of the house, shown and changed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from msgspec.structs import replace
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.policy import requires
from clinic.services.find import Unknown
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.today_here import today_here
from lab.domain.ranges import Analyte
from lab.services.analytes import all_analytes, own_ranges
from lab.services.set_ranges import set_ranges
from lab.views.kits import house_tests
from lab.views.kits import screens as kits
from lab.views.result_words import typed_number

LIMITS = ("critical_low", "low", "high", "critical_high")


@kits.get("/ranges")
@requires("lab.read")
def ranges() -> str:
    """All of them, by test."""
    who = actor()
    tests = house_tests(today_here())
    return render_template(
        "lab/kit_ranges.html", tests=tests, known=all_analytes(who.practice_id), own=own_ranges(who.practice_id)
    )


@kits.route("/ranges/<test>/<analyte>", methods=["GET", "POST"])
@requires("lab.catalogue")
def change_range(test: str, analyte: str) -> Response | tuple[str, int]:
    """Change what is usual for one analyte, a line a group of people."""
    found = _analyte(test, analyte)
    wrong = None
    if request.method == "POST":
        form = request.form
        bands = tuple(
            replace(band, **{name: typed_number(form.get(f"{name}-{number}", "").strip()) or None for name in LIMITS})
            for number, band in enumerate(found.bands)
        )
        try:
            set_ranges(actor(), test, analyte, bands, form.get("reason", ""))
        except Refused as refused:
            wrong, found = refused, replace(found, bands=bands)
        else:
            flash(_("Kept. Reports that are there keep their range."), "success")
            return redirect(url_for("kits.ranges", _anchor=f"test-{test}"), code=303)
    page = render_template(
        "lab/kit_range.html",
        test=test,
        analyte=found,
        limits=LIMITS,
        wrong=told(wrong) if wrong else "",
        reason=request.form.get("reason", ""),
    )
    return page, 422 if wrong else 200


def _analyte(test: str, key: str) -> Analyte:
    found = next((each for each in all_analytes(actor().practice_id).get(test, ()) if each.key == key), None)
    if found is None or found.kind != "number":
        raise Unknown("analyte")
    return found
