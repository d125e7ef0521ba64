"""What the bench asks of packages it does not know (law 10): slots that ``app.py`` fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clinic.domain.money import Money
from clinic.services.acting import Work
from lab.domain.charges import LabCharge, LabFact
from lab.domain.coverage import AskedOrder, NotCovered

Charges = Callable[[Sequence[LabFact]], Sequence[LabCharge]]
"""How facts are billed."""
Reversed = Callable[[Work, int, int, str], None]
"""``(work, visit_id, specimen_id, number)``: a specimen of the visit was rejected in this act; what it was charged
comes off claims that are here, and for claims that have left somebody is told."""
Supported = Callable[[AskedOrder], Sequence[NotCovered]]
"""What the payer who answers first is not expected to pay of an order, as its policies stand."""
Estimate = Callable[[int, int, date, Sequence[str]], Money | None]
"""``(practice_id, patient_id, on, codes)``: what the charge list asks for these acts; None where it lacks one."""


def _no_charges(facts: Sequence[LabFact]) -> Sequence[LabCharge]:
    del facts
    return ()


def _nothing_billed(work: Work, visit_id: int, specimen_id: int, number: str) -> None:
    del work, visit_id, specimen_id, number


def _all_supported(asked: AskedOrder) -> Sequence[NotCovered]:
    del asked
    return ()


def _no_estimate(practice_id: int, patient_id: int, on: date, codes: Sequence[str]) -> None:
    del practice_id, patient_id, on, codes


@dataclass(frozen=True)
class Ports:
    """The slots."""

    charges: Charges = _no_charges
    reverse_charges: Reversed = _nothing_billed
    supported: Supported = _all_supported
    estimate: Estimate = _no_estimate


_filled = [Ports()]


def fill(**slots: Any) -> None:
    """Fill slots by name.

    Raises:
        TypeError: there is no slot of that name.
    """
    _filled[0] = replace(_filled[0], **slots)


def ports() -> Ports:
    """The slots as they are filled."""
    return _filled[0]
