"""What is typed at the coding desk, as changes of the coding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from billing.coding import changes as do
from billing.coding.changes import Change
from billing.coding.coding import CodedLine, Coding
from billing.services.pricing import Priced
from billing.views.desk import LETTERS, letters
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.views.reading import read_amount, read_date, read_quantity

Typed = Mapping[str, str]

LONGEST_NUMBER = 9
"""Digits: what is longer is no id and no position."""


def read_letters(text: str) -> list[int]:
    """``AB C`` as 1, 2, 3.

    Raises:
        Refused: something else than the letters A to L.
    """
    typed = "".join(text.upper().replace(",", " ").split())
    if any(letter not in LETTERS for letter in typed):
        raise Refused(
            N_("“%(text)s” is not a row of letters."), where="pointers", remedy=N_("Use A to L."), text=text.strip()
        )
    return [LETTERS.index(letter) + 1 for letter in typed]


def read_modifiers(text: str) -> list[str]:
    """``25 59`` as two.

    Raises:
        Refused: more than four, or one that is not two letters or digits.
    """
    typed = text.upper().replace(",", " ").split()
    if len(typed) > 4 or any(len(each) != 2 or not each.isalnum() or not each.isascii() for each in typed):
        raise Refused(N_("A line takes up to four modifiers of two letters or digits each."), where="modifiers")
    return typed


def _money(text: str) -> dict[str, Any]:
    money = read_amount(text, "charge")
    return {"cents": money.cents, "currency": money.currency}


def _service(text: str) -> dict[str, Any]:
    return {"start": read_date(text, "service").isoformat()}


def read_id(text: str, name: str) -> int | None:
    """The id that a choice stands for, None where nothing was chosen.

    Raises:
        Refused: it is no number.
    """
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise Refused(N_("“%(text)s” is not a number."), where=name, text=text)
    return int(text)


LINE_FIELDS: dict[str, tuple[Callable[[str], Any], Callable[[CodedLine], str]]] = {
    "modifiers": (read_modifiers, lambda line: " ".join(line.modifiers)),
    "pointers": (read_letters, lambda line: letters(line.pointers)),
    "quantity": (
        lambda text: {"value": str(read_quantity(text, "quantity")), "unit": "UN"},
        lambda line: line.quantity.plain(),
    ),
    "charge": (_money, lambda line: line.charge.plain()),
    "service": (_service, lambda line: line.service.start.isoformat()),
    "place": (lambda text: text.strip() or None, lambda line: line.place or ""),
    "rendering_id": (lambda text: read_id(text, "rendering_id"), lambda line: str(line.rendering_id or "")),
    "description": (lambda text: text.strip() or None, lambda line: line.description or ""),
}
"""The cells of a line: how each is read, and how it stands now."""

_TEXT = {
    "note",
    "prior_authorization",
    "referral",
    "clia",
    "replaces",
    "accident_state",
    "casualty_claim",
    "frequency",
    "assignment",
    "place",
}
_IDS = {"coverage_id", "rendering_id", "referring_id", "supervising_id", "location_id"}
_PERIODS = {"unable_to_work", "hospital"}


def changes(typed: Typed, coding: Coding, on: date, prices: Mapping[tuple[str, str], Priced]) -> Iterator[Change]:
    """The changes that a posted form asks for.

    Raises:
        Refused: a field cannot be read, or the form asks for nothing we know.
    """
    make = _MAKERS.get(typed.get("do", ""))
    if make is None:
        raise Refused(N_("The desk does not know that act."), where="do")
    yield from make(typed, coding, on, prices)


def _number(typed: Typed, name: str) -> int:
    found = read_id(typed.get(name, ""), name)
    if found is None:
        raise Refused(N_("“%(text)s” is not a number."), where=name, text="")
    return found


def _add_diagnosis(typed: Typed, *_others: Any) -> Iterator[Change]:
    text = "".join(typed.get("code", "").upper().replace(".", "").split())
    if not (3 <= len(text) <= 7 and text.isascii() and text.isalnum()):
        raise Refused(
            N_("“%(text)s” is not a diagnosis code."),
            where="code",
            remedy=N_("Choose one from the list, or type the whole code."),
            text=typed.get("code", "").strip(),
        )
    yield do.AddDiagnosis(Code(ICD10CM, text))


def _add_line(typed: Typed, coding: Coding, on: date, prices: Mapping[tuple[str, str], Priced]) -> Iterator[Change]:
    text = "".join(typed.get("code", "").upper().split())
    code = procedure(text)
    priced = prices.get((code.system, code.value))
    if priced is None:
        raise Refused(
            N_("“%(text)s” is not on the charge list."),
            where="code",
            remedy=N_("Add it to the charge list with its price, then put it on the claim."),
            text=text,
        )
    yield do.AddLine(
        code=priced.code,
        words=priced.words,
        service=Period(on),
        quantity=Quantity(read_quantity("1")),
        charge=Money(priced.price.cents, priced.price.currency),
        pointers=tuple(range(1, min(len(coding.diagnoses), 1) + 1)) if len(coding.diagnoses) == 1 else (),
    )


def _set_line(typed: Typed, coding: Coding, *_others: Any) -> Iterator[Change]:
    number = typed.get("number", "")
    try:
        line = coding.line(number)
    except KeyError:
        raise Refused(N_("There is no line %(number)s."), where="number", number=number) from None
    for name, (read, now) in LINE_FIELDS.items():
        if name in typed and typed[name].strip() != now(line):
            yield do.SetLine(number, name, read(typed[name]))


def _set_field(typed: Typed, coding: Coding, *_others: Any) -> Iterator[Change]:
    for name in sorted(_TEXT & typed.keys()):
        new = typed[name].strip() or None
        if new != getattr(coding, name):
            yield do.SetField(name, new)
    for name in sorted(_IDS & typed.keys()):
        chosen = read_id(typed[name], name)
        if chosen != getattr(coding, name):
            yield do.SetField(name, chosen)
    for name in sorted(_PERIODS & {key.rsplit("-", 1)[0] for key in typed}):
        start, end = (typed.get(f"{name}-{edge}", "").strip() for edge in ("start", "end"))
        period = {"start": read_date(start, name).isoformat()} if start else None
        if period and end:
            period["end"] = read_date(end, name).isoformat()
        yield do.SetField(name, period)
    if "patient_paid" in typed:
        text = typed["patient_paid"].strip()
        yield do.SetField("patient_paid", _money(text) if text else None)
    yield from _accident(typed)


def _accident(typed: Typed) -> Iterator[Change]:
    if "accident" not in typed:
        return
    causes = [cause for cause in ("AA", "EM", "OA") if cause in typed["accident"].split()]
    yield do.SetField("accident", causes)


def _set_dates(typed: Typed, coding: Coding, *_others: Any) -> Iterator[Change]:
    qualifier, text = typed.get("qualifier", ""), typed.get("on", "").strip()
    kept = [
        {"qualifier": fact.qualifier, "on": fact.on.isoformat()} for fact in coding.dates if fact.qualifier != qualifier
    ]
    given = [{"qualifier": qualifier, "on": read_date(text, "on").isoformat()}] if text else []
    yield do.SetField("dates", kept + given)


def _reason(typed: Typed, *_others: Any) -> Iterator[Change]:
    yield do.GiveReason(typed.get("finding", ""), typed.get("field", ""), typed.get("text", "").strip())


_MAKERS: dict[str, Callable[..., Iterator[Change]]] = {
    "add_diagnosis": _add_diagnosis,
    "remove_diagnosis": lambda typed, *_: iter((do.RemoveDiagnosis(_number(typed, "position")),)),
    "move_diagnosis": lambda typed, *_: iter((do.MoveDiagnosis(_number(typed, "position"), _number(typed, "to")),)),
    "add_line": _add_line,
    "remove_line": lambda typed, *_: iter((do.RemoveLine(typed.get("number", "")),)),
    "set_line": _set_line,
    "set_field": _set_field,
    "set_date": _set_dates,
    "give_reason": _reason,
}
