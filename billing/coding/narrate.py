"""What a fact says, in words: message ids with their parameters. Pure; whoever shows it translates and formats.

A parameter is a value as the claim holds it (money, a day, a code), a ``Ref`` to a row somebody names, or a ``Word``.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import Any, Literal

from billing.coding import changes as do
from billing.coding.changes import apply
from billing.coding.coding import CodedLine, Coding
from billing.coding.grounds import Grounds, SuggestionRefused
from billing.coding.labels import CHOICES, CODING, LINE
from billing.coding.level.found import LevelFound
from billing.coding.questions import QuestionAnswered, QuestionAsked, QuestionClosed
from billing.coding.story import (
    Assigned,
    Changed,
    DueMoved,
    Held,
    OfSubmission,
    OfVisit,
    Opened,
    Returned,
    Sent,
    Standing,
    Stopped,
    Withdrawn,
)
from clinic.domain.code import pointed
from clinic.domain.value import Value
from clinic.domain.words import N_

LETTERS = "ABCDEFGHIJKL"

Named = Literal["staff", "claim", "visit", "submission", "coverage", "provider", "location"]


class Ref(Value, frozen=True):
    """A row by its id: whoever shows it finds out what it is called."""

    kind: Named
    id: int


class Word(Value, frozen=True):
    """A message id among the parameters."""

    text: str


class Telling(Value, frozen=True):
    """One sentence: a message id and what it is filled with."""

    what: str
    params: dict[str, Any] | None = None


_REFS: dict[str, Named] = {
    "coverage_id": "coverage",
    "rendering_id": "provider",
    "referring_id": "provider",
    "supervising_id": "provider",
    "location_id": "location",
}
"""Fields of a coding that hold an id, and of what."""


def narrate(before: Standing | None, type_: str, body: Value) -> tuple[Telling, ...]:
    """The sentences of one fact. ``before`` is the claim as the fact found it, None for its first."""
    return tuple(_told(body, type_, before))


def refs(tellings: tuple[Telling, ...]) -> set[Ref]:
    """Every row that the sentences name."""
    return {each for told in tellings for each in (told.params or {}).values() if isinstance(each, Ref)}


def letters(pointers: tuple[int, ...]) -> str:
    """``ABC`` for 1, 2, 3."""
    return "".join(LETTERS[place - 1] for place in pointers if 1 <= place <= len(LETTERS))


@singledispatch
def _told(body: object, type_: str, before: Standing | None) -> list[Telling]:
    """One function for each kind of body, chosen by its type."""
    raise TypeError(type(body), type_, before)


@_told.register
def _(body: Opened, _type: str, _before: Standing | None) -> list[Telling]:
    if body.divided_from is not None:
        what, params = N_("Divided from claim %(claim)s"), {"claim": Ref("claim", body.divided_from)}
        return [Telling(what, params)]
    if not body.visits:
        return [Telling(N_("Opened without a visit"))]
    return [Telling(N_("Opened for the visit of %(visit)s"), {"visit": Ref("visit", body.visits[0])})]


@_told.register
def _(body: Changed, _type: str, before: Standing | None) -> list[Telling]:
    if before is None:
        raise ValueError(body)
    done = _done(body.change, before.coding)
    grounds, change = body.grounds, body.change
    if grounds is None or not isinstance(change, do.AddDiagnosis | do.AddLine):
        return done
    words = _quoted(grounds)
    if change.code == grounds.suggested:
        return [*done, Telling(N_("It rests on %(words)s"), {"words": words})]
    params = {"code": pointed(grounds.suggested), "words": words}
    return [*done, Telling(N_("%(code)s was suggested for %(words)s"), params)]


def _quoted(grounds: Grounds) -> str:
    return "“" + "”, “".join(each.text for each in grounds.words[:3]) + "”"


_STEPS = {
    "claim.coded": N_("Coding done"),
    "claim.reviewed": N_("Reviewed"),
    "claim.signed": N_("Signed"),
    "claim.printed": N_("Printed in %(submission)s"),
    "claim.sent": N_("Sent in %(submission)s"),
    "claim.mailed": N_("Mailed with %(submission)s"),
    "claim.spoiled": N_("Its paper in %(submission)s was lost or spoiled"),
    "claim.visit_added": N_("Visit of %(visit)s added"),
    "claim.visit_removed": N_("Visit of %(visit)s taken out"),
}


@_told.register
def _(_body: Held, type_: str, _before: Standing | None) -> list[Telling]:
    return [Telling(_STEPS[type_])]


@_told.register(Sent)
@_told.register(OfSubmission)
def _(body: Sent | OfSubmission, type_: str, _before: Standing | None) -> list[Telling]:
    return [Telling(_STEPS[type_], {"submission": Ref("submission", body.submission_id)})]


@_told.register
def _(body: OfVisit, type_: str, _before: Standing | None) -> list[Telling]:
    return [Telling(_STEPS[type_], {"visit": Ref("visit", body.visit_id)})]


@_told.register
def _(body: Stopped, _type: str, _before: Standing | None) -> list[Telling]:
    why = body.why
    said = [Telling(N_("Stayed behind when it was to be sent")), Telling(why.what, why.params)]
    return said if why.remedy is None else [*said, Telling(why.remedy, why.params)]


@_told.register
def _(body: Withdrawn, _type: str, _before: Standing | None) -> list[Telling]:
    if body.into is not None:
        return [Telling(N_("Withdrawn: its lines went to claim %(claim)s"), {"claim": Ref("claim", body.into)})]
    return [Telling(N_("Withdrawn"))]


@_told.register
def _(body: Assigned, _type: str, _before: Standing | None) -> list[Telling]:
    if body.staff_id is None:
        return [Telling(N_("Assigned to nobody"))]
    return [Telling(N_("Assigned to %(staff)s"), {"staff": Ref("staff", body.staff_id)})]


@_told.register
def _(body: DueMoved, _type: str, _before: Standing | None) -> list[Telling]:
    if body.due_on is None:
        return [Telling(N_("No deadline any more: the payer's profile was changed"))]
    day = {"day": date.fromisoformat(body.due_on)}
    return [Telling(N_("Deadline moved to %(day)s: the payer's profile was changed"), day)]


@_told.register
def _(body: SuggestionRefused, _type: str, _before: Standing | None) -> list[Telling]:
    grounds = body.grounds
    params = {"code": pointed(grounds.suggested), "words": _quoted(grounds)}
    return [Telling(N_("Not wanted: %(code)s, suggested for %(words)s"), params)]


@_told.register
def _(_body: Returned, _type: str, _before: Standing | None) -> list[Telling]:
    return [Telling(N_("Sent back to coding"))]


_ASKED = {
    ("provider", False): N_("Asked a provider: “%(text)s”"),
    ("provider", True): N_("Asked %(staff)s: “%(text)s”"),
    ("coder", False): N_("Asked those who code: “%(text)s”"),
    ("coder", True): N_("Asked %(staff)s: “%(text)s”"),
}
_CLOSED = {
    "withdrawn": N_("Question taken back"),
    "seen": N_("Answer read"),
    "taken": N_("Answer put on the claim"),
}


@_told.register
def _(body: QuestionAsked, _type: str, _before: Standing | None) -> list[Telling]:
    params: dict[str, Any] = {"text": body.asked.text}
    if body.of is not None:
        params["staff"] = Ref("staff", body.of)
    return [Telling(_ASKED[body.to, body.of is not None], params)]


@_told.register
def _(body: QuestionAnswered, _type: str, _before: Standing | None) -> list[Telling]:
    if body.said == "cannot":
        said = [Telling(N_("Answered: it cannot be said"))]
    elif body.chosen is not None:
        params = {"code": body.chosen.code, "words": body.chosen.words}
        said = [Telling(N_("Answered: %(code)s %(words)s"), params)]
    else:
        said = [Telling(N_("Answered"))]
    if body.words:
        said.append(Telling(N_("“%(text)s”"), {"text": body.words}))
    if body.note_id is not None:
        said.append(Telling(N_("The visit's note says so since")))
    return said


@_told.register
def _(body: QuestionClosed, _type: str, _before: Standing | None) -> list[Telling]:
    return [Telling(_CLOSED[body.how])]


@_told.register
def _(body: LevelFound, _type: str, _before: Standing | None) -> list[Telling]:
    if body.code is None:
        return [Telling(N_("Level of the visit looked at: what is documented comes to none"))]
    return [Telling(N_("Level of the visit looked at: what is documented comes to %(code)s"), {"code": body.code})]


@singledispatch
def _done(change: object, coding: Coding) -> list[Telling]:
    """One function for each kind of change, chosen by its type."""
    raise TypeError(type(change), coding)


def _diagnosis(coding: Coding, position: int) -> dict[str, Any]:
    return {"letter": letters((position,)), "code": pointed(coding.diagnoses[position - 1])}


@_done.register
def _(change: do.AddDiagnosis, coding: Coding) -> list[Telling]:
    letter = letters((len(coding.diagnoses) + 1,))
    return [Telling(N_("Diagnosis %(code)s added at %(letter)s"), {"code": pointed(change.code), "letter": letter})]


@_done.register
def _(change: do.RemoveDiagnosis, coding: Coding) -> list[Telling]:
    return [Telling(N_("Diagnosis %(letter)s %(code)s taken out"), _diagnosis(coding, change.position))]


@_done.register
def _(change: do.MoveDiagnosis, coding: Coding) -> list[Telling]:
    moved = apply(coding, change).diagnoses.index(coding.diagnoses[change.position - 1]) + 1
    params = {**_diagnosis(coding, change.position), "to": letters((moved,))}
    return [Telling(N_("Diagnosis %(code)s moved from %(letter)s to %(to)s"), params)]


@_done.register
def _(change: do.AddLine, coding: Coding) -> list[Telling]:
    params = {"row": len(coding.lines) + 1, "code": change.code.value, "words": change.words, "charge": change.charge}
    return [Telling(N_("Line %(row)s added: %(code)s %(words)s, %(charge)s"), params)]


def _row(coding: Coding, number: str) -> tuple[int, CodedLine]:
    line = coding.line(number)
    return coding.lines.index(line) + 1, line


@_done.register
def _(change: do.RemoveLine, coding: Coding) -> list[Telling]:
    row, line = _row(coding, change.number)
    return [Telling(N_("Line %(row)s taken out: %(code)s"), {"row": row, "code": line.code.value})]


@_done.register
def _(change: do.SetLine, coding: Coding) -> list[Telling]:
    row, line = _row(coding, change.number)
    now = apply(coding, change).line(change.number)
    params = {
        "field": Word(LINE.get(change.field, change.field)),
        "row": row,
        "before": shown(change.field, getattr(line, change.field)),
        "after": shown(change.field, getattr(now, change.field)),
    }
    return [Telling(N_("%(field)s of line %(row)s: %(before)s → %(after)s"), params)]


@_done.register
def _(change: do.SetField, coding: Coding) -> list[Telling]:
    params = {
        "field": Word(CODING.get(change.field, change.field)),
        "before": shown(change.field, getattr(coding, change.field)),
        "after": shown(change.field, getattr(apply(coding, change), change.field)),
    }
    return [Telling(N_("%(field)s: %(before)s → %(after)s"), params)]


@_done.register
def _(change: do.GiveReason, _coding: Coding) -> list[Telling]:
    if not change.text:
        return [Telling(N_("Reason for %(finding)s taken back"), {"finding": change.finding})]
    return [Telling(N_("%(finding)s let through: “%(text)s”"), {"finding": change.finding, "text": change.text})]


@_done.register
def _(change: do.PutLines, coding: Coding) -> list[Telling]:
    new = [line for line in apply(coding, change).lines if line not in coding.lines]
    return [
        Telling(
            N_("Line %(row)s added: %(code)s %(words)s, %(charge)s"),
            {"row": row, "code": line.code.value, "words": line.words, "charge": line.charge},
        )
        for row, line in enumerate(new, len(coding.lines) + 1)
    ]


@_done.register
def _(change: do.TakeLines, coding: Coding) -> list[Telling]:
    found = [_row(coding, number) for number in change.numbers]
    return [
        Telling(N_("Line %(row)s went to another claim: %(code)s"), {"row": row, "code": line.code.value})
        for row, line in found
    ]


def shown(field: str, value: Any) -> Any:
    """What stands in a field of a coding or line, as a parameter: ids as rows, pointers as letters, keys as words."""
    if value is None or value == ():
        return None
    if field in _REFS:
        return Ref(_REFS[field], value)
    if field == "pointers":
        return letters(value)
    if field in CHOICES:
        keys: tuple[str, ...] = value if isinstance(value, tuple) else (value,)
        return tuple(Word(CHOICES[field].get(key, key)) for key in keys)
    return value
