"""Values of a report: as they were read at the bench, or as another laboratory says them; judged by what is usual."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.ranges import CRITICAL, Analyte, flag_of

_NUMBER = re.compile(r"(<=?|>=?|≤|≥)?\s*(-?)(\d{1,12})(?:\.(\d{1,6}))?", re.ASCII)
_SIGNS = {"≤": "<=", "≥": ">="}
MOST_TEXT = 2000


class Measured(Value, frozen=True, kw_only=True):
    """One value of a report, as it is kept for ever."""

    analyte: str
    """Its name, as the report says it."""
    value: str
    key: str | None = None
    """The analyte's key, where the table of ranges knows it."""
    loinc: str | None = None
    unit: str | None = None
    """UCUM."""
    range: str | None = None
    flag: str | None = None
    """``L``, ``H``, ``LL``, ``HH``, ``A``, ``AA``; None is usual, or not judged."""
    note: str | None = None


class Read(Value, frozen=True, kw_only=True):
    """A text as a number: ``< 5`` has a comparator."""

    number: Decimal
    comparator: str | None = None


def as_number(text: str) -> Read | None:
    """The number a text says; None where it says none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, minus, whole, decimals = found.groups()
    number = Decimal(f"{minus}{whole}.{decimals}" if decimals else f"{minus}{whole}")
    return Read(number=number, comparator=_SIGNS.get(sign, sign) if sign else None)


def is_critical(values: Sequence[Measured]) -> bool:
    """Whether one of them must be told to someone."""
    return any(each.flag in CRITICAL for each in values)


def measure(
    analytes: Sequence[Analyte], said: Mapping[str, str], sex: str | None, months: int | None
) -> tuple[Measured, ...]:
    """The values of a test as they were read, each judged.

    Args:
        analytes: what the test gives.
        said: by the analyte's key what was typed; with a point for the decimals.
        sex: of the patient.
        months: of the patient's age on the day of the draw.

    Raises:
        Refused: a value is missing, none of the choices, no number, or beyond what the method can show.
    """
    return tuple(_measured(each, said.get(each.key, ""), sex, months) for each in analytes)


def _measured(analyte: Analyte, text: str, sex: str | None, months: int | None) -> Measured:
    said = " ".join(text.split())
    if not said:
        raise Refused(N_("A value is missing."), where=analyte.key, remedy=N_("Give one for each line."))
    if analyte.kind == "text":
        if len(said) > MOST_TEXT:
            raise Refused(N_("This is too long."), where=analyte.key, remedy=N_("Shorten it."))
        return Measured(analyte=analyte.name, key=analyte.key, loinc=analyte.loinc, value=said)
    if analyte.kind == "choice":
        if said not in analyte.choices:
            raise Refused(
                N_("This is not one of the choices."), where=analyte.key, remedy=N_("Choose one of the list.")
            )
        flag = flag_of(analyte, None, "", None, said)
        return Measured(analyte=analyte.name, key=analyte.key, loinc=analyte.loinc, value=said, flag=flag)
    return _number(analyte, said, sex, months)


def _number(analyte: Analyte, said: str, sex: str | None, months: int | None) -> Measured:
    read = as_number(said)
    if read is None:
        raise Refused(N_("This is no number."), where=analyte.key, remedy=N_("Write it as 5.4, or as < 20."))
    exponent = read.number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if analyte.decimals is not None and decimals > analyte.decimals:
        raise Refused(
            N_("The method shows no more than %(most)s decimals."),
            where=analyte.key,
            remedy=N_("Write what it shows."),
            most=analyte.decimals,
        )
    if read.comparator is None and _beyond(analyte, read.number):
        raise Refused(
            N_("The method shows %(least)s to %(most)s."),
            where=analyte.key,
            remedy=N_("Beyond it, write < or > and its limit."),
            least=analyte.least or "0",
            most=analyte.most or "∞",
        )
    band = analyte.band(sex, months)
    return Measured(
        analyte=analyte.name,
        key=analyte.key,
        loinc=analyte.loinc,
        value=f"{read.comparator or ''}{read.number}",
        unit=analyte.unit,
        range=band.words if band else None,
        flag=flag_of(analyte, band, read.comparator or "", read.number, said),
    )


def _beyond(analyte: Analyte, number: Decimal) -> bool:
    under = analyte.least is not None and number < Decimal(analyte.least)
    return under or (analyte.most is not None and number > Decimal(analyte.most))


def worst(values: Sequence[Measured]) -> str | None:
    """The flag a whole report is shown by: critical before abnormal."""
    flags = [each.flag for each in values if each.flag]
    return next((flag for flag in flags if flag in CRITICAL), flags[0] if flags else None)
