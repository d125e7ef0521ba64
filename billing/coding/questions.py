"""Questions between who codes a claim and who rendered it: each is the fold of its own facts (law 2). Pure."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

Side = Literal["provider", "coder"]
"""``provider``: those who render. ``coder``: those who code, review and send."""
State = Literal["open", "answered", "closed"]
Said = Literal["choice", "words", "cannot"]
"""``cannot``: nobody can say it from what is known."""
How = Literal["withdrawn", "seen", "taken"]
"""Why a question is closed: it was taken back; its answer was read; its answer was put on the claim."""

MOST_CHOICES = 8
"""As many as there are keys for: 1 to 8."""
MOST_LETTERS = 600


class Choice(Value, frozen=True):
    """One answer to choose."""

    code: str
    """As a person reads it; empty where the answer is no code."""
    words: str


class Asked(Value, frozen=True, kw_only=True):
    """What is asked."""

    text: str
    """In plain words."""
    about: str | None = None
    """What it is about, as ``diagnosis:J45.909``."""
    choices: tuple[Choice, ...] = ()
    note_id: int | None = None
    """The note that leaves it open."""
    start: int | None = None
    end: int | None = None
    """Where in that note: letters from its beginning."""


class QuestionAsked(Value, frozen=True, kw_only=True):
    """``claim.asked`` version 1. The question is called by the sequence of this fact."""

    asked: Asked
    to: Side
    by: Side
    of: int | None = None
    """Whom of that side in particular: a member of staff."""


class QuestionAnswered(Value, frozen=True, kw_only=True):
    """``claim.answered`` version 1."""

    question: int
    said: Said
    chosen: Choice | None = None
    words: str | None = None
    """In the answerer's own words; beside a choice what they add to it."""
    note_id: int | None = None
    """The note that says so since: written by the same person in the same act."""


class QuestionClosed(Value, frozen=True, kw_only=True):
    """``claim.question_closed`` version 1; for what reason a question was taken back the fact holds."""

    question: int
    how: How


QuestionBody = QuestionAsked | QuestionAnswered | QuestionClosed


class Question(Value, frozen=True, kw_only=True):
    """A question as its facts leave it."""

    number: int
    """Sequence of the fact that asked it."""
    put: QuestionAsked
    state: State
    asked_by: int | None = None
    answer: QuestionAnswered | None = None
    answered_by: int | None = None
    how: How | None = None
    closed_by: int | None = None

    @property
    def chosen(self) -> Choice | None:
        """What was chosen, None where the answer is no choice."""
        return self.answer.chosen if self.answer else None

    @property
    def waits_for(self) -> Side | None:
        """Who has to do something about it: those asked, then those who asked."""
        return {"open": self.put.to, "answered": self.put.by}.get(self.state)


def begun(number: int, put: QuestionAsked, actor_id: int | None) -> Question:
    """A question just asked."""
    return Question(number=number, put=put, state="open", asked_by=actor_id)


def answered(question: Question, body: QuestionAnswered, actor_id: int | None) -> Question:
    """The question with its answer."""
    return replace(question, state="answered", answer=body, answered_by=actor_id)


def closed(question: Question, body: QuestionClosed, actor_id: int | None) -> Question:
    """The question that nothing has to be done about any more."""
    return replace(question, state="closed", how=body.how, closed_by=actor_id)


def askable(asked: Asked) -> Asked:
    """What is asked, with its blanks tidied.

    Raises:
        Refused: it asks nothing, too much, or gives more choices than there are keys.
    """
    text = " ".join(asked.text.split())
    if not text:
        raise Refused(N_("The question is empty."), where="text", remedy=N_("Write what you want to know."))
    if len(text) > MOST_LETTERS:
        raise Refused(
            N_("The question is longer than %(most)s letters."),
            where="text",
            remedy=N_("Ask one thing; a second question may follow."),
            most=MOST_LETTERS,
        )
    choices = tuple(
        dict.fromkeys(
            Choice(code=each.code.strip(), words=" ".join(each.words.split())[:MOST_LETTERS])
            for each in asked.choices
            if each.code.strip() or each.words.strip()
        )
    )
    if len(choices) > MOST_CHOICES:
        raise Refused(
            N_("A question has at most %(most)s choices."),
            where="choice",
            remedy=N_("Leave the less likely ones out: the answer may also be given in words."),
            most=MOST_CHOICES,
        )
    place = (asked.start, asked.end) if _is_place(asked) else (None, None)
    return replace(asked, text=text, choices=choices, about=asked.about or None, start=place[0], end=place[1])


def _is_place(asked: Asked) -> bool:
    return asked.start is not None and asked.end is not None and 0 <= asked.start < asked.end


def answerable(question: Question, said: Said, choice: int | None, words: str | None) -> QuestionAnswered:
    """An answer that fits the question.

    Raises:
        Refused: nothing was said, or a choice that is not offered.
    """
    own = " ".join((words or "").split()) or None
    if own is not None and len(own) > MOST_LETTERS:
        raise Refused(
            N_("The answer is longer than %(most)s letters."),
            where="words",
            remedy=N_("Say it shorter, and write the rest into the note."),
            most=MOST_LETTERS,
        )
    chosen = None
    if said == "choice":
        offered = question.put.asked.choices
        if choice is None or not 1 <= choice <= len(offered):
            raise Refused(N_("This is not one of the choices."), where="answer", remedy=N_("Choose one of the list."))
        chosen = offered[choice - 1]
    if said == "words" and own is None:
        raise Refused(
            N_("There is no answer yet."),
            where="answer",
            remedy=N_("Choose one, write it in your own words, or say that it cannot be said."),
        )
    return QuestionAnswered(question=question.number, said=said, chosen=chosen, words=own)
