"""The coding desk: the record, its codes, its findings and the page to print, seen together."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.models import ClaimRecord
from billing.services.change_claim import ChangedElsewhere
from billing.services.claim_value import coding_of, load
from billing.services.hold_claim import finish_coding
from billing.services.judge_suggestion import change_typed
from billing.services.lexicon import make_ready
from billing.services.open_claim import open_claim
from billing.services.pricing import price_list
from billing.services.waiting import place_of
from billing.views import typed
from billing.views.desk import desk
from billing.views.in_queue import default, go_on, in_queue
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find_codes import find_codes
from clinic.services.library import library
from clinic.views.guard import actor

screens = Blueprint("coding", __name__, url_prefix="/claims")

SEARCH_LIMIT = 12


@screens.post("/of-visit/<int:visit_id>")
@requires("claim.code")
def open_visit(visit_id: int) -> Response:
    """Open a claim for a visit, or go to the one that is open."""
    return redirect(url_for("coding.code", claim_id=open_claim(actor(), visit_id), **in_queue()))


@screens.get("/<int:claim_id>/code")
@requires("claim.code")
def code(claim_id: int) -> str:
    """The desk."""
    return show_desk(load(actor(), claim_id))


@screens.post("/<int:claim_id>/changes")
@requires("claim.code")
def change(claim_id: int) -> str | Response | tuple[str, int]:
    """Do what was typed; answer with the desk as it is then, and with what was wrong at its field."""
    wrong: Refused | None = None
    try:
        _change(claim_id)
    except Refused as refused:
        wrong = refused
    except ChangedElsewhere:
        wrong = Refused(_("Someone else changed this claim. What you see is how it is now; do yours again."))
    if not request.headers.get("HX-Request") and wrong is None:
        return redirect(url_for("coding.code", claim_id=claim_id, **in_queue()))
    return show_desk(load(actor(), claim_id), wrong)


def _change(claim_id: int) -> None:
    record = load(actor(), claim_id)
    sequence = request.form.get("sequence", type=int)
    coding = coding_of(record)
    form = {key: _said(key) for key in request.form}
    payer = record.coverage.payer_id if record.coverage else None
    prices = price_list(record.practice_id, payer)
    make_ready(library(), record.service_on)
    for each in list(typed.changes(form, coding, record.service_on, prices)):
        change_typed(actor(), claim_id, each, sequence=sequence)
        sequence = None if sequence is None else record.sequence


def _said(key: str) -> str:
    """What the form says: ticked boxes together, else the last, which is the row chosen under what was typed."""
    values = request.form.getlist(key)
    return " ".join(values) if key == "accident" else values[-1]


@screens.post("/<int:claim_id>/done")
@requires("claim.code")
def done(claim_id: int) -> str | Response:
    """Finish the coding and go to the next of the queue one came from."""
    found = default("to_code", "sent_back")
    place = place_of(load(actor(), claim_id), found.queue)
    try:
        finish_coding(actor(), claim_id, request.form.get("seen", ""))
    except Refused as refused:
        return show_desk(load(actor(), claim_id), refused)
    return go_on(found, place)


@screens.get("/<int:claim_id>/codes")
@requires("claim.code")
def codes(claim_id: int) -> str:
    """Diagnoses for what is being typed, judged on the date of service."""
    record = load(actor(), claim_id)
    text = request.args.get("code", "")
    hits = find_codes(actor(), text, ICD10CM, record.service_on, SEARCH_LIMIT)
    return render_template("billing/found_codes.html", hits=hits, record=record, text=text)


@screens.get("/<int:claim_id>/charges")
@requires("claim.code")
def charges(claim_id: int) -> str:
    """Rows of the charge list for what is being typed: by the beginning of the code, or by words."""
    record = load(actor(), claim_id)
    words = request.args.get("code", "").lower().split()
    payer = record.coverage.payer_id if record.coverage else None
    rows = [
        priced
        for priced in price_list(record.practice_id, payer).values()
        if words and all(priced.code.value.lower().startswith(word) or word in priced.words.lower() for word in words)
    ]
    return render_template("billing/found_charges.html", rows=rows[:SEARCH_LIMIT], record=record, text=" ".join(words))


def show_desk(record: ClaimRecord, wrong: Refused | None = None) -> str:
    """The desk, or the part of it that htmx asked for, with what was refused."""
    seen(record.patient_id)
    part = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    return render_template(
        "billing/coding_desk.html" if part else "billing/coding.html",
        desk=desk(actor(), record),
        wrong=wrong,
        tab=request.values.get("tab", "page"),
    )
