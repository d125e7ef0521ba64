"""An order from its facts: what it asks, and where each of its lines stands (law 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from clinic.domain.value import Value
from lab.domain.order_notice import Notice, NoticeAnswered, NoticePrinted, noticed

Priority = Literal["routine", "urgent", "stat"]
LineState = Literal["draft", "held", "active", "preliminary", "final", "corrected", "reviewed", "told", "cancelled"]
Report = Literal["preliminary", "final", "corrected"]

UNDRAWN = frozenset({"draft", "held"})
"""States in which nothing of a line was drawn or planned: everything of it may still be changed."""
REPORTED = frozenset({"preliminary", "final", "corrected", "reviewed", "told"})


class NotSo(Exception):
    """An act that does not fit the order. ``code`` is permanent; its words are in ``order_refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Line(Value, frozen=True, kw_only=True):
    """One test of an order."""

    line_id: int
    position: int
    test: str
    in_house: bool
    state: LineState
    facts: dict[str, Any]
    laboratory_id: int | None = None
    held_for: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    reason: str | None = None
    answers: dict[str, str] | None = None
    sent_on: date | None = None
    due_on: date | None = None
    resulted_at: datetime | None = None
    notice: Notice | None = None


class Order(Value, frozen=True, kw_only=True):
    """An order as its facts leave it."""

    number: str
    patient_id: int
    location_id: int
    ordered_on: date
    state: Literal["draft", "signed", "cancelled"]
    sequence: int
    priority: Priority
    visit_id: int | None = None
    provider_id: int | None = None
    planned_on: date | None = None
    pediatric: bool = False
    lines: tuple[Line, ...] = ()

    def line(self, line_id: int) -> Line:
        """One of its lines.

        Raises:
            NotSo: it has none of that id.
        """
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise NotSo("unknown_line")


class Entered(Value, frozen=True, kw_only=True):
    """``order.entered`` version 1."""

    number: str
    patient_id: int
    location_id: int
    ordered_on: date
    priority: Priority
    visit_id: int | None = None
    provider_id: int | None = None
    planned_on: date | None = None
    pediatric: bool = False


class LineAdded(Value, frozen=True, kw_only=True):
    """``order.line_added`` version 1, with the test as the catalogue has it that day."""

    line_id: int
    position: int
    test: str
    in_house: bool
    facts: dict[str, Any]
    laboratory_id: int | None = None
    diagnoses: tuple[str, ...] = ()
    reason: str | None = None
    answers: dict[str, str] | None = None


class Changed(Value, frozen=True, kw_only=True):
    """``order.changed`` version 1: what stands in its head from now on."""

    priority: Priority
    provider_id: int | None = None
    planned_on: date | None = None
    pediatric: bool = False


class LineChanged(Value, frozen=True, kw_only=True):
    """``order.line_changed`` version 1: what the line says from now on."""

    line_id: int
    in_house: bool
    laboratory_id: int | None = None
    facts: dict[str, Any] | None = None
    """The test as that laboratory has it, where it goes to another one."""
    diagnoses: tuple[str, ...] = ()
    reason: str | None = None
    answers: dict[str, str] | None = None


class LineHeld(Value, frozen=True, kw_only=True):
    """``order.line_held`` version 1. Nothing missing any more: it waits to be released."""

    line_id: int
    missing: tuple[str, ...] = ()


class Signed(Value, frozen=True, kw_only=True):
    """``order.signed`` version 1: by whom is the fact's actor, in the name of that provider."""

    provider_id: int


class TakenOver(Value, frozen=True, kw_only=True):
    """``order.taken_over`` version 1: another house's history says that it was signed there; nobody here did."""

    source: Literal["replay"]


class OfLine(Value, frozen=True, kw_only=True):
    """``order.line_released``, ``.line_active``, ``.line_reviewed``, ``.line_told``, ``.line_cancelled`` version 1."""

    line_id: int


class LineSent(Value, frozen=True, kw_only=True):
    """``order.line_sent`` version 1: its specimen left, or came back undone (no day)."""

    line_id: int
    sent_on: date | None = None
    due_on: date | None = None
    """When its result is expected."""


class LineReported(Value, frozen=True, kw_only=True):
    """``order.line_reported`` version 1. ``at`` is when it was reported; None takes the fact's instant."""

    line_id: int
    state: Report
    at: datetime | None = None


class Cancelled(Value, frozen=True, kw_only=True):
    """``order.cancelled`` version 1: all lines not yet reported go with it."""


BODIES: dict[tuple[str, int], type[Value]] = {
    ("order.entered", 1): Entered,
    ("order.line_added", 1): LineAdded,
    ("order.changed", 1): Changed,
    ("order.line_changed", 1): LineChanged,
    ("order.line_held", 1): LineHeld,
    ("order.signed", 1): Signed,
    ("order.taken_over", 1): TakenOver,
    ("order.line_released", 1): OfLine,
    ("order.line_active", 1): OfLine,
    ("order.line_sent", 1): LineSent,
    ("order.line_reported", 1): LineReported,
    ("order.line_reviewed", 1): OfLine,
    ("order.line_told", 1): OfLine,
    ("order.line_cancelled", 1): OfLine,
    ("order.notice_printed", 1): NoticePrinted,
    ("order.notice_answered", 1): NoticeAnswered,
    ("order.cancelled", 1): Cancelled,
}
"""Every body ever written: the rule of ``lab.domain.events.BODIES`` holds here too."""


