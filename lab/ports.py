"""What the bench asks of packages it does not know (law 10): slots that ``app.py`` fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clinic.services.acting import Work
from lab.domain.charges import LabCharge, LabFact

Charges = Callable[[Sequence[LabFact]], Sequence[LabCharge]]
"""How facts are billed."""
Reversed = Callable[[Work, int, int, str], None]
"""``(work, visit_id, specimen_id, number)``: a specimen of the visit was rejected in this act; what it was charged
comes off claims that are here, and for claims that have left somebody is told."""


def _no_charges(facts: Sequence[LabFact]) -> Sequence[LabCharge]:
    del facts
    return ()


def _nothing_billed(work: Work, visit_id: int, specimen_id: int, number: str) -> None:
    del work, visit_id, specimen_id, number


@dataclass(frozen=True)
class Ports:
    """The slots."""

    charges: Charges = _no_charges
    reverse_charges: Reversed = _nothing_billed


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
