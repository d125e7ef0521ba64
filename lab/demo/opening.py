"""Opening the demo's bench: lots of kits, who was shown to run them, who may pack, entered as on screen."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.demo.people import somebody
from lab.demo.plan import bench
from lab.domain.kit_lot import LotFacts
from lab.services.kit_lots import enter_lot
from lab.services.qualify import qualify
from lab.services.training import record_training


def open_bench(manager: Actor, at: datetime) -> None:
    """Enter the lots of the file, and for each member of staff what they may run and whether they may pack."""
    with running_from(at):
        for row in bench()["kits"]:
            enter_lot(manager, LotFacts(**row, active=True))
        for row in bench()["qualified"]:
            member = somebody(manager.practice_id, row["who"])
            for test in row["tests"]:
                qualify(manager, member.staff_id or 0, test, row["since"], row.get("until"))
        for row in bench()["trained"]:
            member = somebody(manager.practice_id, row["who"])
            record_training(manager, member.staff_id or 0, row["since"], row["until"])
