"""What a biller can do to a coding. Each change is a fact; a coding is the fold of its changes (law 2)."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import msgspec
from msgspec.structs import replace

from billing.coding.coding import CodedLine, Coding, Reason
from billing.domain.professional import MAX_ACTS, MAX_DIAGNOSES
from clinic.domain.code import Code
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_


class AddDiagnosis(Value, frozen=True, tag="add_diagnosis", tag_field="do"):
    """Put a diagnosis after the others."""

    code: Code


class RemoveDiagnosis(Value, frozen=True, tag="remove_diagnosis", tag_field="do"):
    """Take a diagnosis out; lines that point at it no longer do."""

    position: int
    """1-based."""


class MoveDiagnosis(Value, frozen=True, tag="move_diagnosis", tag_field="do"):
    """Give a diagnosis another place; lines go on pointing at the same diagnoses."""

    position: int
    to: int


class AddLine(Value, frozen=True, tag="add_line", tag_field="do", kw_only=True):
    """Put a service line after the others."""

    code: Code
    words: str
    service: Period
    quantity: Quantity
    charge: Money
    pointers: tuple[int, ...] = ()
    modifiers: tuple[str, ...] = ()


class RemoveLine(Value, frozen=True, tag="remove_line", tag_field="do"):
    """Take a line out. Its number is not given again."""

    number: str


class SetLine(Value, frozen=True, tag="set_line", tag_field="do"):
    """Put a value into a field of a line."""

    number: str
    field: str
    value: Any = None


class SetField(Value, frozen=True, tag="set_field", tag_field="do"):
    """Put a value into a field of the claim."""

    field: str
    value: Any = None


class GiveReason(Value, frozen=True, tag="give_reason", tag_field="do"):
    """Say why a warning is let through; an empty text takes the reason back."""

    finding: str
    field: str
    text: str


class PutLines(Value, frozen=True, tag="put_lines", tag_field="do", kw_only=True):
    """Put lines of another claim or of the record on this one, with the diagnoses they point at."""

    diagnoses: tuple[Code, ...]
    """Those that are not on the claim yet come after the others."""
    lines: tuple[CodedLine, ...]
    """Pointers count in ``diagnoses``; numbers are given anew."""


class TakeLines(Value, frozen=True, tag="take_lines", tag_field="do"):
    """Take lines out for another claim, with the diagnoses that only they point at."""

    numbers: tuple[str, ...]


Change = (
    AddDiagnosis
    | RemoveDiagnosis
    | MoveDiagnosis
    | AddLine
    | RemoveLine
    | SetLine
    | SetField
    | GiveReason
    | PutLines
    | TakeLines
)

_CHANGE: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)
_ENCODER = msgspec.json.Encoder(decimal_format="string")
_OWN_LINE_FIELDS = frozenset({"number"})
_OWN_FIELDS = frozenset({"lines_given", "lines", "diagnoses", "reasons"})
"""Fields that have changes of their own and are not set directly."""
_LINE_TYPES = {
    field.name: field.type for field in msgspec.structs.fields(CodedLine) if field.name not in _OWN_LINE_FIELDS
}
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Coding) if field.name not in _OWN_FIELDS}


def decode(text: bytes) -> Change:
    """A change from its JSON.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: it is none.
    """
    return _CHANGE.decode(text)


def encode(change: Change) -> bytes:
    """A change as JSON."""
    return _ENCODER.encode(change)


def apply(coding: Coding, change: Change) -> Coding:
    """The coding after the change.

    Raises:
        Refused: the change does not fit the coding; the sentence says why.
    """
    return _applied(change, coding)


@singledispatch
def _applied(change: object, coding: Coding) -> Coding:
    """One function for each kind of change, chosen by its type."""
    raise TypeError(type(change), coding)


@_applied.register
def _(change: RemoveDiagnosis, coding: Coding) -> Coding:
    return _reorder(coding, _without(coding, change.position))


@_applied.register
def _(change: MoveDiagnosis, coding: Coding) -> Coding:
    order = _without(coding, change.position)
    order.insert(max(0, min(change.to - 1, len(order))), change.position)
    return _reorder(coding, order)


@_applied.register
def _(change: RemoveLine, coding: Coding) -> Coding:
    gone = _line(coding, change.number)
    return replace(coding, lines=tuple(line for line in coding.lines if line is not gone))


@_applied.register
def _(change: SetLine, coding: Coding) -> Coding:
    old = _line(coding, change.number)
    new = replace(old, **{change.field: _typed(_LINE_TYPES, change.field, change.value)})
    return replace(coding, lines=tuple(new if line is old else line for line in coding.lines))


@_applied.register
def _(change: SetField, coding: Coding) -> Coding:
    return replace(coding, **{change.field: _typed(_TYPES, change.field, change.value)})


@_applied.register
def _(change: GiveReason, coding: Coding) -> Coding:
    place = (change.finding, change.field)
    others = tuple(reason for reason in coding.reasons if (reason.finding, reason.field) != place)
    given = (Reason(*place, change.text),) if change.text else ()
    return replace(coding, reasons=others + given)


@_applied.register
def _(change: AddDiagnosis, coding: Coding) -> Coding:
    code = change.code
    if code in coding.diagnoses:
        raise Refused(N_("%(code)s is already on the claim."), where="diagnoses", code=code.value)
    _room_for_diagnoses(len(coding.diagnoses) + 1)
    return replace(coding, diagnoses=(*coding.diagnoses, code))


def _reorder(coding: Coding, order: list[int]) -> Coding:
    """Keep the diagnoses at the positions in ``order``, and every pointer on the diagnosis it meant."""
    now = {before: after for after, before in enumerate(order, 1)}
    return replace(
        coding,
        diagnoses=tuple(coding.diagnoses[position - 1] for position in order),
        lines=tuple(
            replace(line, pointers=tuple(now[place] for place in line.pointers if place in now))
            for line in coding.lines
        ),
    )


@_applied.register
def _(change: AddLine, coding: Coding) -> Coding:
    _room_for_lines(len(coding.lines) + 1)
    number = coding.lines_given + 1
    line = CodedLine(
        number=str(number),
        code=change.code,
        words=change.words,
        service=change.service,
        quantity=change.quantity,
        charge=change.charge,
        pointers=change.pointers,
        modifiers=change.modifiers,
    )
    return replace(coding, lines_given=number, lines=(*coding.lines, line))


@_applied.register
def _(change: PutLines, coding: Coding) -> Coding:
    new = tuple(code for code in dict.fromkeys(change.diagnoses) if code not in coding.diagnoses)
    diagnoses = coding.diagnoses + new
    _room_for_diagnoses(len(diagnoses))
    _room_for_lines(len(coding.lines) + len(change.lines))
    now = {before: diagnoses.index(code) + 1 for before, code in enumerate(change.diagnoses, 1)}
    lines = tuple(
        replace(line, number=str(number), pointers=tuple(now[place] for place in line.pointers if place in now))
        for number, line in enumerate(change.lines, coding.lines_given + 1)
    )
    return replace(coding, diagnoses=diagnoses, lines=coding.lines + lines, lines_given=coding.lines_given + len(lines))


@_applied.register
def _(change: TakeLines, coding: Coding) -> Coding:
    going = [_line(coding, number) for number in change.numbers]
    staying = tuple(line for line in coding.lines if line not in going)
    used = {place for line in staying for place in line.pointers}
    # lines that point at nothing yet may mean any of the diagnoses
    gone = {place for line in going for place in line.pointers} - used if used else set()
    left = replace(
        coding,
        lines=staying,
        # a reason is given for a line by its place, which another line has now
        reasons=tuple(reason for reason in coding.reasons if not reason.field.startswith("acts[")),
    )
    return _reorder(left, [place for place in range(1, len(coding.diagnoses) + 1) if place not in gone])


def _room_for_diagnoses(count: int) -> None:
    if count > MAX_DIAGNOSES:
        raise Refused(
            N_("A professional claim holds twelve diagnoses."),
            where="diagnoses",
            remedy=N_("Take one out, or put the rest on a second claim."),
        )


def _room_for_lines(count: int) -> None:
    if count > MAX_ACTS:
        raise Refused(N_("A claim holds fifty lines."), where="lines", remedy=N_("Put the rest on a second claim."))


def _without(coding: Coding, position: int) -> list[int]:
    if not 1 <= position <= len(coding.diagnoses):
        raise Refused(N_("There is no diagnosis at place %(place)s."), where="diagnoses", place=position)
    return [place for place in range(1, len(coding.diagnoses) + 1) if place != position]


def _line(coding: Coding, number: str) -> CodedLine:
    try:
        return coding.line(number)
    except KeyError:
        raise Refused(N_("There is no line %(number)s."), where="lines", number=number) from None


def _typed(types: dict[str, Any], field: str, value: Any) -> Any:
    if field not in types:
        raise Refused(N_("%(field)s is not a field that can be set."), where=field, field=field)
    try:
        return msgspec.convert(value, types[field], strict=True)
    except msgspec.ValidationError:
        raise Refused(N_("That does not fit the field %(field)s."), where=field, field=field) from None
