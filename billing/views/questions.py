"""Questions on a claim: asked, answered, taken up, taken back; the pane of them at the desk and on the claim's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.coding.narrate import Ref
from billing.coding.questions import Asked, Choice, Question
from billing.models import ClaimQuestion, ClaimRecord
from billing.services.answer_question import Given, reply
from billing.services.ask_provider import ask_coder, ask_provider, side_of
from billing.services.claim_value import coding_of, load
from billing.services.close_question import code_of, settle_question, take_answer, withdraw_question
from billing.services.named import called
from billing.services.question_facts import question_of
from billing.services.question_queue import of_claim
from billing.views.acted import tell_of
from billing.views.in_queue import in_queue
from billing.views.typed import read_id
from clinic.domain.code import pointed
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor, may
from clinic.views.telling import told

screens = Blueprint("questions", __name__)

LONGEST_NUMBER = 9


class Shown(NamedTuple):
    """A question as a page tells it."""

    row: ClaimQuestion
    question: Question
    names: dict[Ref, str]

    def name(self, staff_id: int | None) -> str:
        """What somebody is called; empty where nobody is meant."""
        return self.names.get(Ref("staff", staff_id), "") if staff_id else ""

    @property
    def code(self) -> str:
        """The diagnosis that was chosen, as it is read; empty where the answer is none."""
        found = code_of(self.question)
        return pointed(found) if found else ""

    @property
    def about(self) -> str:
        """What it is about, as it is read."""
        return (self.question.put.asked.about or "").split(":", 1)[-1]

    @property
    def ours(self) -> bool:
        """Whether the reader is on the side that asked, or oversees the work."""
        return self.question.put.by == side_of(actor()) or may("claim.oversee")


def shown(rows: Sequence[ClaimQuestion]) -> list[Shown]:
    """Questions with the names of all who had to do with them, in one statement."""
    wanted = {
        Ref("staff", key)
        for row in rows
        for key in (row.of_id, row.asked_by, row.answered_by, row.closed_by)
        if key is not None
    }
    names = called(rows[0].practice_id, wanted) if rows else {}
    return [Shown(row, question_of(row), names) for row in rows]


@screens.get("/claims/<int:claim_id>/questions")
@requires("claim.read")
def pane(claim_id: int) -> str:
    """The claim's questions, which its pages fetch by themselves."""
    record = load(actor(), claim_id)
    if "HX-Request" not in request.headers:
        seen(record.patient_id)  # else the page it is a part of has told of it
    return _pane(record)


def _pane(record: ClaimRecord) -> str:
    return render_template(
        "billing/questions_pane.html",
        record=record,
        questions=shown(of_claim(record)),
        diagnoses=[pointed(code) for code in coding_of(record).diagnoses],
        at=request.values.get("at", "desk"),
    )


@screens.post("/claims/<int:claim_id>/questions")
@requires("claim.ask")
def ask(claim_id: int) -> Response:
    """Ask a provider or, where the form says so, those who code."""
    to_coder = request.form.get("to") == "coder" or ("to" not in request.form and side_of(actor()) == "provider")
    put = ask_coder if to_coder else ask_provider
    if request.headers.get("HX-Request"):
        put(actor(), claim_id, _asked())  # what is refused is told by the door
        answer = make_response(_pane(load(actor(), claim_id)))
        answer.headers.update({"HX-Retarget": "#questions", "HX-Reswap": "outerHTML"})
        return answer
    try:
        put(actor(), claim_id, _asked())
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("Asked. The claim waits until the answer is taken up."), "success")
    return _back(claim_id)


def _asked() -> Asked:
    form = request.form
    typed = [line.strip() for line in form.get("choices", "").splitlines()]
    choices = [*form.getlist("choice"), *(line.replace(" ", "|", 1) for line in typed if line)]
    return Asked(
        text=form.get("text", ""),
        about=form.get("about") or None,
        choices=tuple(Choice(*_parted(each)) for each in choices),
        note_id=_number("note"),
        start=_number("start"),
        end=_number("end"),
    )


def _parted(choice: str) -> tuple[str, str]:
    code, bar, words = choice.partition("|")
    return (code, words) if bar else ("", choice)


def _number(name: str) -> int | None:
    return read_id(request.form.get(name, "").strip(), name)


@screens.post("/questions/<int:question_id>/reply")
@requires("claim.code")
def reply_to(question_id: int) -> Response:
    """Answer as one who codes."""
    words = request.form.get("words", "")
    given = Given(said="cannot" if request.form.get("answer") == "cannot" else "words", words=words)
    return _act(question_id, lambda: reply(actor(), question_id, given), _("Answered."))


@screens.post("/questions/<int:question_id>/withdraw")
@requires("claim.ask")
def withdraw(question_id: int) -> Response:
    """Take a question back, with the reason."""
    reason = request.form.get("reason", "")
    return _act(question_id, lambda: withdraw_question(actor(), question_id, reason), _("The question is taken back."))


@screens.post("/questions/<int:question_id>/settle")
@requires("claim.ask")
def settle(question_id: int) -> Response:
    """Say that the answer was read."""
    return _act(question_id, lambda: settle_question(actor(), question_id), _("The answer is read."))


@screens.post("/questions/<int:question_id>/take")
@requires("claim.code")
def take(question_id: int) -> Response:
    """Put the chosen code on the claim."""
    sequence = request.form.get("sequence", type=int)
    return _act(
        question_id,
        lambda: take_answer(actor(), question_id, sequence=sequence),
        _("The answer stands on the claim."),
    )


def _act(question_id: int, act: Callable[[], object], done: str) -> Response:
    """Act, tell what came of it, and go back to where it was done."""
    claim_id = one(actor(), ClaimQuestion, question_id).claim_id

    def acted() -> str:
        act()
        return done

    tell_of(acted)
    return _back(claim_id)


def _back(claim_id: int) -> Response:
    at = request.form.get("at", "desk")
    if at in {"answers", "to_answer"} and may("claim.code" if at == "answers" else "claim.answer"):
        return redirect(url_for(f"questions.{at}"), code=303)
    desk = at == "desk" and may("claim.code")
    target = url_for(
        "coding.code" if desk else "claims.show", claim_id=claim_id, _anchor="ask" if desk else "happened", **in_queue()
    )
    return redirect(target, code=303)
