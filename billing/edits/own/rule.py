"""A practice's own edit as it is kept: when all of this holds, that must hold too, else the finding."""

from __future__ import annotations

import re
from typing import Literal

from billing.edits.own.compare import ALONE, COMPARISONS, ONE, How
from billing.edits.own.fields import FIELDS, Field
from clinic.domain.finding import Severity
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

MOST_CONDITIONS = 8
MOST_VALUES = 200
LONGEST = {"title": 80, "message": 300, "fix": 300}
_VALUE = re.compile(r"[!-~]{1,50}")


class Condition(Value, frozen=True, kw_only=True):
    """One field compared with values."""

    field: str
    """A key of ``FIELDS``."""
    how: How
    values: tuple[str, ...] = ()
    """Texts and codes as claims carry them, whole numbers in digits, amounts with a point: ``120.00``."""


class Rule(Value, frozen=True, kw_only=True, omit_defaults=False):
    """An edit of the practice. ``scope`` line looks at each line that fits, claim at the claim as a whole."""

    title: str
    message: str
    fix: str
    severity: Severity
    scope: Literal["claim", "line"]
    when: tuple[Condition, ...] = ()
    """All of these hold: then ``must`` is looked at. None: always."""
    must: Condition


def in_order(rule: Rule) -> Rule:
    """The rule tidied: codes in capitals, each value once.

    Raises:
        Refused: a text is missing or too long, a field or comparison does not exist or does not fit, or a value is not
            one of the field's sort. ``where`` names the part: ``title``, ``must``, ``when[0]``.
    """
    for name, most in LONGEST.items():
        text = getattr(rule, name).strip()
        if not text:
            raise Refused(N_("This is empty."), where=name, remedy=N_("The person who reads the finding needs it."))
        if len(text) > most:
            what = N_("This is longer than %(most)s characters.")
            raise Refused(what, where=name, remedy=N_("Say it more briefly."), most=most)
    if len(rule.when) > MOST_CONDITIONS:
        what = N_("There are more than %(most)s conditions.")
        raise Refused(what, where="when", remedy=N_("Write two edits instead."), most=MOST_CONDITIONS)
    return Rule(
        title=rule.title.strip(),
        message=rule.message.strip(),
        fix=rule.fix.strip(),
        severity=rule.severity,
        scope=rule.scope,
        when=tuple(_tidy(each, rule, f"when[{at}]") for at, each in enumerate(rule.when)),
        must=_tidy(rule.must, rule, "must"),
    )


def _tidy(condition: Condition, rule: Rule, where: str) -> Condition:
    field = FIELDS.get(condition.field)
    if field is None or (field.of == "line" and rule.scope == "claim"):
        what = N_("There is no field %(field)s in an edit of this kind.")
        remedy = N_("Choose one of the list; fields of a line need an edit that looks at each line.")
        raise Refused(what, where=where, remedy=remedy, field=condition.field)
    _, sorts, _ = COMPARISONS[condition.how]
    if field.sort not in sorts:
        raise Refused(N_("This comparison does not fit the field."), where=where, remedy=N_("Choose another one."))
    values = tuple(dict.fromkeys(_value(each, field, where) for each in condition.values if each.strip()))
    wanted = (0, 0) if condition.how in ALONE else (1, 1) if condition.how in ONE else (1, MOST_VALUES)
    if not wanted[0] <= len(values) <= wanted[1]:
        what = N_("This comparison takes %(least)s to %(most)s values; there are %(count)s.")
        remedy = N_("Separate several by blanks.")
        raise Refused(what, where=where, remedy=remedy, least=wanted[0], most=wanted[1], count=len(values))
    return Condition(field=condition.field, how=condition.how, values=values)


def _value(text: str, field: Field, where: str) -> str:
    """One value as it is kept.

    Raises:
        Refused: it is none of the field's sort.
    """
    text = text.strip().upper()
    good = bool(_VALUE.fullmatch(text))
    if field.sort == "number":
        good = text.isascii() and text.isdigit() and len(text) <= 6
        text = str(int(text)) if good else text
    elif field.sort == "amount":
        try:
            text = Money.parse(text).plain()
        except ValueError:
            good = False
    if not good:
        what = N_("%(value)s is not a value of this field.")
        raise Refused(what, where=where, remedy=N_("Give a code, a whole number, or an amount."), value=text[:50])
    # Diagnoses are typed with a dot and carried without one.
    return text.replace(".", "") if "diagnos" in field.path or field.path.endswith("pointers") else text


def meant(condition: Condition) -> tuple[str | int, ...]:
    """The values of a tidy condition as its field has them."""
    match FIELDS[condition.field].sort:
        case "number":
            return tuple(int(each) for each in condition.values)
        case "amount":
            return tuple(Money.parse(each).cents for each in condition.values)
        case _:
            return condition.values
