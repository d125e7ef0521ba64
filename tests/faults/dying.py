"""A process that does one thing and is killed at its n-th moment, as by ``kill -9``: no handler runs.

``python -m tests.faults.dying`` reads what to do from its input, a JSON list a line: ``[INSTANCE, ADDRESS, MOMENT,
"send", ID…]`` or ``[…, "import", FOLDER]``. It does each in a process of its own, and answers with a line: the signal
that ended it (0 for none, 1 for a fault) and how many moments there were. A moment is a statement sent to the database,
before or after a commit, or a file opened to be written, renamed or removed; at moment 0 nobody dies.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app import create_app
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.models import Staff
from clinic.services.acting import Actor
from tests.fixtures.house import NOW

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
OF_FILES = ("os.rename", "os.remove", "os.truncate")


class Clock:
    """Counts moments, and stops the process at one of them."""

    def __init__(self, last: int) -> None:
        self.running = False
        self._numbers = itertools.count(1)
        self._last = last
        self.passed = 0

    def tick(self, *_: Any) -> None:
        """One moment."""
        if not self.running:
            return
        self.passed = next(self._numbers)
        if self.passed == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, name: str, arguments: tuple[Any, ...]) -> None:
        """What Python's own audit tells of files."""
        if name in OF_FILES or (name == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES):
            self.tick()


def act(instance: str, address: str, moment: int, what: str, *rest: str) -> int:
    """Do it; gives how many moments there were."""
    app = create_app(
        Path(instance),
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=address,
        CABINET_CLOCK=lambda: NOW,
        SERVER_NAME="localhost",
    )
    clock = Clock(moment)
    sys.addaudithook(clock.hear)
    event.listen(Engine, "before_cursor_execute", clock.tick)
    for name in ("before_commit", "after_commit"):
        event.listen(Session, name, clock.tick)
    with app.app_context():
        if what == "send":
            biller = db.session.query(Staff).filter(Staff.username.like("%-biller")).one()
            actor = Actor(biller.practice_id, biller.id, ("biller",), biller.name)
            clock.running = True
            send_claims(actor, [int(each) for each in rest])
        else:
            clock.running = True
            found = app.test_cli_runner().invoke(args=["fhir", "import", *rest])
            if found.exit_code:
                raise RuntimeError(found.output) from found.exception
        clock.running = False
        db.session.remove()
        db.engine.dispose()
    return clock.passed


def main() -> None:
    """Do what is asked, one after the other, each in a child that may die."""
    for line in sys.stdin:
        mine, theirs = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.write(theirs, str(act(*json.loads(line))).encode())
            except BaseException:  # noqa: BLE001  whatever it was, the child ends here
                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        os.close(theirs)
        _, status = os.waitpid(child, 0)
        with os.fdopen(mine, "rb") as told:
            passed = told.read().decode() or "0"
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)} {passed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
