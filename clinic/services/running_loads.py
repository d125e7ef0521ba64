"""Loading a file of codes from the screen, apart (``apart.py``): ``instance/loads/<id>`` also holds the file.

None of it is in backups: what was loaded is in ``instance/codes``.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

import msgspec
from flask import current_app

from clinic.codes.kind import Wish
from clinic.codes.loading import the_kind
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services import apart
from clinic.services.acting import Actor, NotAllowed
from clinic.services.clock import now
from clinic.services.codes_journal import RIGHT
from clinic.services.load_codes import load_codes

KIND = "loads"
_NAME = re.compile(r"[^0-9A-Za-z._-]+")


class Asked(apart.Asked, frozen=True, kw_only=True):
    """What somebody asked to be loaded."""

    kind: str
    files: tuple[str, ...]
    name: str | None
    start: date | None
    end: date | None


class Came(msgspec.Struct, frozen=True):
    """A release that came of it."""

    system: str
    name: str
    title: str
    rows: int
    new: bool
    notice: str | None = None


class Progress(apart.Progress, frozen=True, kw_only=True):
    """How far it is, or what came of it."""

    rows: int = 0
    came: tuple[Came, ...] = ()


class Load(msgspec.Struct, frozen=True):
    """One load, running or ended."""

    id: str
    asked: Asked
    progress: Progress

    @property
    def running(self) -> bool:
        """Whether it is still on its way."""
        return self.progress.step not in apart.ENDED


def begin_load(actor: Actor, kind: str, file: IO[bytes], file_name: str, wish: Wish) -> str:
    """Keep the file and start the process that loads it. Gives the load's id.

    Raises:
        NotAllowed: the actor may not load code sets.
        Refused: there is no such kind, or no file.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    the_kind(kind)
    name = _NAME.sub("_", Path(file_name).name).strip("._")[-120:]
    if not name:
        raise Refused(N_("Choose a file."), where="file")
    apart.clear(KIND)
    folder = apart.new_folder(KIND)
    with (folder / name).open("wb") as kept:
        shutil.copyfileobj(file, kept)
    asked = Asked(kind=kind, files=(name,), name=wish.name, start=wish.start, end=wish.end, **apart.asker(actor, now()))
    (folder / "asked.json").write_bytes(msgspec.json.encode(asked))
    apart.note(folder, Progress(step="waiting"))
    start: Callable[[str], object] = current_app.config.get("CABINET_START_LOAD", _start)
    start(folder.name)
    return folder.name


def loads(actor: Actor) -> list[Load]:
    """The loads of the actor's practice that run or ended within a day, newest first."""
    found = [load for folder in apart.folders(KIND) if (load := _load(folder)) is not None]
    own = [load for load in found if load.asked.practice_id == actor.practice_id]
    return sorted(own, key=lambda load: load.asked.at, reverse=True)


def one_load(actor: Actor, load_id: str) -> Load | None:
    """A load of the actor's practice; None for any other id."""
    folder = apart.folder_of(KIND, load_id)
    load = _load(folder) if folder is not None else None
    return load if load is not None and load.asked.practice_id == actor.practice_id else None


def stop_load(actor: Actor, load_id: str) -> None:
    """Ask a load to end. It ends at its next thousand lines, and nothing is changed."""
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    load = one_load(actor, load_id)
    if load is not None and load.running:
        (apart.place(KIND) / load_id / "stop").touch()


def take_load(load_id: str) -> None:
    """Do what was asked, in the process started for it. What comes of it is noted, never raised."""
    folder = apart.folder_of(KIND, load_id)
    load = _load(folder) if folder is not None else None
    if folder is None or load is None or not load.running:
        return
    asked, notes, read = load.asked, apart.Notes(folder), 0
    wish = Wish(asked.name, asked.start, asked.end)

    def tell(rows: int, share: float) -> None:
        nonlocal read
        read = rows
        if notes.due(now=share >= 1):
            step: apart.Step = "building" if share >= 1 else "reading"
            apart.note(folder, Progress(step=step, rows=rows, share=share, pid=os.getpid()))

    try:
        tell(0, 0.0)
        done = load_codes(asked.actor, asked.kind, [folder / name for name in asked.files], wish, tell)
    except Refused as refused:
        apart.note(folder, Progress(step="refused", **apart.refusal(refused, folder)))
    except apart.Stopped:
        apart.note(folder, Progress(step="stopped", rows=read))
    else:
        came = tuple(
            Came(
                each.release.system,
                each.release.name,
                each.release.title,
                each.release.rows or 0,
                each.new,
                each.release.notice,
            )
            for each in done
        )
        apart.note(folder, Progress(step="done", rows=read, share=1.0, came=came))
    finally:
        for name in asked.files:
            (folder / name).unlink(missing_ok=True)


def _start(load_id: str) -> None:
    apart.start_apart(apart.place(KIND) / load_id, "codes", "take", load_id)


def _load(folder: Path) -> Load | None:
    found = apart.standing(folder, Asked, Progress)
    return None if found is None else Load(folder.name, *found)
