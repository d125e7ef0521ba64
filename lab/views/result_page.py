"""One result: all its reports, the old ones struck; telling a critical value, telling the patient."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.models import Location
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.domain.container import NotPossible
from lab.domain.refusals import refused as refused_for
from lab.domain.telling import PATIENT_WAYS, WAYS, WHOM
from lab.domain.wall_clock import read_local
from lab.models import KitLot, LabResult, Specimen
from lab.services.kit_lots import names_of
from lab.services.plan_containers import facts_of
from lab.services.result_facts import result_of
from lab.services.result_lists import newest_of, versions_of
from lab.services.tell_critical import Heard, tell_critical, tell_patient
from lab.views.results import screens as results


@results.get("/results/<int:result_id>")
@requires("lab.read")
def show(result_id: int) -> str:
    """The page."""
    return _page(result_of(actor(), result_id))


@results.get("/results/line/<int:line_id>")
@requires("lab.read")
def of_line(line_id: int) -> Response:
    """To the report of an order's line that counts."""
    found = newest_of(actor(), line_id)
    return redirect(url_for("results.show", result_id=found), code=303)


def _page(row: LabResult, wrong: Refused | None = None) -> str:
    who = actor()
    seen(row.patient_id)
    versions = versions_of(row)
    people = [each for one_ in versions for each in (one_.performed_by, one_.reviewed_by, (one_.told or {}).get("by"))]
    return render_template(
        "lab/result.html",
        row=row,
        newest=versions[0],
        versions=versions,
        order=row.line.order,
        patient=row.line.order.patient,
        facts=facts_of(row.line),
        specimen=one(who, Specimen, row.specimen_id) if row.specimen_id else None,
        lot=one(who, KitLot, row.kit_lot_id) if row.kit_lot_id else None,
        names=names_of(who.practice_id, people),
        wrong={wrong.where: told(wrong)} if wrong else {},
        said=request.form,
        whom=WHOM,
        ways=WAYS,
        patient_ways=PATIENT_WAYS,
    )


@results.post("/results/<int:result_id>/tell")
@requires("lab.result")
def tell(result_id: int) -> Response | tuple[str, int]:
    """Keep to whom a critical value was told."""
    row, form = result_of(actor(), result_id), request.form
    heard = Heard(
        whom=form.get("whom", ""), name=form.get("name", ""), way=form.get("way", ""), read_back="read_back" in form
    )
    try:
        zone = one(actor(), Location, row.line.order.location_id).time_zone
        at = read_local(form.get("at", ""), zone)
        tell_critical(actor(), result_id, heard, at)
    except NotPossible as why:
        return _page(row, refused_for(why, "at")), 422
    except Refused as refused:
        return _page(row, refused), 422
    flash(_("Kept who was told."), "success")
    return redirect(url_for("results.to_enter"), code=303)


@results.post("/results/<int:result_id>/patient")
@requires("lab.result")
def patient_told(result_id: int) -> Response | tuple[str, int]:
    """Keep that the patient was told."""
    form = request.form
    try:
        tell_patient(actor(), result_id, form.get("way", ""), form.get("words"))
    except Refused as refused:
        return _page(result_of(actor(), result_id), refused), 422
    flash(_("Kept that the patient was told."), "success")
    return redirect(url_for("results.show", result_id=result_id), code=303)
