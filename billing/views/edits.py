"""The catalogue of edits: what is checked before a claim leaves, why, and how to answer it."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from billing.edits.catalogue import Row, rows
from billing.edits.own.declared import FAMILY
from billing.edits.pages import SCOPE, SEVERITY
from billing.edits.registry import EDITS
from billing.models import OwnEdit
from billing.services.own_profiles import off_for
from clinic import sections
from clinic.base import db
from clinic.domain.finding import SEVERITIES
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.views.guard import actor

screens = Blueprint("edits", __name__, url_prefix="/house/edits")

sections.declare(Section("edits", N_("Edits"), "edits.read", "edits.catalogue", order=70))


@screens.get("")
@requires("edits.read")
def catalogue() -> str:
    """All edits; ``severity`` and ``q`` in the address narrow them."""
    everything = list(rows(EDITS.values(), _))
    severity, wanted = request.args.get("severity", ""), request.args.get("q", "").strip()
    shown = [row for row in everything if severity in ("", row.severity) and _has(row, wanted.casefold().split())]
    return render_template(
        "house/edits.html",
        rows=shown,
        total=len(everything),
        severity=severity if severity in SEVERITIES else "",
        wanted=wanted,
        counts=Counter(row.severity for row in everything),
        severities=SEVERITIES,
        scope=SCOPE,
    )


@screens.get("/<code>")
@requires("edits.read")
def one(code: str) -> str | Response:
    """One edit with its examples."""
    if code.startswith(f"{FAMILY}-"):
        return _own(code)
    if code not in EDITS:
        abort(404)
    row = next(rows([EDITS[code]], _))
    codes = list(EDITS)
    at = codes.index(code)
    return render_template(
        "house/one_edit.html",
        row=row,
        scope=SCOPE,
        severity=SEVERITY,
        before=codes[at - 1] if at else None,
        after=codes[at + 1] if at + 1 < len(codes) else None,
        off_for=off_for(actor().practice_id, code),
    )


def _own(code: str) -> Response:
    """To the page of one of the practice's own."""
    number = code.rpartition("-")[2]
    found = db.session.scalar(
        select(OwnEdit.id).where(
            OwnEdit.practice_id == actor().practice_id,
            OwnEdit.number == (int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0),
        )
    )
    if found is None:
        abort(404)
    return redirect(url_for("own_edits.show", edit_id=found))


def _has(row: Row, wanted: list[str]) -> bool:
    boxes = " ".join(f"{place.box or ''} {place.segment or ''} {place.element or ''}" for place in row.places)
    text = f"{row.code} {row.title} {row.message} {row.summary} {row.source} {boxes}".casefold()
    return all(word in text for word in wanted)