class Told(NamedTuple):
    """One fact as it is folded."""

    type: str
    body: Any
    at: datetime


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def begin(body: Entered) -> Order:
    """An order with its first fact."""
    return Order(
        number=body.number,
        patient_id=body.patient_id,
        location_id=body.location_id,
        ordered_on=body.ordered_on,
        state="draft",
        sequence=1,
        visit_id=body.visit_id,
        provider_id=body.provider_id,
        planned_on=body.planned_on,
        priority=body.priority,
        pediatric=body.pediatric,
    )


def after(order: Order, told: Told) -> Order:
    """The order with one more fact.

    Raises:
        NotSo: it does not fit what happened before.
    """
    if order.state == "cancelled":
        raise NotSo("cancelled")
    return replace(_AFTER[told.type](order, told.body, told.at), sequence=order.sequence + 1)


def fold(told: Sequence[Told]) -> Order:
    """The order that the facts make, in the order of their sequence."""
    order = begin(told[0].body)
    for fact in told[1:]:
        order = after(order, fact)
    return order


def _must(fits: bool, code: str) -> None:
    if not fits:
        raise NotSo(code)


def _put(order: Order, line: Line) -> Order:
    return replace(order, lines=tuple(line if each.line_id == line.line_id else each for each in order.lines))


def _line_added(order: Order, body: LineAdded, _at: datetime) -> Order:
    _must(all(line.line_id != body.line_id and line.position != body.position for line in order.lines), "known_line")
    line = Line(
        line_id=body.line_id,
        position=body.position,
        test=body.test,
        in_house=body.in_house,
        state="draft",
        facts=body.facts,
        laboratory_id=body.laboratory_id,
        diagnoses=body.diagnoses,
        reason=body.reason,
        answers=body.answers,
    )
    return replace(order, lines=(*order.lines, line))


def _changed(order: Order, body: Changed, _at: datetime) -> Order:
    # whoever signed has signed in one name
    _must(order.state == "draft" or body.provider_id == order.provider_id, "signed")
    return replace(
        order,
        provider_id=body.provider_id,
        planned_on=body.planned_on,
        priority=body.priority,
        pediatric=body.pediatric,
    )


def _line_changed(order: Order, body: LineChanged, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state not in REPORTED and was.state != "cancelled", "line_state")
    if was.state == "active":
        _must((body.in_house, body.laboratory_id) == (was.in_house, was.laboratory_id), "line_active")
    return _put(
        order,
        replace(
            was,
            in_house=body.in_house,
            laboratory_id=body.laboratory_id,
            facts=body.facts or was.facts,
            diagnoses=body.diagnoses,
            reason=body.reason,
            answers=body.answers,
        ),
    )


def _line_held(order: Order, body: LineHeld, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state in UNDRAWN, "line_state")
    return _put(order, replace(was, state="held", held_for=body.missing))


def _signed(order: Order, body: Signed, _at: datetime) -> Order:
    _must(order.state == "draft", "signed")
    _must(bool(order.lines), "no_lines")
    return replace(order, state="signed", provider_id=body.provider_id)


def _taken_over(order: Order, _body: TakenOver, _at: datetime) -> Order:
    _must(order.state == "draft", "signed")
    _must(bool(order.lines), "no_lines")
    return replace(order, state="signed")


def _line_released(order: Order, body: OfLine, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state == "held", "line_state")
    return _put(order, replace(was, held_for=()))


def _line_active(order: Order, body: OfLine, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(order.state == "signed", "unsigned")
    _must(was.state in UNDRAWN, "line_state")
    return _put(order, replace(was, state="active", held_for=()))


def _line_sent(order: Order, body: LineSent, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state not in UNDRAWN and was.state != "cancelled", "line_state")
    return _put(order, replace(was, sent_on=body.sent_on, due_on=body.due_on))


def _line_reported(order: Order, body: LineReported, at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state == "active" or was.state in REPORTED, "line_state")
    _must(body.state != "preliminary" or was.state in {"active", "preliminary"}, "line_state")
    return _put(order, replace(was, state=body.state, resulted_at=body.at or at))


def _line_reviewed(order: Order, body: OfLine, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state in {"final", "corrected"}, "line_state")
    return _put(order, replace(was, state="reviewed"))


def _line_told(order: Order, body: OfLine, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state in {"final", "corrected", "reviewed"}, "line_state")
    return _put(order, replace(was, state="told"))


def _line_cancelled(order: Order, body: OfLine, _at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state in UNDRAWN or was.state == "active", "line_state")
    return _put(order, replace(was, state="cancelled", held_for=()))


def _noticed(order: Order, body: NoticePrinted | NoticeAnswered, at: datetime) -> Order:
    was = order.line(body.line_id)
    _must(was.state != "cancelled", "line_state")
    _must(isinstance(body, NoticePrinted) or was.notice is not None, "no_notice")
    return _put(order, replace(was, notice=noticed(was.notice, body, at)))


def _cancelled(order: Order, _body: Cancelled, _at: datetime) -> Order:
    _must(not any(line.state in REPORTED for line in order.lines), "reported")
    lines = tuple(replace(line, state="cancelled", held_for=()) for line in order.lines)
    return replace(order, state="cancelled", lines=lines)


_AFTER: dict[str, Callable[[Order, Any, datetime], Order]] = {
    "order.line_added": _line_added,
    "order.changed": _changed,
    "order.line_changed": _line_changed,
    "order.line_held": _line_held,
    "order.signed": _signed,
    "order.taken_over": _taken_over,
    "order.line_released": _line_released,
    "order.line_active": _line_active,
    "order.line_sent": _line_sent,
    "order.line_reported": _line_reported,
    "order.line_reviewed": _line_reviewed,
    "order.line_told": _line_told,
    "order.line_cancelled": _line_cancelled,
    "order.notice_printed": _noticed,
    "order.notice_answered": _noticed,
    "order.cancelled": _cancelled,
}
