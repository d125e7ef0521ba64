"""Long work in a process of its own, so that nobody waits for it (law 15): what all of it shares.

A piece of work is a folder ``<kind>/<id>`` in the instance: ``asked.json`` says what was asked and by whom,
``progress.json`` how far it is or what came of it, and a file named ``stop`` asks it to end. The process does the act
itself, in the name of who started it, so it ends well when the browser is gone.
"""

from __future__ import annotations

import math
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from flask import current_app

from clinic.domain.refusal import Refused
from clinic.services.acting import Actor
from clinic.settings import ROOT

Step = Literal["waiting", "reading", "building", "done", "refused", "stopped"]
ENDED = frozenset({"done", "refused", "stopped"})
_ID = re.compile(r"[0-9a-f]{16}")

_OFTEN = 0.3
"""Seconds between two notes of progress."""

_DAY_SECONDS = 24 * 3600
"""How long what came of it is shown, where its kind does not say."""

_STARTS_WITHIN = 120
"""Seconds after which work whose process has not said a word is taken to have died."""

STARTED: list[subprocess.Popen[bytes]] = []


class Stopped(Exception):
    """Somebody asked for the work to end."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked, and when; a kind of work adds what."""

    practice_id: int
    staff_id: int | None
    roles: tuple[str, ...]
    who: str
    at: datetime

    @property
    def actor(self) -> Actor:
        """In whose name it is done."""
        return Actor(self.practice_id, self.staff_id, self.roles, self.who)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is, or why it was refused; a kind of work adds what came of it."""

    step: Step
    share: float = 0.0
    pid: int | None = None
    what: str = ""
    where: str = ""
    remedy: str = ""
    params: dict[str, str | int] = {}


A = TypeVar("A", bound=Asked)
P = TypeVar("P", bound=Progress)


def asker(actor: Actor, at: datetime) -> dict[str, Any]:
    """The fields of ``Asked`` that say who asked."""
    return {
        "practice_id": actor.practice_id,
        "staff_id": actor.staff_id,
        "roles": actor.roles,
        "who": actor.name,
        "at": at,
    }


def place(kind: str) -> Path:
    """Where work of a kind lies."""
    return Path(current_app.config["CABINET_INSTANCE"]) / kind


def new_folder(kind: str) -> Path:
    """A folder for a piece of work, named by its id, readable by its owner."""
    folder = place(kind) / secrets.token_hex(8)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def folder_of(kind: str, run_id: str) -> Path | None:
    """The folder of an id; None where no id looks so."""
    return place(kind) / run_id if _ID.fullmatch(run_id) else None


def folders(kind: str) -> Iterator[Path]:
    """The folders of all work of a kind."""
    there = place(kind)
    if there.is_dir():
        yield from there.iterdir()


def standing(folder: Path, asked: type[A], progress: type[P]) -> tuple[A, P] | None:
    """What was asked in a folder and how far it is; None where nothing was. What died without a word is stopped."""
    try:
        wanted = msgspec.json.decode((folder / "asked.json").read_bytes(), type=asked)
        now = msgspec.json.decode((folder / "progress.json").read_bytes(), type=progress)
        begun = now.pid is not None or time.time() - (folder / "asked.json").stat().st_mtime < _STARTS_WITHIN
    except (OSError, msgspec.MsgspecError):
        return None
    if now.step not in ENDED and not (begun and (now.pid is None or _lives(now.pid))):
        # Ended without a word: killed, or the machine went down.
        again = msgspec.json.decode((folder / "progress.json").read_bytes(), type=progress)
        now = again if again.step in ENDED else msgspec.structs.replace(now, step="stopped", pid=None)
    return wanted, now


def note(folder: Path, progress: Progress) -> None:
    """Keep how far it is."""
    temporary = folder / ".progress"
    temporary.write_bytes(msgspec.json.encode(progress))
    temporary.replace(folder / "progress.json")


def refusal(refused: Refused, folder: Path) -> dict[str, Any]:
    """A refusal as it is kept; the folder's own path means nothing to who reads it."""
    where = refused.where.replace(f"{folder}/", "")
    return {"what": refused.what, "where": where, "remedy": refused.remedy, "params": refused.params}


class Notes:
    """Says when it is time to note how far it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = 0.0

    def due(self, *, now: bool = False) -> bool:
        """Whether a note is to be written.

        Raises:
            Stopped: somebody asked for the work to end.
        """
        moment = time.monotonic()
        if not now and moment - self._last < _OFTEN:
            return False
        self._last = moment
        if (self._folder / "stop").exists():
            raise Stopped
        return True


def start_apart(folder: Path, *command: str) -> None:
    """A flask command in a process of its own; it outlives the request and the worker."""
    environment = {
        **os.environ,
        "CABINET_INSTANCE": str(current_app.config["CABINET_INSTANCE"]),
        "DATABASE_URL": str(current_app.config["SQLALCHEMY_DATABASE_URI"]),
    }
    STARTED[:] = [process for process in STARTED if process.poll() is None]  # those that ended are taken leave of
    with (folder / "log").open("wb") as log:
        STARTED.append(
            subprocess.Popen(  # noqa: S603  the words are ours, the id is made of sixteen hexadecimal signs
                [sys.executable, "-m", "flask", "--app", "app", *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        )


def clear(kind: str, kept_seconds: int = _DAY_SECONDS) -> None:
    """Take away what came of work some time ago, and what was never begun."""
    for folder in folders(kind):
        found = standing(folder, Asked, Progress)
        age = time.time() - folder.stat().st_mtime
        # What is about to begin has said nothing yet.
        if age > (_STARTS_WITHIN if found is None else kept_seconds if found[1].step in ENDED else math.inf):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    for process in STARTED:
        if process.pid == pid:
            return process.poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
