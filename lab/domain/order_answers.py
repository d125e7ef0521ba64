"""Answers to what is asked when a test is ordered: read by the kind of the question, kept as plain text."""

from __future__ import annotations

import re
from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.questions import Question

PER_LINE = frozenset({"site"})
"""Questions that each line answers by itself: two jars of one order come from two sites."""
LONGEST = 200
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?\Z")


def read_answer(question: Question, text: str, where: str) -> str:
    """The answer as it is kept; blank stays blank. A time is the local time of the place, ``YYYY-MM-DDTHH:MM``.

    Raises:
        Refused: it is none of what may be answered.
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    if question.kind == "yes_no":
        return _one_of(typed, ("yes", "no"), where)
    if question.kind == "choice":
        return _one_of(typed, question.options, where)
    if question.kind == "number":
        if not _NUMBER.match(typed):
            raise Refused(N_("This is no number."), where=where, remedy=N_("Write it in digits."))
        return typed.replace(",", ".")
    if question.kind == "date_time":
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=None).isoformat("T", "minutes")
        except ValueError:
            raise Refused(
                N_("This is no day and time."), where=where, remedy=N_("Write it as 2026-09-14 08:30.")
            ) from None
    if len(typed) > LONGEST:
        raise Refused(N_("The answer is longer than a line."), where=where, remedy=N_("Shorten it."))
    return typed


def _one_of(typed: str, options: tuple[str, ...], where: str) -> str:
    if typed.lower() not in options:
        raise Refused(N_("This is not one of the choices."), where=where, remedy=N_("Choose one of the list."))
    return typed.lower()
