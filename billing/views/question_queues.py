"""Questions in a row: those a provider answers one after the other, and the answers that those who code take up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from billing import queues  # noqa: F401  declares its rows
from billing.coding.questions import Question, Said
from billing.models import ClaimQuestion, ClaimRecord, ClaimVisit
from billing.services.answer_question import Given, answer_question
from billing.services.close_question import settle_question
from billing.services.question_facts import question_of
from billing.services.question_queue import after, for_side, out
from billing.views import questions
from billing.views.questions import Shown
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.models import Note
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views.guard import actor
from clinic.views.telling import told


class Current(NamedTuple):
    """The question looked at."""

    shown: Shown
    notes: Sequence[Note]

    def marked(self, note: Note) -> Markup:
        """A note's text with the words that the question is about marked."""
        asked = self.shown.question.put.asked
        if note.id != asked.note_id or asked.start is None:
            return escape(note.text)
        parts = note.text[: asked.start], note.text[asked.start : asked.end], note.text[asked.end :]
        return Markup('{}<mark class="ev" id="rests">{}</mark>{}').format(*parts)


@questions.screens.get("/questions")
@requires("claim.answer")
def to_answer() -> str:
    """The questions that wait for a provider, one of them open to be answered."""
    everyones = "everyones" in request.args
    page = for_side(actor(), "provider", max(1, request.args.get("page", 1, type=int)), everyones=everyones)
    row = _chosen(request.args.get("at", type=int)) or next(iter(page.rows), None)
    current = _current(row) if row is not None else None
    seen(*page.patients, *([row.claim.patient_id] if row is not None else []))
    return render_template("billing/to_answer.html", waiting=page, current=current, everyones=everyones)


def _chosen(question_id: int | None) -> ClaimQuestion | None:
    """The question that the address names, if it still waits for a provider."""
    if question_id is None:
        return None
    try:
        row = one(actor(), ClaimQuestion, question_id, joinedload(ClaimQuestion.claim).joinedload(ClaimRecord.patient))
    except Unknown:
        return None
    return row if row.waits_for == "provider" else None


def _current(row: ClaimQuestion) -> Current:
    wanted = select(Note).where(Note.practice_id == row.practice_id).order_by(Note.id)
    visits = select(ClaimVisit.visit_id).where(
        ClaimVisit.practice_id == row.practice_id, ClaimVisit.claim_id == row.claim_id
    )
    notes = wanted.where(Note.id == row.note_id) if row.note_id else wanted.where(Note.visit_id.in_(visits))
    return Current(questions.shown([row])[0], db.session.scalars(notes).all())


@questions.screens.post("/questions/<int:question_id>/answer")
@requires("claim.answer")
def answer(question_id: int) -> Response:
    """Answer, where wanted add it to the note, and go to the next."""
    row = one(actor(), ClaimQuestion, question_id)
    place = row.since, row.id
    try:
        answer_question(actor(), question_id, _given(question_of(row)))
    except Refused as refused:
        flash(told(refused), "error")
        if refused.where != "answer" or row.state != "open":
            return _go_on(place, "")
        return redirect(_address(question_id), code=303)
    return _go_on(place, _("That was the last question."))


@questions.screens.post("/questions/<int:question_id>/read")
@requires("claim.answer")
def read(question_id: int) -> Response:
    """Say that the answer to one's own question was read, and go to the next."""
    row = one(actor(), ClaimQuestion, question_id)
    place = row.since, row.id
    try:
        settle_question(actor(), question_id)
    except Refused as refused:
        flash(told(refused), "error")
    return _go_on(place, _("That was the last question."))


def _given(question: Question) -> Given:
    chosen, words = request.form.get("answer", ""), request.form.get("words", "")
    said: Said = "cannot" if chosen == "cannot" else "choice" if chosen.isdigit() and len(chosen) < 3 else "words"
    choice = int(chosen) if said == "choice" else None
    return Given(
        said=said,
        choice=choice,
        words=words,
        addendum=_addendum(question, choice, words) if "note" in request.form and said != "cannot" else None,
    )


def _addendum(question: Question, choice: int | None, words: str) -> str | None:
    """What the note says from then on: the question, and the answer in the words that were chosen or written."""
    asked = question.put.asked
    offered = asked.choices[choice - 1].words if choice and choice <= len(asked.choices) else ""
    said = ". ".join(part for part in (offered, " ".join(words.split())) if part)
    if not said:
        return None
    head = _("Addendum, in answer to a question about coding.")
    return "\n".join((head, _("Asked: %(text)s", text=asked.text), _("Answer: %(text)s", text=said)))


def _go_on(place: tuple[datetime, int], last: str) -> Response:
    following = after(actor(), "provider", place, everyones="everyones" in request.form)
    if following is None and last:
        flash(last, "success")
    return redirect(_address(following), code=303)


def _address(question_id: int | None) -> str:
    return url_for("questions.to_answer", at=question_id, everyones=1 if "everyones" in request.form else None)


@questions.screens.get("/questions/answers")
@requires("claim.code")
def answers() -> str:
    """Answers that came, questions to those who code, and what is still awaited."""
    page = for_side(actor(), "coder", max(1, request.args.get("page", 1, type=int)))
    awaited = out(actor(), max(1, request.args.get("awaited", 1, type=int)))
    seen(*page.patients, *awaited.patients)
    rows = questions.shown([*page.rows, *awaited.rows])
    return render_template(
        "billing/answers.html",
        waiting=page,
        awaited=awaited,
        came=rows[: len(page.rows)],
        asked=rows[len(page.rows) :],
    )
