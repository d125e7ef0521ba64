"""Surgeries whose payment covers the days around them, and the visits that fall into those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import is_evaluation, rendering_number
from billing.edits.case import Case
from billing.edits.facts import AnyAct, AnyClaim


class Surgery(NamedTuple):
    """An act with a global period."""

    code: str
    day: date
    days: int
    """How many days after it its payment covers."""
    by: str | None
    """Number of who did it."""

    def covers(self, claim: AnyClaim, act: AnyAct, before: int = 0, after: int | None = None) -> bool:
        """Whether a line of the same provider falls into its days."""
        away = act.service.start.toordinal() - self.day.toordinal()
        return -before <= away <= (self.days if after is None else after) and rendering_number(claim, act) == self.by


def own_surgeries(claim: ProfessionalClaim, case: Case, *, shortest: int, longest: int) -> Iterator[Surgery]:
    """The surgeries of the claim itself whose period has so many days."""
    for index, days in case.ruled.surgeries:
        act = claim.acts[index]
        if shortest <= days <= longest:
            yield Surgery(act.code.value, act.service.start, days, rendering_number(claim, act))


def earlier_surgeries(claim: ProfessionalClaim, case: Case) -> Iterator[tuple[str, Surgery]]:
    """Surgeries with days after them on earlier claims, and the numbers of these."""
    for other in case.earlier:
        if other.frequency == "8" or other.number == claim.number:
            continue
        for act in other.acts:
            tables = case.tables(act.service.start)
            days = None if tables is None or tables.global_days is None else tables.global_days(act.code.value)
            if days:
                yield other.number, Surgery(act.code.value, act.service.start, days, rendering_number(other, act))


def visits(claim: ProfessionalClaim, surgery: Surgery, *, before: int = 0, after: int = 0) -> Iterator[int]:
    """The visits of the claim that fall into the days before and after a surgery, by the same provider."""
    for index, act in enumerate(claim.acts):
        if is_evaluation(act.code.value) and surgery.covers(claim, act, before, after):
            yield index
