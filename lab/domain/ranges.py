"""What a test of the house gives, and what is usual for a person: analytes, their units (UCUM), ranges by age and sex.

The table is reference/lab/ranges.csv: a row an analyte and band. Ends of a range belong to it; at a critical limit
a value is critical. Months of age are whole ones; ``until_months`` is no longer in the band.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Literal, cast

from clinic.domain.value import Value

Kind = Literal["number", "choice", "text"]
Flag = Literal["LL", "L", "H", "HH", "A", "AA"]
"""HL7 v3 ObservationInterpretation. Doubled letters are critical."""

CRITICAL: frozenset[str] = frozenset({"LL", "HH", "AA"})


class Band(Value, frozen=True, kw_only=True):
    """What is usual for some people. Numbers are texts of decimals, as they were written."""

    sex: str | None = None
    from_months: int | None = None
    until_months: int | None = None
    low: str | None = None
    high: str | None = None
    critical_low: str | None = None
    critical_high: str | None = None

    @property
    def whom(self) -> tuple[str | None, int | None, int | None]:
        """What tells it from the other bands of its analyte."""
        return self.sex, self.from_months, self.until_months

    @property
    def words(self) -> str | None:
        """``3.5–5.1``, ``≤ 5.6`` or ``≥ 40``; None where nothing is usual."""
        if self.low and self.high:
            return f"{self.low}–{self.high}"
        if self.high:
            return f"≤ {self.high}"
        return f"≥ {self.low}" if self.low else None


class Analyte(Value, frozen=True, kw_only=True):
    """One value a test gives."""

    key: str
    name: str
    kind: Kind
    loinc: str | None = None
    unit: str | None = None
    """UCUM."""
    decimals: int | None = None
    least: str | None = None
    most: str | None = None
    """What the method can show: below and above stands as ``<`` or ``>`` of these."""
    choices: tuple[str, ...] = ()
    abnormal: tuple[str, ...] = ()
    critical: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    confidence: str | None = None
    source: str | None = None

    def band(self, sex: str | None, months: int | None) -> Band | None:
        """The band of a person, None where none fits or what it asks of them is not known."""
        fitting = [each for each in self.bands if _fits(each, sex, months)]
        return fitting[0] if len(fitting) == 1 else None


def _fits(band: Band, sex: str | None, months: int | None) -> bool:
    if band.sex is not None and band.sex != sex:
        return False
    if band.from_months is None and band.until_months is None:
        return True
    if months is None:
        return False
    return (band.from_months or 0) <= months and (band.until_months is None or months < band.until_months)


def age_in_months(birth: date | None, on: date) -> int | None:
    """Whole months of age; None before birth or without one."""
    if birth is None or birth > on:
        return None
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def never_two(bands: Iterable[Band]) -> bool:
    """Whether no person falls into two of the bands."""
    known = list(bands)
    edges = {0, *(each.from_months or 0 for each in known), *(each.until_months or 0 for each in known)}
    return all(sum(_fits(band, sex, month) for band in known) <= 1 for sex in ("F", "M", None) for month in edges)


def flag_of(analyte: Analyte, band: Band | None, comparator: str, number: Decimal | None, said: str) -> Flag | None:
    """How a value stands to what is usual. A value beyond what the method shows counts as that limit."""
    if analyte.kind == "choice":
        return "AA" if said in analyte.critical else "A" if said in analyte.abnormal else None
    if number is None or band is None:
        return None
    below, above = _sides(band, comparator, number)
    if below is not None:
        return below
    return above


def _sides(band: Band, comparator: str, number: Decimal) -> tuple[Flag | None, Flag | None]:
    low: Flag | None = None
    high: Flag | None = None
    # ``< 20`` lies under 20 itself: at a limit of 20 it is beyond it
    if comparator not in {">", ">="}:
        if band.critical_low is not None and number <= Decimal(band.critical_low):
            low = "LL"
        elif band.low is not None and (
            number < Decimal(band.low) or (comparator == "<" and number <= Decimal(band.low))
        ):
            low = "L"
    if comparator not in {"<", "<="}:
        if band.critical_high is not None and number >= Decimal(band.critical_high):
            high = "HH"
        elif band.high is not None and (
            number > Decimal(band.high) or (comparator == ">" and number >= Decimal(band.high))
        ):
            high = "H"
    return low, high


class BadRange(ValueError):
    """A row of the table that does not hold together; the message says which and why."""


COLUMNS = (
    "test",
    "analyte",
    "name",
    "loinc",
    "unit",
    "kind",
    "choices",
    "abnormal",
    "critical",
    "decimals",
    "least",
    "most",
    "sex",
    "from_months",
    "until_months",
    "low",
    "high",
    "critical_low",
    "critical_high",
    "confidence",
    "source",
    "note",
)


def read_ranges(text: str) -> dict[str, tuple[Analyte, ...]]:
    """The table: by test its analytes in their order.

    Raises:
        BadRange: a row does not hold together.
    """
    rows = csv.DictReader(StringIO(text, newline=""))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadRange("line 1: the columns are not those of the table")
    found: dict[tuple[str, str], list[Analyte]] = {}
    for number, row in enumerate(rows, start=2):
        if None in row or any(cell is None for cell in row.values()):
            raise BadRange(f"line {number}: it has not {len(COLUMNS)} cells")
        found.setdefault((row["test"], row["analyte"]), []).append(_analyte(row, number))
    tests: dict[str, list[Analyte]] = {}
    for (test, key), same in found.items():
        tests.setdefault(test, []).append(_joined(same, f"{test}.{key}"))
    return {test: tuple(analytes) for test, analytes in tests.items()}


def _analyte(row: Mapping[str, str], number: int) -> Analyte:
    if row["kind"] not in {"number", "choice", "text"} or not row["analyte"] or not row["name"]:
        raise BadRange(f"line {number}: kind, analyte or name")
    texts = {name: row[name] or None for name in ("low", "high", "critical_low", "critical_high")}
    band = Band(
        sex=row["sex"] or None,
        from_months=_whole(row["from_months"], number),
        until_months=_whole(row["until_months"], number),
        **texts,
    )
    lists = {name: tuple(filter(None, row[name].split("|"))) for name in ("choices", "abnormal", "critical")}
    return check_analyte(
        Analyte(
            key=row["analyte"],
            name=row["name"],
            kind=cast("Kind", row["kind"]),
            loinc=row["loinc"] or None,
            unit=row["unit"] or None,
            decimals=_whole(row["decimals"], number),
            least=row["least"] or None,
            most=row["most"] or None,
            bands=(band,) if row["kind"] == "number" else (),
            confidence=row["confidence"] or None,
            source=row["source"] or None,
            **lists,
        ),
        f"line {number}",
    )


def _joined(same: Sequence[Analyte], where: str) -> Analyte:
    first = same[0]
    bands = tuple(band for each in same for band in each.bands)
    if any(_bare(each) != _bare(first) for each in same[1:]) or not never_two(bands):
        raise BadRange(f"{where}: its rows say different things, or two bands take the same person")
    return Analyte(**{name: getattr(first, name) for name in first.__struct_fields__ if name != "bands"}, bands=bands)


def _bare(analyte: Analyte) -> tuple[object, ...]:
    return tuple(getattr(analyte, name) for name in analyte.__struct_fields__ if name != "bands")


def _whole(text: str, number: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise BadRange(f"line {number}: {text!r} is no whole number")
    return int(text)


def check_analyte(analyte: Analyte, where: str) -> Analyte:
    """An analyte whose numbers are in order.

    Raises:
        BadRange: a limit is no number, they cross, or a choice is none of its choices.
    """
    for band in analyte.bands:
        limits = [
            number_of(each, where) for each in (band.critical_low, band.low, band.high, band.critical_high) if each
        ]
        if limits != sorted(limits):
            raise BadRange(f"{where}: its limits cross")
        if band.sex not in {None, "F", "M"}:
            raise BadRange(f"{where}: sex is F, M or blank")
        if band.until_months is not None and band.until_months <= (band.from_months or 0):
            raise BadRange(f"{where}: its ages cross")
    if not set(analyte.abnormal) | set(analyte.critical) <= set(analyte.choices):
        raise BadRange(f"{where}: something abnormal is none of its choices")
    return analyte


def number_of(text: str, where: str) -> Decimal:
    """A limit as a number.

    Raises:
        BadRange: it is none.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadRange(f"{where}: {text!r} is no number") from None
    if not number.is_finite():
        raise BadRange(f"{where}: {text!r} is no number")
    return number
