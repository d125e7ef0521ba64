"""Results: to enter, waiting for their order, critical to be told; files taken in; to review; a patient's over time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import Unknown
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind
from clinic.views.things import declare as declare_things
from lab.domain.result_refusals import result_refused
from lab.domain.result_words import STATUS
from lab.domain.telling import WAYS, WHOM
from lab.domain.trend import Seen, trends
from lab.services import result_lists
from lab.services.kit_lots import names_of
from lab.services.plan_containers import facts_of
from lab.services.review_result import review_result
from lab.services.specimens import by_number
from lab.services.take_report import Taken, take_files
from lab.views import result_words

screens = Blueprint("results", __name__, url_prefix="/lab")
result_words.set_up(screens)

declare_things(
    lab_result=Kind(N_("result"), "results.show", "result_id"),
    incoming_result=Kind(N_("result from elsewhere"), "results.incoming", "incoming_id"),
)

PARTS = {"enter": N_("To enter"), "unmatched": N_("Unmatched"), "critical": N_("Critical, to be told")}
MOST_FILES = 50


@screens.get("/results")
@requires("lab.result")
def to_enter() -> str | Response:
    """What waits, a part at a time. ``scan`` opens the first test of a container."""
    who = actor()
    if request.args.get("scan", "").strip():
        return _scanned(request.args["scan"])
    counts = result_lists.counts(who)
    part = request.args.get("part", "")
    if part not in PARTS:
        part = next((name for name in ("critical", "enter", "unmatched") if counts[name]), "enter")
    rows: list[Any]
    if part == "enter":
        rows = list(result_lists.to_enter(who))
        seen(*{each.row.patient_id for each in rows})
    elif part == "critical":
        rows = list(result_lists.to_tell(who))
        seen(*{each.patient_id for each in rows})
    else:
        rows = list(result_lists.unmatched(who))
    tabs = [
        {"words": words, "href": url_for("results.to_enter", part=name), "current": name == part, "count": counts[name]}
        for name, words in PARTS.items()
    ]
    return render_template(
        "lab/results.html", part=part, rows=rows, tabs=tabs, facts_of=facts_of, status=STATUS, whom=WHOM, ways=WAYS
    )


def _scanned(text: str) -> Response:
    """To the first test of a container that is to be run; back with a word where there is none."""
    who = actor()
    try:
        row = by_number(who, text.strip())
    except Unknown:
        flash(_("There is no container of that number."), "error")
        return redirect(url_for("results.to_enter", part="enter"), code=303)
    found = next((each for each in result_lists.to_enter(who) if each.row.id == row.id and each.lines), None)
    if found is None:
        flash(told(result_refused("line_state")), "error")
        return redirect(url_for("results.to_enter", part="enter"), code=303)
    return redirect(url_for("results.enter", line_id=found.lines[0].id), code=303)


@screens.post("/results/take")
@requires("lab.result")
def take() -> Response:
    """Take in files, or what was pasted: all of it or nothing."""
    files = [
        (sent.filename or "file", sent.read())
        for sent in request.files.getlist("files")[:MOST_FILES]
        if sent and sent.filename
    ]
    text = request.form.get("text", "")
    if text.strip():
        files.append((_("pasted text"), text.encode()))
    if not files:
        flash(_("Choose a file."), "error")
        return redirect(url_for("results.to_enter", part="unmatched"), code=303)
    try:
        taken = take_files(actor(), files)
    except Refused as refused:
        where = f"{refused.where}: " if refused.where else ""
        flash(where + told(refused), "error")
    else:
        flash(_what_became(taken), "success")
    return redirect(url_for("results.to_enter", part="unmatched"), code=303)


def _what_became(taken: list[Taken]) -> str:
    how = {state: sum(each.state == state for each in taken) for state in ("matched", "unmatched", "known")}
    parts = (
        ngettext("%(num)s matched.", "%(num)s matched.", how["matched"]) if how["matched"] else "",
        ngettext("%(num)s waits to be matched.", "%(num)s wait to be matched.", how["unmatched"])
        if how["unmatched"]
        else "",
        ngettext("%(num)s was taken before.", "%(num)s were taken before.", how["known"]) if how["known"] else "",
    )
    return " ".join(part for part in parts if part)


@screens.get("/results/review")
@requires("lab.review")
def to_review() -> str:
    """Results to review, one in hand; ``at`` says which."""
    who = actor()
    rows = result_lists.to_review(who)
    wanted = request.args.get("at", type=int)
    here = next((row for row in rows if row.id == wanted), rows[0] if rows else None)
    seen(*{row.patient_id for row in rows})
    place = rows.index(here) if here else 0
    return render_template(
        "lab/results_review.html",
        rows=rows,
        row=here,
        facts=facts_of(here.line) if here else None,
        facts_of=facts_of,
        following=rows[place + 1] if here and place + 1 < len(rows) else None,
        before=result_lists.before_of([here], who.practice_id).get(here.id) if here else None,
        names=names_of(who.practice_id, [here.performed_by, (here.told or {}).get("by")]) if here else {},
        status=STATUS,
        whom=WHOM,
        ways=WAYS,
    )


@screens.post("/results/<int:result_id>/review")
@requires("lab.review")
def review(result_id: int) -> Response:
    """Mark one as reviewed, and on to the next."""
    try:
        review_result(actor(), result_id)
    except Refused as refused:
        flash(told(refused), "error")
    return redirect(url_for("results.to_review", at=request.form.get("next") or None), code=303)


@screens.get("/patients/<int:patient_id>/results")
@requires("lab.read")
def of_patient(patient_id: int) -> str:
    """A patient's results over time: a small picture and a table an analyte; corrected values stay, struck."""
    who = actor()
    chart = result_lists.results_of(who, patient_id)
    seen(chart.patient.id)
    last: dict[int, int] = {}
    for row in chart.reports:
        last[row.line_id] = max(last.get(row.line_id, 0), row.version)
    counting = [row for row in chart.reports if row.version == last[row.line_id]]
    values = [Seen(row.performed_at, value, row.id) for row in counting for value in result_words.values_of(row)]
    return render_template(
        "lab/results_patient.html",
        patient=chart.patient,
        reports=chart.reports,
        last=last,
        trends=trends(values),
        facts_of=facts_of,
        status=STATUS,
    )
