"""What clinic asks of packages it does not know (law 10): slots that ``app.py`` fills. Unfilled, they say no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, true

from clinic.services.acting import Work

VisitIsBilled = Callable[[int, int], bool]
"""``(practice_id, visit_id)``: whether a claim of the visit has left the house."""
VisitMoves = Callable[[Work, int, int], None]
"""``(work, visit_id, patient_id)``: the visit goes to another patient in this act; refuses it by ``Refused``."""
VisitsUnbilled = Callable[[int], ColumnElement[bool]]
"""``(practice_id)``: the condition on rows of ``Visit`` that they are still to be billed."""

CodesUsed = Callable[[int, str], Iterable[str]]
"""``(practice_id, system)``: codes of the system that stand on claims, each as often as it does."""


def _never(practice_id: int, visit_id: int) -> bool:
    del practice_id, visit_id
    return False


def _unmoved(work: Work, visit_id: int, patient_id: int) -> None:
    del work, visit_id, patient_id


def _all(practice_id: int) -> ColumnElement[bool]:
    del practice_id
    return true()


def _none_used(practice_id: int, system: str) -> Iterable[str]:
    del practice_id, system
    return ()


@dataclass(frozen=True)
class Ports:
    """The slots."""

    visit_is_billed: VisitIsBilled = _never
    visit_moves: VisitMoves = _unmoved
    visits_unbilled: VisitsUnbilled = _all
    codes_used: CodesUsed = _none_used


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
