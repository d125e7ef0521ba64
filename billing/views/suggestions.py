"""At the desk: what the record suggests, put on by one key, refused by another, or another code put for its words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.coding.grounds import Words
from billing.coding.suggest.suggest import USUAL_REASONS
from billing.models import ClaimRecord
from billing.services.claim_value import load
from billing.services.judge_suggestion import ChangedElsewhere, refuse_suggestion, take_suggestion
from billing.services.lexicon import make_ready
from billing.services.suggest_codes import Row, Suggested, suggest_codes
from billing.views.coding import SEARCH_LIMIT, show_desk
from billing.views.in_queue import in_queue
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find_codes import find_codes
from clinic.services.library import library
from clinic.views.guard import actor

screens = Blueprint("suggestions", __name__, url_prefix="/claims")

STATUS = {
    "negated": N_("negated"),
    "history": N_("past"),
    "family": N_("of a relative"),
    "uncertain": N_("uncertain"),
}
"""How words are meant that are not offered."""
CONFIDENCE = {"sure": N_("sure"), "likely": N_("likely"), "unsure": N_("unsure")}
SOURCES = {
    "note": N_("note"),
    "problem": N_("problem list"),
    "act": N_("what was done"),
    "observation": N_("observation"),
    "result": N_("result"),
}


class Piece(NamedTuple):
    """A stretch of a note: plain, or words that a suggestion rests on."""

    text: str
    start: int
    rows: tuple[str, ...] = ()
    """The suggestions that rest on it, as the page calls them."""
    status: str = ""
    marks: str = ""
    """What is raised behind it: the letter on the claim or the key that puts it there."""


class Shown(NamedTuple):
    """A suggestion as the page has it."""

    name: str
    """``s1``: its id on the page."""
    key: str
    """The digit that puts it on; empty for those without."""
    row: Row

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, without what goes for most of them: two at most."""
        why = self.row.proposal.why
        return tuple(reason for reason in why if reason not in USUAL_REASONS)[:2] or why[:1]


class Pane(NamedTuple):
    """All that the pane shows."""

    record: ClaimRecord
    found: Suggested
    open: list[Shown]
    there: list[Shown]
    apart: list[Shown]
    notes: dict[int, list[Piece]]


def pane_of(record: ClaimRecord) -> Pane:
    """The suggestions of a claim with their names on the page, and its notes with the words marked."""
    found = suggest_codes(record)
    rows = [*found.open, *found.there, *found.apart]
    shown = [
        Shown(f"s{number}", str(number) if number <= min(len(found.open), MOST_KEYS) else "", row)
        for number, row in enumerate(rows, 1)
    ]
    first, second = len(found.open), len(found.open) + len(found.there)
    notes = {note.id: pieces(note.id, note.text, shown) for note in found.written.notes}
    return Pane(record, found, shown[:first], shown[first:second], shown[second:], notes)


MOST_KEYS = 9


def pieces(note_id: int, text: str, shown: Iterable[Shown]) -> list[Piece]:
    """A note cut where words begin and end that suggestions rest on."""
    spans: list[tuple[int, int, Shown]] = [
        (words.start, words.end, each)
        for each in shown
        for words in each.row.proposal.words
        if words.source == "note" and words.source_id == note_id and words.start is not None and words.end is not None
    ]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    found = []
    for start, end in pairwise(edges):
        over = [each for first, last, each in spans if first <= start and end <= last]
        status = min((each.row.proposal.status for each in over), key=_ORDER.index, default="")
        ends = [each for first, last, each in spans if last == end and each in over]
        marks = " ".join(dict.fromkeys(each.row.place or each.key for each in ends if each.row.place or each.key))
        found.append(Piece(text[start:end], start, tuple(dict.fromkeys(each.name for each in over)), status, marks))
    return found


_ORDER = ("affirmed", "uncertain", "family", "history", "negated")
"""Of words that several suggestions rest on, how they are drawn."""


def at(words: Words) -> str:
    """The id of a stretch of a note on the page."""
    return f"w{words.source_id}-{words.start}"


@screens.get("/<int:claim_id>/suggestions")
@requires("claim.code")
def pane(claim_id: int) -> str:
    """The pane, which the desk fetches by itself, with its notes; a page of its own where there are no scripts."""
    record = load(actor(), claim_id)
    part = "HX-Request" in request.headers
    if not part:
        seen(record.patient_id)  # else the desk it is a part of has told of it
    try:
        found, wrong = pane_of(record), None
    except Refused as refused:
        found, wrong = None, refused
    return render_template(
        "billing/suggestions_pane.html" if part else "billing/suggestions_page.html",
        record=record,
        pane=found,
        wrong=wrong,
        status=STATUS,
        confidence=CONFIDENCE,
        sources=SOURCES,
        place_of=at,
    )


@screens.get("/<int:claim_id>/suggestions/codes")
@requires("claim.code")
def codes(claim_id: int) -> str:
    """Diagnoses for what is being typed in place of a suggested one."""
    record = load(actor(), claim_id)
    text = request.args.get("instead", "")
    hits = find_codes(actor(), text, ICD10CM, record.service_on, SEARCH_LIMIT)
    form = "".join(each for each in request.args.get("form", "") if each.isalnum() or each == "-")[:20]
    return render_template("billing/suggestion_codes.html", hits=hits, record=record, text=text, form=form)


@screens.post("/<int:claim_id>/suggestions/take")
@requires("claim.code")
def take(claim_id: int) -> str | Response:
    """Put one on the claim, or another code for its words."""
    return _act(claim_id, refuses=False)


@screens.post("/<int:claim_id>/suggestions/refuse")
@requires("claim.code")
def refuse(claim_id: int) -> str | Response:
    """Say that one is not wanted on this claim."""
    return _act(claim_id, refuses=True)


def _act(claim_id: int, *, refuses: bool) -> str | Response:
    record = load(actor(), claim_id)
    sequence = request.form.get("sequence", type=int)
    wrong: Refused | None = None
    try:
        make_ready(library(), record.service_on)
        code = _code("code")
        if refuses:
            refuse_suggestion(actor(), claim_id, code, request.form.get("reason", ""), sequence=sequence)
        else:
            instead = _code("instead") if _typed("instead") else None
            take_suggestion(actor(), claim_id, code, instead=instead, sequence=sequence)
    except Refused as refused:
        wrong = refused
    except ChangedElsewhere:
        wrong = Refused(_("Someone else changed this claim. What you see is how it is now; do yours again."))
    if wrong is None and "HX-Request" not in request.headers:
        return redirect(url_for("coding.code", claim_id=claim_id, **in_queue()), code=303)
    return show_desk(load(actor(), claim_id), wrong)


def _typed(name: str) -> str:
    """What the form says: the row that was chosen under what was typed, which comes after it."""
    values = request.form.getlist(name)
    return values[-1].strip() if values else ""


def _code(name: str) -> Code:
    """``icd10cm:J45909``, or a diagnosis alone.

    Raises:
        Refused: it is neither.
    """
    typed = _typed(name)
    system, colon, value = typed.partition(":")
    value = "".join((value if colon else typed).upper().replace(".", "").split())
    if not (value.isascii() and value.isalnum() and 3 <= len(value) <= 8):
        raise Refused(
            N_("“%(text)s” is not a code."),
            where=name,
            remedy=N_("Choose one from the list, or type the whole code."),
            text=typed[:20],
        )
    return Code(system if colon else ICD10CM, value)
