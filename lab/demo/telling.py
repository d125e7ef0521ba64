"""What the demo's bench did, from the facts that it left."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from clinic.base import db
from clinic.models import Fact
from lab.domain.container import Container
from lab.domain.need import Need
from lab.models import IncomingResult, LabelPrint, LabResult, Package, Specimen
from lab.services.specimens import container_of
from lab.steps.registry import steps
from lab.steps.separate import separated_at

BY_FACT = {"specimen.collected": "collect", "specimen.aliquoted": "aliquot", "specimen.packed": "pack"}


def steps_done(practice_id: int) -> Counter[str]:
    """How many times each kind of step was done, by its key."""
    wanted = select(Fact.type, Fact.body).where(Fact.practice_id == practice_id, Fact.thing == "specimen")
    done: Counter[str] = Counter()
    for type_, body in db.session.execute(wanted):
        if type_ in {"specimen.step_done", "specimen.step_ended"}:
            done[body["step"]] += 1
        elif type_ == "specimen.stored":
            done["chill" if body["condition"] == "on_ice" else "store"] += 1
        elif type_ in BY_FACT:
            done[BY_FACT[type_]] += 1
    for row in db.session.scalars(select(Specimen).where(Specimen.practice_id == practice_id)):
        container = container_of(row)
        done["clot"] += any(_clotted(container, need) for need in container.needs)
        done["separate"] += any(_separated(container, need) for need in container.needs)
    return done


def _clotted(container: Container, need: Need) -> bool:
    """It stood until it had clotted, and was spun then."""
    spun = next((run.started_at for run in container.runs if run.step == "spin"), None)
    if need.clot_minutes is None or container.collected_at is None or spun is None:
        return False
    return spun >= container.collected_at + timedelta(minutes=need.clot_minutes)


def _separated(container: Container, need: Need) -> bool:
    """It was to be off the cells in time, and was."""
    return need.separate_within_minutes is not None and separated_at(container, need) is not None


def summary(practice_id: int) -> str:
    """Two lines of what was made."""

    def count(model: type[IncomingResult | LabelPrint | LabResult | Package | Specimen]) -> int:
        return db.session.scalar(select(func.count()).where(model.practice_id == practice_id)) or 0

    done = steps_done(practice_id)
    waits = select(func.count()).where(IncomingResult.practice_id == practice_id, IncomingResult.state == "unmatched")
    return (
        f"bench: {count(Specimen)} containers, {count(LabelPrint)} labels, {count(Package)} packages, "
        f"{count(LabResult)} results, {count(IncomingResult)} files from laboratories "
        f"({db.session.scalar(waits)} waiting to be matched)\n"
        f"steps: {', '.join(f'{step.key} {done[step.key]}' for step in steps())}"
    )
