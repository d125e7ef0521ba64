"""Loading a file of codes from the screen: in a process of its own, so that nobody waits for it (law 15).

``instance/loads/<id>`` holds the file, what was asked, and how far it is; a file named ``stop`` asks it to end. The
process does the act itself, in the name of who started it, so it ends well when the browser is gone. None of it is in
backups: what was loaded is in ``instance/codes``.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import IO, Literal

import msgspec
from flask import current_app

from clinic.codes.kind import Wish
from clinic.codes.loading import the_kind
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed
from clinic.services.clock import now
from clinic.services.codes_journal import RIGHT
from clinic.services.load_codes import load_codes
from clinic.settings import ROOT

Step = Literal["waiting", "reading", "building", "done", "refused", "stopped"]
ENDED = frozenset({"done", "refused", "stopped"})
_ID = re.compile(r"[0-9a-f]{16}")
_NAME = re.compile(r"[^0-9A-Za-z._-]+")
_OFTEN = 0.3
"""Seconds between two notes of progress."""

_KEPT_SECONDS = 24 * 3600
"""How long what came of a load is shown."""

_STARTS_WITHIN = 120
"""Seconds after which a load whose process has not said a word is taken to have died."""

_STARTED: list[subprocess.Popen[bytes]] = []


class Stopped(Exception):
    """Somebody asked for the load to end."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asked to be loaded."""

    kind: str
    files: tuple[str, ...]
    name: str | None
    start: date | None
    end: date | None
    practice_id: int
    staff_id: int | None
    roles: tuple[str, ...]
    who: str
    at: datetime


class Came(msgspec.Struct, frozen=True):
    """A release that came of it."""

    system: str
    name: str
    title: str
    rows: int
    new: bool
    notice: str | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is, or what came of it."""

    step: Step
    rows: int = 0
    share: float = 0.0
    pid: int | None = None
    came: tuple[Came, ...] = ()
    what: str = ""
    where: str = ""
    remedy: str = ""
    params: dict[str, str | int] = {}


class Load(msgspec.Struct, frozen=True):
    """One load, running or ended."""

    id: str
    asked: Asked
    progress: Progress

    @property
    def running(self) -> bool:
        """Whether it is still on its way."""
        return self.progress.step not in ENDED


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
    _clear()
    load_id = secrets.token_hex(8)
    folder = _folder() / load_id
    folder.mkdir(mode=0o700, parents=True)
    with (folder / name).open("wb") as kept:
        shutil.copyfileobj(file, kept)
    asked = Asked(
        kind=kind,
        files=(name,),
        name=wish.name,
        start=wish.start,
        end=wish.end,
        practice_id=actor.practice_id,
        staff_id=actor.staff_id,
        roles=actor.roles,
        who=actor.name,
        at=now(),
    )
    (folder / "asked.json").write_bytes(msgspec.json.encode(asked))
    _note(folder, Progress(step="waiting"))
    start: Callable[[str], object] = current_app.config.get("CABINET_START_LOAD", _start_apart)
    start(load_id)
    return load_id


def loads(actor: Actor) -> list[Load]:
    """The loads of the actor's practice that run or ended within a day, newest first."""
    if not _folder().is_dir():
        return []
    found = [load for folder in _folder().iterdir() if (load := _load(folder)) is not None]
    own = [load for load in found if load.asked.practice_id == actor.practice_id]
    return sorted(own, key=lambda load: load.asked.at, reverse=True)


def one_load(actor: Actor, load_id: str) -> Load | None:
    """A load of the actor's practice; None for any other id."""
    load = _load(_folder() / load_id) if _ID.fullmatch(load_id) else None
    return load if load is not None and load.asked.practice_id == actor.practice_id else None


def stop_load(actor: Actor, load_id: str) -> None:
    """Ask a load to end. It ends at its next thousand lines, and nothing is changed."""
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    load = one_load(actor, load_id)
    if load is not None and load.running:
        (_folder() / load_id / "stop").touch()


