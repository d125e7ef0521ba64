"""What other systems call it: their practitioners, places, payers, acts and problems, and what each is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from msgspec.structs import replace
from werkzeug.wrappers import Response

from clinic import queues, sections
from clinic.base import db
from clinic.domain.code import ICD10CM
from clinic.domain.mapping import KINDS, TARGETS, UNDECIDED, Decision
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.queues import Queue
from clinic.sections import Section
from clinic.services.add_act import charges_like
from clinic.services.changing import Overtaken
from clinic.services.clock import today
from clinic.services.find import Unknown
from clinic.services.library import library
from clinic.services.map_foreign import last_fact, map_foreign, take_back
from clinic.services.mapping_standing import standing, waiting
from clinic.services.mapping_table import table
from clinic.services.mapping_targets import Target, chosen, suggested, targets
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind

screens = Blueprint("mappings", __name__, url_prefix="/house/mappings")

sections.declare(Section("mappings", N_("Names elsewhere"), "mapping.write", "mappings.show", order=46))
things.declare(mapping=Kind(N_("name elsewhere")))
queues.declare(Queue("mappings", N_("To map"), N_("Map"), "mapping.write", "mappings.show", waiting, order=40))

HITS = 12
WORDS_NOT_OURS = {
    "practitioner": N_("not ours"),
    "place": N_("not ours"),
    "payer": N_("not billed"),
    "act": N_("not billed"),
    "problem": N_("not billed"),
}
SEARCHED = ("act", "problem")
"""Kinds whose target is looked up by code or words; those of the others are few and stand in a list."""


@dataclass(frozen=True)
class Asked:
    """What the page is to show."""

    kind: str
    everything: bool
    text: str
    number: int

    @property
    def address(self) -> dict[str, Any]:
        """The same as parts of an address."""
        said = {"kind": self.kind, "all": "y" if self.everything else None, "q": self.text or None}
        return {**said, "page": self.number if self.number > 1 else None}


@screens.get("")
@requires("mapping.write")
def show() -> str:
    """One kind, what waits first."""
    asked = _asked()
    return _page(asked, request.args.get("pick") == "all")


@screens.post("")
@requires("mapping.write")
def decide() -> tuple[str, int] | Response:
    """Decide about the chosen rows, or take decisions back."""
    asked = _asked()
    try:
        changed = _decided(asked.kind)
    except Refused as refused:
        return _page(asked, wrong=told(refused)), 422
    except Overtaken:
        late = _("Someone else has decided about one of these meanwhile. This is how it stands; do yours again.")
        return _page(asked, wrong=late), 409
    flash(ngettext("%(num)s row kept.", "%(num)s rows kept.", changed), "success")
    return redirect(url_for("mappings.show", **asked.address), code=303)


@screens.get("/found")
@requires("mapping.write")
def found() -> str:
    """Rows of the charge list, or diagnoses, for what is being typed."""
    text = request.args.get("target", "").strip()
    if request.args.get("kind") == "act":
        return render_template("house/mapping_charges.html", rows=charges_like(actor(), text, HITS), typed=text)
    hits = library().search(text, ICD10CM, today(), HITS) if len(text) > 1 else []
    return render_template("house/mapping_codes.html", hits=hits, typed=text)


def _asked() -> Asked:
    waits = standing(actor().practice_id, anew=request.method == "GET")
    first = next((kind for kind in KINDS if kind in waits), next(iter(KINDS)))
    kind = request.values.get("kind", first)
    if kind not in KINDS:
        raise Unknown(kind)
    text = request.values.get("q", "").strip()[:100]
    return Asked(kind, request.values.get("all") == "y", text, request.values.get("page", 1, type=int))


def _decided(kind: str) -> int:
    """Do what was asked of; a row's own button acts on that row alone."""
    keys, seen = request.form.getlist("pick"), request.form.get("seen", type=int)
    back, taken = request.form.get("back"), request.form.get("take")
    if back is not None:
        return take_back(actor(), kind, [back], seen=seen)
    if taken is not None:
        target, _space, key = taken.partition(" ")
        return map_foreign(actor(), kind, [key], _decision(kind, target), seen=seen)
    act = request.form.get("do", "decide")
    if act == "take_back":
        return take_back(actor(), kind, keys, seen=seen)
    typed = [text.strip() for text in request.form.getlist("target") if text.strip()]
    decision = Decision(not_ours=True) if act == "not_ours" else _decision(kind, typed[-1] if typed else "")
    return map_foreign(actor(), kind, keys, decision, seen=seen)


def _decision(kind: str, text: str) -> Decision:
    """What was chosen, by its id, or typed: a diagnosis, or a code of the charge list."""
    if not text:
        return Decision()
    if kind == "problem":
        return Decision(code=text)
    if kind == "act" and not text.startswith("#"):
        alike = [row for row in charges_like(actor(), text, HITS) if row.code.lower() == text.lower()]
        if len(alike) != 1:
            raise Refused(N_("This is not on the charge list."), where="target", remedy=N_("Choose one of the list."))
        return Decision(charge_id=alike[0].id)
    number = text.removeprefix("#")
    return replace(UNDECIDED, **{TARGETS[kind]: int(number) if number.isascii() and number.isdigit() else 0})


def _page(asked: Asked, everyone: bool = False, wrong: str = "") -> str:
    practice_id = actor().practice_id
    seen = db.session.scalar(last_fact(practice_id))
    page = table(practice_id, asked.kind, everything=asked.everything, text=asked.text, number=asked.number)
    known = targets(practice_id, asked.kind)
    picked = {row.key for row in page.rows} if everyone else set(request.form.getlist("pick"))
    return render_template(
        "house/mappings.html",
        asked=asked,
        page=page,
        here=chosen(page.rows, asked.kind, known),
        alike=suggested(page.rows, asked.kind, known),
        offers=[target for target in known if target.offered],
        kinds=_kinds(asked),
        picked=picked,
        seen=seen,
        wrong=wrong,
        searched=asked.kind in SEARCHED,
        not_ours=WORDS_NOT_OURS[asked.kind],
        form_value=form_value,
    )


def form_value(kind: str, target: Target) -> str:
    """A target as the form sends it: charges are told from typed codes by a sign no code has."""
    return f"#{target.value}" if kind == "act" else target.value


def _kinds(asked: Asked) -> list[dict[str, Any]]:
    waits = standing(actor().practice_id)
    return [
        {
            "words": words,
            "href": url_for("mappings.show", kind=kind, all="y" if asked.everything else None),
            "current": kind == asked.kind,
            "count": waits[kind].count if kind in waits else "",
        }
        for kind, words in KINDS.items()
    ]
