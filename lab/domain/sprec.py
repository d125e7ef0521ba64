"""SPREC: the seven-part code of how a fluid specimen was handled before its test, computed from what happened.

Parts and letters as in SPREC version 3 for fluids (Betsou and others, ISBER): type, primary container, delay before the
spin with its temperature, first spin, second spin, delay after it with its temperature, long-term storage. ``X`` stands
where nothing is known, ``Z`` where the list has no letter. Nobody types it. Letters from memory of the published table.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lab.domain.container import Container, Run

UNKNOWN, OTHER, NONE = "X", "Z", "N"

TYPES = {
    "BLDV": "BLD",
    "SER": "SER",
    "PPP": "PL2",
    "PLAS": "PL1",
    "UR": "U24",
    "URN": "U24",
    "STL": "STL",
    "SAL": "SAL",
}
"""From HL7 table 0487."""
CONTAINERS = {"EDTK": "PED", "SST": "SST", "C32": "SCI", "NAF": "SPO", "HEPL": "LHG", "NONE": "PPS", "BOR": "ZZZ"}
"""From HL7 table 0371."""
DELAYS = ((2, "A", "B"), (4, "C", "D"), (8, "E", "F"), (12, "G", "H"), (24, "I", "J"), (48, "K", "L"))
"""Hours below which a delay has its letter: at room temperature, and cold."""
LATER = ("M", "N")
POST = ((1, "B", "A"), (2, "D", "C"), (8, "F", "E"), (24, "H", "G"), (48, "J", "I"))
POST_LATER = ("M", "L")
STORAGE = {"frozen": "D", "refrigerated": "V", "room": "V", "on_ice": "V"}


def sprec(container: Container, specimen_code: str | None, additive: str | None, as_of: datetime) -> str | None:
    """The code, None before the collection."""
    if container.collected_at is None:
        return None
    spins = [run for run in container.runs if run.step == "spin" and run.ended_at is not None]
    parts = (
        TYPES.get(specimen_code or "", OTHER * 3),
        CONTAINERS.get(additive or "", UNKNOWN * 3 if additive is None else OTHER * 3),
        _delay(container, container.collected_at, spins[0].started_at if spins else as_of, DELAYS, LATER),
        _spin(spins[:1]),
        _spin(spins[1:2]),
        _after(container, spins, as_of),
        _storage(container),
    )
    return "-".join(parts)


def _delay(
    container: Container,
    since: datetime,
    until: datetime,
    steps: tuple[tuple[int, str, str], ...],
    later: tuple[str, str],
) -> str:
    cold = any(stay.condition in {"refrigerated", "on_ice"} and stay.since < until for stay in container.stays)
    length = until - since
    for hours, at_room, chilled in steps:
        if length < timedelta(hours=hours):
            return chilled if cold else at_room
    return later[1] if cold else later[0]


def _spin(runs: list[Run]) -> str:
    """By force and length: B up to 3,000 g for 10 to 15 minutes without a brake told."""
    if not runs:
        return NONE
    run = runs[0]
    if run.g is None or run.ended_at is None:
        return UNKNOWN
    if run.g < 3000:
        return "B"
    return "D" if run.g < 6000 else "F" if run.g <= 10000 else "H"


def _after(container: Container, spins: list[Run], as_of: datetime) -> str:
    if not spins or spins[-1].ended_at is None:
        return NONE
    frozen = next((stay.since for stay in container.stays if stay.condition == "frozen"), None)
    return _delay(container, spins[-1].ended_at, frozen or as_of, POST, POST_LATER)


def _storage(container: Container) -> str:
    return STORAGE.get(container.condition or "", UNKNOWN)
