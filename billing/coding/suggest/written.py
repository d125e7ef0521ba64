"""What a record holds beside its notes, as suggestions are given it: problems, what was done, what was measured."""

from __future__ import annotations

from decimal import Decimal

from billing.coding.grounds import Source
from clinic.domain.code import Code
from clinic.domain.value import Value


class WrittenNote(Value, frozen=True, kw_only=True):
    """A note."""

    id: int
    text: str


class ListedProblem(Value, frozen=True, kw_only=True):
    """A row of the problem list."""

    id: int
    words: str
    code: Code | None = None
    """ICD-10-CM, what another system calls otherwise already translated; None where it is in words alone."""
    active: bool = False
    """Whether it is there today; else the patient had it."""


class DoneAct(Value, frozen=True, kw_only=True):
    """Something that was done."""

    id: int
    words: str
    quantity: Decimal
    code: Code | None = None
    """Of the practice's charge list, or what the record calls it."""
    billed: bool = False
    """Whether it is billed at all: a practice may have decided that it is not."""


class MeasuredValue(Value, frozen=True, kw_only=True):
    """One value of a result or an observation."""

    source: Source
    """``observation`` of the visit, or ``result`` of the laboratory."""
    id: int
    words: str
    """What was measured."""
    value: str
    unit: str | None = None
    loinc: str | None = None
    flag: str | None = None
    """As the laboratory judged it: ``L``, ``H``, ``A``, doubled where critical; None is usual, or not judged."""

    @property
    def text(self) -> str:
        """What is shown as evidence."""
        return f"{self.words} {self.value} {self.unit or ''}".strip()


class Written(Value, frozen=True, kw_only=True):
    """The record of the visits that a claim bills."""

    notes: tuple[WrittenNote, ...] = ()
    problems: tuple[ListedProblem, ...] = ()
    acts: tuple[DoneAct, ...] = ()
    results: tuple[MeasuredValue, ...] = ()
