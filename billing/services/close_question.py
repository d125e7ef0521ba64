"""Closing a question: taking it back, saying that its answer was read, or putting the answer on the claim."""

from __future__ import annotations

from collections.abc import Iterator

from billing.coding.changes import AddDiagnosis, Change, MoveDiagnosis, RemoveDiagnosis, SetLine
from billing.coding.coding import Coding
from billing.coding.questions import Question, QuestionClosed
from billing.models import ClaimQuestion
from billing.services.ask_provider import RIGHT, side_of
from billing.services.change_claim import carry_out, must_be_as_seen, must_be_here
from billing.services.claim_value import coding_of
from billing.services.question_facts import close, in_hand, question_of
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services.acting import Actor, acting
from clinic.services.library import library

DIAGNOSIS = "diagnosis:"
"""How a question says that it is about a diagnosis of the claim."""


def withdraw_question(actor: Actor, question_id: int, reason: str) -> None:
    """Take a question back that nobody has answered, with the reason.

    Raises:
        Refused: it is answered or closed, no reason was given, or the other side asked it.
        Unknown: no such question.
    """
    with acting(actor, RIGHT) as work:
        row, record = in_hand(actor, question_id)
        _must_be_ours(actor, row)
        said = " ".join(reason.split())
        if not said:
            raise Refused(N_("Say why the question is taken back."), where="reason")
        if row.state == "answered":
            raise Refused(
                N_("The answer has come meanwhile."), where="question", remedy=N_("Read it, then decide on the claim.")
            )
        _must_be(row, "open")
        close(work, record, row, QuestionClosed(question=row.number, how="withdrawn"), said)


def settle_question(actor: Actor, question_id: int) -> None:
    """Say that the answer was read and nothing more is to be done about it.

    Raises:
        Refused: there is no answer, or the other side asked.
        Unknown: no such question.
    """
    with acting(actor, RIGHT) as work:
        row, record = in_hand(actor, question_id)
        _must_be_ours(actor, row)
        _must_be(row, "answered")
        close(work, record, row, QuestionClosed(question=row.number, how="seen"), None)


def take_answer(actor: Actor, question_id: int, *, sequence: int | None = None) -> str:
    """Put the code that was chosen on the claim, where the one stands that was asked about. Gives the code as read.

    ``sequence`` is that of the claim the person saw.

    Raises:
        Refused: the answer is no code that may be billed on the claim's day, or the claim has no room.
        ChangedElsewhere: the claim has moved on since.
        Unknown: no such question.
    """
    with acting(actor, "claim.code") as work:
        row, record = in_hand(actor, question_id)
        must_be_here(record)
        must_be_as_seen(record, sequence)
        _must_be(row, "answered")
        question = question_of(row)
        code = code_of(question)
        if code is None or library().status(code.system, code.value, record.service_on).state != "billable":
            raise Refused(
                N_("The answer is no diagnosis that can be billed on the day of service."),
                where="answer",
                remedy=N_("Type the code that it means, then mark the answer as seen."),
            )
        for change in instead(coding_of(record), about(question), code):
            carry_out(work, record, change)
        close(work, record, row, QuestionClosed(question=row.number, how="taken"), None)
        return question.chosen.code if question.chosen else code.value


def code_of(question: Question) -> Code | None:
    """The diagnosis that was chosen, None where the answer is none."""
    chosen = question.chosen
    return Code(ICD10CM, chosen.code.replace(".", "").upper()) if chosen is not None and chosen.code else None


def about(question: Question) -> Code | None:
    """The diagnosis that a question is about."""
    said = question.put.asked.about or ""
    return Code(ICD10CM, said.removeprefix(DIAGNOSIS).replace(".", "")) if said.startswith(DIAGNOSIS) else None


def instead(coding: Coding, before: Code | None, code: Code) -> Iterator[Change]:
    """The changes that put a diagnosis where another stood, for all lines that pointed there; else after the others."""
    place = coding.diagnoses.index(before) + 1 if before in coding.diagnoses and before is not None else None
    if place is None or before == code:
        if code not in coding.diagnoses:
            yield AddDiagnosis(code)
        return
    there = coding.diagnoses.index(code) + 1 if code in coding.diagnoses else None
    yield RemoveDiagnosis(place)
    if there is None:
        yield AddDiagnosis(code)
        if place != len(coding.diagnoses):
            yield MoveDiagnosis(len(coding.diagnoses), place)
    for line in coding.lines:
        if place in line.pointers:
            yield SetLine(line.number, "pointers", list(_pointers(line.pointers, place, there)))


def _pointers(pointers: tuple[int, ...], place: int, there: int | None) -> tuple[int, ...]:
    """What a line points at once ``there``, or the new one at the same place, stands for ``place``."""
    if there is None:
        return pointers
    meant = (there if each == place else each for each in pointers)
    return tuple(dict.fromkeys(each - 1 if each > place else each for each in meant))


def _must_be(row: ClaimQuestion, state: str) -> None:
    if row.state != state:
        raise Refused(
            N_("This question does not stand where it did."),
            where="question",
            remedy=N_("Look at it as it is now, then decide."),
        )


def _must_be_ours(actor: Actor, row: ClaimQuestion) -> None:
    """Who was asked does not take the question away; who oversees the work may."""
    if question_of(row).put.by != side_of(actor) and not allows("claim.oversee", actor.roles):
        raise Refused(
            N_("This question was asked by the other side."),
            where="question",
            remedy=N_("Answer it, or leave it to those who asked."),
        )
