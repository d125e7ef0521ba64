"""What newer code sets would say of the practice's claims, worked out apart (``clinic/services/apart.py``).

``instance/whatif/<id>`` keeps what came of it for a week: the differences and their numbers, which hold claim numbers,
codes and amounts. The claims themselves lie there only while they are judged. None of it is in backups.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
from flask import current_app

from billing.services.checking.judging import put
from billing.services.checking.work import asked as asked_for
from billing.services.checking.work import working
from billing.services.whatif.claims_that_left import Left, state_of
from billing.services.whatif.numbers import Numbers
from billing.services.whatif.run import WhatIf, what_if
from billing.services.whatif.told import Difference
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services import apart
from clinic.services.acting import Actor, NotAllowed, acting
from clinic.services.clock import now, today
from clinic.services.library import library

KIND = "whatif"
RIGHT = "claim.whatif"
KEPT_SECONDS = 7 * 24 * 3600

_DIFFERENCES = "differences.ndjson"
_NUMBERS = "numbers.json"


class Asked(apart.Asked, frozen=True, kw_only=True):
    """What somebody asked."""

    pins: dict[str, str]
    """Releases by system."""
    since: date


class Run(msgspec.Struct, frozen=True):
    """One run, on its way or ended."""

    id: str
    asked: Asked
    progress: apart.Progress

    @property
    def running(self) -> bool:
        """Whether it is still on its way."""
        return self.progress.step not in apart.ENDED


def begin_run(actor: Actor, pins: dict[str, str], since: date) -> str:
    """Start the process that judges the claims again. Gives the run's id.

    Raises:
        NotAllowed: the actor may not.
        Refused: no release is chosen, one is not loaded, or a run is on its way.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    if not pins:
        raise Refused(N_("No release is chosen."), where="since", remedy=N_("Choose at least one."))
    for system, name in pins.items():
        if library().has(system, name) is None:
            raise Refused(N_("This release is not loaded."), where=system, remedy=N_("Choose one of the list."))
    if any(run.running for run in runs(actor)):
        raise Refused(
            N_("Claims are being judged already."), where="since", remedy=N_("Wait until it is done, or stop it.")
        )
    _clear()
    with acting(actor, RIGHT) as work:
        detail = f"whatif since={since} {' '.join(f'{system}={name}' for system, name in sorted(pins.items()))}"
        work.journal("practice", actor.practice_id, detail=detail)
    folder = apart.new_folder(KIND)
    asked = Asked(pins=pins, since=since, **apart.asker(actor, now()))
    put(folder / "asked.json", msgspec.json.encode(asked))
    apart.note(folder, apart.Progress(step="waiting"))
    start: Callable[[str], object] = current_app.config.get("CABINET_START_WHATIF", _start)
    start(folder.name)
    return folder.name


def runs(actor: Actor) -> list[Run]:
    """The runs of the actor's practice that are on their way or ended within a week, newest first."""
    found = [run for folder in apart.folders(KIND) if (run := _run(folder)) is not None]
    own = [run for run in found if run.asked.practice_id == actor.practice_id]
    return sorted(own, key=lambda run: run.asked.at, reverse=True)


def one_run(actor: Actor, run_id: str) -> Run | None:
    """A run of the actor's practice; None for any other id."""
    folder = apart.folder_of(KIND, run_id)
    run = _run(folder) if folder is not None else None
    return run if run is not None and run.asked.practice_id == actor.practice_id else None


def stop_run(actor: Actor, run_id: str) -> None:
    """Ask a run to end: it does at its next part."""
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    run = one_run(actor, run_id)
    if run is not None and run.running:
        (apart.place(KIND) / run_id / "stop").touch()


def numbers_of(run: Run) -> Numbers:
    """What a run that is done came to."""
    return msgspec.json.decode((apart.place(KIND) / run.id / _NUMBERS).read_bytes(), type=Numbers)


def differences_of(run: Run) -> Iterator[Difference]:
    """What has moved, in the order of the claims."""
    decoder = msgspec.json.Decoder(Difference)
    with (apart.place(KIND) / run.id / _DIFFERENCES).open("rb") as lines:
        for line in lines:
            yield decoder.decode(line)


def take_run(run_id: str) -> None:
    """Do what was asked, in the process started for it. What comes of it is noted, never raised."""
    folder = apart.folder_of(KIND, run_id)
    run = _run(folder) if folder is not None else None
    if folder is None or run is None or not run.running:
        return
    notes = apart.Notes(folder)

    def step(done: int, of: int) -> None:
        if notes.due():
            apart.note(folder, apart.Progress(step="reading", share=done / of, pid=os.getpid()))

    try:
        step(0, 1)
        _judge(folder, run.asked, step)
    except Refused as refused:
        apart.note(folder, apart.Progress(step="refused", **apart.refusal(refused, folder)))
    except apart.Stopped:
        apart.note(folder, apart.Progress(step="stopped"))
    else:
        apart.note(folder, apart.Progress(step="done", share=1.0))
    finally:
        shutil.rmtree(folder / "work", ignore_errors=True)


def _judge(folder: Path, asked: Asked, step: Callable[[int, int], object]) -> None:
    left, codes = Left(asked.practice_id, asked.since), library()
    wanted = asked_for((), None, "json", codes, state_of(left))
    with working(folder / "work", wanted) as (work, _again):
        found = what_if(WhatIf(left, codes, asked.pins, None, today(), "json", 1), work, step)
        with (folder / _DIFFERENCES).open("wb") as into:
            into.writelines(found.texts)
        put(folder / _NUMBERS, msgspec.json.encode(found.numbers))


def _start(run_id: str) -> None:
    apart.start_apart(apart.place(KIND) / run_id, "claim", "take-whatif", run_id)


def _run(folder: Path) -> Run | None:
    found = apart.standing(folder, Asked, apart.Progress)
    return None if found is None else Run(folder.name, *found)


def _clear() -> None:
    """Take away what is old, and the claims that a run which was killed has left lying."""
    apart.clear(KIND, KEPT_SECONDS)
    for folder in apart.folders(KIND):
        run = _run(folder)
        if run is not None and not run.running:
            shutil.rmtree(folder / "work", ignore_errors=True)
