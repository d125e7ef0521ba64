"""Lots of kits: entered, changed, closed, and looked up by what was scanned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import change, enter, held, said
from lab.domain.controls import Lot, Run
from lab.domain.kit_lot import LotFacts, checked_lot, read_scan
from lab.models import ControlRun, KitLot
from lab.services.analytes import shipped_ranges
from lab.services.shipped import shipped


def enter_lot(actor: Actor, facts: LotFacts) -> int:
    """Enter a lot; gives its id.

    Raises:
        Refused: something is missing, the test is not one of the house, or the lot is entered already.
    """
    kept = checked_lot(facts)
    with acting(actor, "lab.catalogue") as work:
        _only(work, kept)
        return enter(work, KitLot(practice_id=actor.practice_id, **_columns(kept)), kept)


def change_lot(actor: Actor, lot_id: int, facts: LotFacts, seen: str) -> None:
    """Change a lot as it was seen, or close it.

    Raises:
        Refused: something is missing, or another lot of the test has that number.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked_lot(facts)
    with acting(actor, "lab.catalogue") as work:
        row = held(work, KitLot, lot_id)
        _only(work, kept, but=lot_id)
        change(work, row, kept, seen)
        row.expires_on, row.opened_on = kept.expires_on, kept.opened_on


def _columns(facts: LotFacts) -> dict[str, object]:
    return said(facts) | {"expires_on": facts.expires_on, "opened_on": facts.opened_on}


def _only(work: Work, facts: LotFacts, but: int = 0) -> None:
    if facts.test_key not in shipped().tests and facts.test_key not in shipped_ranges():
        raise Refused(N_("There is no such choice."), where="test_key", remedy=N_("Choose one of the list."))
    wanted = select(KitLot.id).where(
        KitLot.practice_id == work.actor.practice_id,
        KitLot.test_key == facts.test_key,
        KitLot.lot == facts.lot,
        KitLot.id != but,
    )
    if work.session.scalar(wanted) is not None:
        raise Refused(N_("This lot is entered already."), where="lot", remedy=N_("Open it instead."))


class Shelf(NamedTuple):
    """A lot with its controls, the last one first."""

    row: KitLot
    runs: tuple[ControlRun, ...]

    @property
    def lot(self) -> Lot:
        """As the rules see it."""
        row = self.row
        return Lot(test=row.test_key, expires_on=row.expires_on, every=row.control_every, active=row.active)

    @property
    def controls(self) -> list[Run]:
        """As the rules see them, the first one first."""
        return [Run(level=run.level, passed=run.passed, at=run.run_at) for run in reversed(self.runs)]


def shelves(practice_id: int, *, active: bool = False, tests: Collection[str] | None = None) -> list[Shelf]:
    """Lots with their controls, by test and expiry. Two statements.

    Args:
        practice_id: whose.
        active: only those in use.
        tests: only those of these tests; None for all.
    """
    wanted = select(KitLot).where(KitLot.practice_id == practice_id)
    if active:
        wanted = wanted.where(KitLot.active)
    if tests is not None:
        wanted = wanted.where(KitLot.test_key.in_(tests))
    return _with_runs(practice_id, db.session.scalars(wanted.order_by(KitLot.test_key, KitLot.expires_on, KitLot.id)))


def _with_runs(practice_id: int, rows: Iterable[KitLot]) -> list[Shelf]:
    lots = list(rows)
    if not lots:
        return []
    wanted = select(ControlRun).where(
        ControlRun.practice_id == practice_id, ControlRun.kit_lot_id.in_([row.id for row in lots])
    )
    found: dict[int, list[ControlRun]] = {}
    for run in db.session.scalars(wanted.order_by(ControlRun.run_at.desc(), ControlRun.id.desc())):
        found.setdefault(run.kit_lot_id, []).append(run)
    return [Shelf(row, tuple(found.get(row.id, ()))) for row in lots]


def scanned(practice_id: int, test: str, text: str) -> Shelf | None:
    """The lot that was scanned or typed, of this test before others; None where there is none of that number."""
    read = read_scan(text)
    if read is None:
        return None
    wanted = select(KitLot).where(KitLot.practice_id == practice_id, KitLot.lot == read.lot)
    rows = sorted(db.session.scalars(wanted), key=lambda row: (row.test_key != test, not row.active, row.id))
    found = _with_runs(practice_id, rows[:1])
    return found[0] if found else None


def among(known: Sequence[Shelf], text: str) -> Shelf | None:
    """The lot that was scanned or typed, of those that were read already."""
    read = read_scan(text)
    return next((each for each in known if read is not None and each.row.lot == read.lot), None)


def names_of(practice_id: int, staff_ids: Sequence[int | None]) -> dict[int, str]:
    """Who they are. One statement, none without ids."""
    wanted = {each for each in staff_ids if each is not None}
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(Staff).where(Staff.practice_id == practice_id, Staff.id.in_(wanted)).options(lazyload(Staff.roles))
    )
    return {row.id: row.name for row in rows}
