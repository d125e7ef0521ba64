"""Keeping what a control gave."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from lab.domain.controls import LEVELS
from lab.models import ControlRun, KitLot


def run_control(actor: Actor, lot_id: int, level: str, value: str, *, passed: bool, at: datetime | None = None) -> int:
    """Keep a control that was run on a lot, passed or not; gives its id. One that failed holds the lot.

    Raises:
        Refused: there is no such level, the value is missing, or the time is still to come.
        Unknown: there is no such lot.
    """
    with acting(actor, "lab.result") as work:
        lot = one(actor, KitLot, lot_id)
        read = " ".join(value.split())
        if level not in LEVELS:
            raise Refused(N_("There is no such choice."), where="level", remedy=N_("Choose one of the list."))
        if not read:
            raise Refused(N_("A value is missing."), where="value", remedy=N_("Write what the control gave."))
        when = at or work.at
        if when > work.at:
            raise Refused(N_("This time is still to come."), where="at", remedy=N_("Look at the time."))
        row = ControlRun(
            practice_id=actor.practice_id,
            kit_lot_id=lot.id,
            level=level,
            value=read[:100],
            passed=passed,
            run_at=when,
            staff_id=actor.staff_id,
        )
        work.session.add(row)
        work.session.flush()
        body = {"run_id": row.id, "level": level, "value": row.value, "passed": passed, "at": when.isoformat()}
        work.fact("kit_lot", lot.id, "kit_lot.control_run", body)
        work.journal("kit_lot", lot.id, detail="kit_lot.control_run")
        return row.id
