"""Entering and correcting a result of the house: the lot first, then a value a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.clock import now
from clinic.services.find import Unknown, one
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.domain.container import NotPossible
from lab.domain.controls import LEVELS, Moment, against_lot, levels_of, needs_lot
from lab.domain.ranges import Analyte, age_in_months
from lab.domain.refusals import refused as refused_for
from lab.domain.result_refusals import WORDS, result_refused
from lab.domain.wall_clock import read_local
from lab.models import LabOrder, OrderLine
from lab.services.correct_result import correct_result
from lab.services.enter_result import ENTERED_IN, Bench, bench_of, enter_result, obstacle
from lab.services.kit_lots import shelves
from lab.services.result_facts import result_of
from lab.views.result_words import typed_number, values_of
from lab.views.results import screens as results


def _line(line_id: int) -> OrderLine:
    path = joinedload(OrderLine.order)
    also = (path.joinedload(each) for each in (LabOrder.patient, LabOrder.provider, LabOrder.location))
    return one(actor(), OrderLine, line_id, *also)


@results.route("/results/enter/<int:line_id>", methods=["GET", "POST"])
@requires("lab.result")
def enter(line_id: int) -> Response | str | tuple[str, int]:
    """Enter what a test gave."""
    line = _line(line_id)
    if not line.in_house:
        raise Unknown("order_line")
    seen(line.order.patient_id)
    bench = bench_of(actor(), line)
    if request.method == "GET":
        return _form(line, bench)
    try:
        result_id = enter_result(
            actor(),
            line_id,
            _said(bench.analytes),
            lot=request.form.get("lot", ""),
            performed_at=_at(request.form.get("at", ""), bench.zone),
            note=request.form.get("note") or None,
        )
    except Refused as refused:
        return _form(line, bench, refused), 422
    row = result_of(actor(), result_id)
    if row.critical:
        flash(_("Reported. It is critical: tell someone now."), "error")
        return redirect(url_for("results.show", result_id=result_id, _anchor="tell"), code=303)
    flash(_("Reported."), "success")
    return redirect(url_for("results.to_enter", part="enter"), code=303)


@results.route("/results/<int:result_id>/correct", methods=["GET", "POST"])
@requires("lab.result")
def correct(result_id: int) -> Response | str | tuple[str, int]:
    """Report a test once more, with other values and the reason."""
    row = result_of(actor(), result_id)
    if not row.in_house:
        raise Unknown("lab_result")
    seen(row.patient_id)
    line = _line(row.line_id)
    bench = bench_of(actor(), line)
    values = {value.key or "": value.value for value in values_of(row)}
    wrong = None
    if request.method == "POST":
        try:
            found = correct_result(actor(), result_id, _said(bench.analytes), request.form.get("reason", ""))
        except Refused as refused:
            wrong, values = refused, dict(request.form)
        else:
            flash(_("Corrected. Whoever knew the old values has to be told."), "success")
            return redirect(url_for("results.show", result_id=found), code=303)
    page = render_template(
        "lab/result_correct.html",
        row=row,
        values=values,
        wrong=_wrong(wrong),
        said=request.form,
        **_common(line, bench),
    )
    return page, 422 if wrong else 200


def _said(analytes: tuple[Analyte, ...]) -> dict[str, str]:
    form = request.form
    return {
        each.key: typed_number(form.get(each.key, "")) if each.kind == "number" else form.get(each.key, "")
        for each in analytes
    }


def _at(text: str, zone: str) -> datetime | None:
    try:
        return read_local(text, zone)
    except NotPossible as why:
        raise refused_for(why, "at") from why


def _wrong(refused: Refused | None) -> dict[str, str]:
    """What is wrong, by the field it stands at; blank for the whole form."""
    return {refused.where: told(refused)} if refused is not None else {}


def _common(line: OrderLine, bench: Bench) -> dict[str, Any]:
    on = Moment(at=now(), zone=bench.zone).day
    months = age_in_months(bench.patient.birth, on)
    return {
        "line": line,
        "order": line.order,
        "patient": bench.patient,
        "facts": bench.facts,
        "analytes": bench.analytes,
        "bands": {each.key: each.band(bench.patient.sex, months) for each in bench.analytes},
    }


def _form(line: OrderLine, bench: Bench, refused: Refused | None = None) -> str:
    who = actor()
    said: Mapping[str, str] = request.form if request.method == "POST" else request.args
    lot = said.get("lot", "").strip()
    at = now()
    kits = needs_lot(bench.facts.settings)
    here = shelves(who.practice_id, tests=(bench.facts.key,)) if kits else []
    why, where, kit = obstacle(who, bench, lot, at, here)
    asked = bool(lot) or not kits
    moment, levels = Moment(at=at, zone=bench.zone), levels_of(bench.analytes)
    known = [
        (shelf, against_lot(shelf.lot, bench.facts.key, shelf.controls, levels, moment))
        for shelf in here
        if shelf.row.active
    ]
    open_ = line.state in ENTERED_IN
    blocked = None if why == "no_lot" else told(result_refused(why)) if why is not None else None
    return render_template(
        "lab/result_enter.html",
        lot=lot,
        kit=kit,
        blocked=blocked if open_ else told(result_refused("line_state")),
        at_lot=where == "lot" and why not in {None, "no_lot"},
        ready=open_ and asked and why is None,
        needs_lot=kits,
        lots=known,
        why_words={code: words.what for code, words in WORDS.items()},
        levels=LEVELS,
        wrong=_wrong(refused),
        said=request.form,
        **_common(line, bench),
    )
