"""At the desk: the level of the office visit from what is documented, and the line that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from billing.coding.level import same_day, words
from billing.coding.level.documented import Data, Documented, Problems, Risk
from billing.coding.level.level import LEVELS, level_of
from billing.coding.level.minutes import PROLONGED, SINCE
from billing.models import ClaimRecord
from billing.services.claim_value import coding_of, load
from billing.services.visit_known import Known, known_of
from billing.services.visit_level import find_level, office_visit, put_level, put_prolonged
from billing.views.acted import tell_of
from billing.views.in_queue import in_queue
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("visit_level", __name__, url_prefix="/claims")

MOST_COUNTED, MOST_MINUTES = 99, 1440
RISKS: tuple[Risk, ...] = get_args(Risk)


@screens.get("/<int:claim_id>/level")
@requires("claim.code")
def show(claim_id: int) -> str:
    """What was found last, or what the record says to begin with."""
    record = load(actor(), claim_id)
    if "HX-Request" not in request.headers:
        seen(record.patient_id)  # else the desk it is a part of has told of it
    return _pane(record)


def _pane(record: ClaimRecord, documented: Documented | None = None, wrong: Refused | None = None) -> str:
    known = known_of(actor(), record)
    said = documented or (known.found.documented if known.found else None)
    coding = coding_of(record)
    line = office_visit(coding)
    level = level_of(said) if said else None
    charged = LEVELS.get(line.code.value) if line else None
    others = same_day.beside(each.code.value for each in coding.lines)
    return render_template(
        "billing/level_pane.html",
        record=record,
        known=known,
        said=said or _to_begin_with(known),
        level=level,
        line=line,
        above=bool(level and charged and charged > (level.level or 0)),
        others=others if line and same_day.SEPARATE not in line.modifiers else (),
        on_claim={each.code.value for each in coding.lines},
        prolonged=PROLONGED,
        words=words,
        too_early=record.service_on < SINCE,
        wrong=wrong,
    )


def _to_begin_with(known: Known) -> Documented:
    return Documented(patient=known.patient, problems=Problems(), data=Data(tests=known.tests or None))


@screens.post("/<int:claim_id>/level")
@requires("claim.code")
def find(claim_id: int) -> str | Response:
    """Look what the documented facts come to, and keep them."""
    wrong: Refused | None = None
    documented: Documented | None = None
    try:
        documented = _documented()
        find_level(actor(), claim_id, documented)
    except Refused as refused:
        wrong = refused
    if not request.headers.get("HX-Request"):
        if wrong is not None:
            flash(told(wrong), "error")
        return _to_desk(claim_id)
    return _pane(load(actor(), claim_id), documented, wrong)


def _documented() -> Documented:
    """The form as a value.

    Raises:
        Refused: a number cannot be read or is too large.
    """
    form = request.form
    data = {name: _count(name) for name in words.COUNTED} | {name: name in form for name in words.TICKED}
    return Documented(
        patient="new" if form.get("patient") == "new" else "established",
        problems=Problems(**{name: _count(name) for name in words.PROBLEMS}),
        data=msgspec.convert(data, Data),
        risk=next((each for each in RISKS if each == form.get("risk")), None),
        minutes=_count("minutes", MOST_MINUTES),
        staff_only="staff_only" in form,
    )


def _count(name: str, most: int = MOST_COUNTED) -> int | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) > most:
        raise Refused(
            N_("“%(text)s” is no number from 0 to %(most)s."),
            where=name,
            remedy=N_("Type a whole number, or nothing."),
            text=text[:20],
            most=most,
        )
    return int(text) or None


@screens.post("/<int:claim_id>/level/put")
@requires("claim.code")
def put(claim_id: int) -> Response:
    """Put the level on the claim."""
    sequence = request.form.get("sequence", type=int)
    return _act(
        claim_id,
        lambda: _("%(code)s stands on the claim.", code=put_level(actor(), claim_id, sequence=sequence)),
    )


@screens.post("/<int:claim_id>/level/prolonged")
@requires("claim.code")
def put_time(claim_id: int) -> Response:
    """Put the prolonged time on the claim."""
    sequence = request.form.get("sequence", type=int)

    def act() -> str:
        units = put_prolonged(actor(), claim_id, sequence=sequence)
        return str(ngettext("%(num)s unit stands on the claim.", "%(num)s units stand on the claim.", units))

    return _act(claim_id, act)


def _act(claim_id: int, act: Callable[[], str]) -> Response:
    tell_of(act)
    return _to_desk(claim_id)


def _to_desk(claim_id: int) -> Response:
    target = url_for("coding.code", claim_id=claim_id, open="level", _anchor="level", **in_queue())
    return redirect(target, code=303)