def take_load(load_id: str) -> None:
    """Do what was asked, in the process started for it. What comes of it is noted, never raised."""
    folder = _folder() / load_id
    load = _load(folder) if _ID.fullmatch(load_id) else None
    if load is None or not load.running:
        return
    asked, notes = load.asked, _Notes(folder)
    actor = Actor(asked.practice_id, asked.staff_id, asked.roles, asked.who)
    wish = Wish(asked.name, asked.start, asked.end)
    try:
        notes.tell(0, 0.0)
        done = load_codes(actor, asked.kind, [folder / name for name in asked.files], wish, notes.tell)
    except Refused as refused:
        _note(folder, _refusal(refused, folder))
    except Stopped:
        _note(folder, Progress(step="stopped", rows=notes.rows))
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
        _note(folder, Progress(step="done", rows=notes.rows, share=1.0, came=came))
    finally:
        for name in asked.files:
            (folder / name).unlink(missing_ok=True)


class _Notes:
    """Notes how far a load is, and looks whether it is asked to end."""

    def __init__(self, folder: Path) -> None:
        self.rows = 0
        self._folder = folder
        self._last = 0.0

    def tell(self, rows: int, share: float) -> None:
        self.rows = rows
        moment = time.monotonic()
        if share < 1 and moment - self._last < _OFTEN:
            return
        self._last = moment
        if (self._folder / "stop").exists():
            raise Stopped
        step: Step = "building" if share >= 1 else "reading"
        _note(self._folder, Progress(step=step, rows=rows, share=share, pid=os.getpid()))


def _refusal(refused: Refused, folder: Path) -> Progress:
    """A refusal as it is kept; the folder's own path means nothing to who reads it."""
    where = refused.where.replace(f"{folder}/", "")
    return Progress(step="refused", what=refused.what, where=where, remedy=refused.remedy, params=refused.params)


def _start_apart(load_id: str) -> None:
    """A process of its own; it outlives the request and the worker."""
    environment = {
        **os.environ,
        "CABINET_INSTANCE": str(current_app.config["CABINET_INSTANCE"]),
        "DATABASE_URL": str(current_app.config["SQLALCHEMY_DATABASE_URI"]),
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "codes", "take", load_id]
    _STARTED[:] = [process for process in _STARTED if process.poll() is None]  # those that ended are taken leave of
    with (_folder() / load_id / "log").open("wb") as log:
        _STARTED.append(
            subprocess.Popen(  # noqa: S603  the id is ours, made of sixteen hexadecimal signs
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        )


def _folder() -> Path:
    return Path(current_app.config["CABINET_INSTANCE"]) / "loads"


def _load(folder: Path) -> Load | None:
    try:
        asked = msgspec.json.decode((folder / "asked.json").read_bytes(), type=Asked)
        progress = msgspec.json.decode((folder / "progress.json").read_bytes(), type=Progress)
    except (OSError, msgspec.MsgspecError):
        return None
    begun = progress.pid is not None or time.time() - (folder / "asked.json").stat().st_mtime < _STARTS_WITHIN
    if progress.step not in ENDED and not (begun and (progress.pid is None or _lives(progress.pid))):
        # Ended without a word: killed, or the machine went down.
        again = msgspec.json.decode((folder / "progress.json").read_bytes(), type=Progress)
        progress = again if again.step in ENDED else msgspec.structs.replace(progress, step="stopped", pid=None)
    return Load(folder.name, asked, progress)


def _lives(pid: int) -> bool:
    for process in _STARTED:
        if process.pid == pid:
            return process.poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _note(folder: Path, progress: Progress) -> None:
    temporary = folder / ".progress"
    temporary.write_bytes(msgspec.json.encode(progress))
    temporary.replace(folder / "progress.json")


def _clear() -> None:
    """Take away what came of loads a day ago."""
    for folder in _folder().glob("*"):
        load = _load(folder)
        if load is None or (not load.running and time.time() - folder.stat().st_mtime > _KEPT_SECONDS):
            shutil.rmtree(folder, ignore_errors=True)
