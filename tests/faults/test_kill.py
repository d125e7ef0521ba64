"""``kill -9`` at fifty moments of sending and of importing: nothing lost, nothing doubled, no half file.

Each killed process is a real one with a database of its own. What it left is looked at, then the same is done again to
its end, and the house must be the same as one that was never disturbed.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import select

from app import create_app
from billing.domain.canonical import digest, from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.telling import standing_of
from billing.x12 import read_837p
from clinic.base import Base, db
from clinic.journal.seal import seal_acts
from clinic.journal.verify import verify
from clinic.settings import ROOT, database_url
from tests.billing.coding.test_story import rebuilt
from tests.billing.services.steps import paper_claim, ready_claim
from tests.counts import count
from tests.faults import records
from tests.fixtures.house import NOW, POSTGRES, _admin

pytestmark = [pytest.mark.prove] if POSTGRES else []  # there each copy of the house takes a second

MOMENTS = count(2, 50)
SEED = 20261124
PEOPLE = count(3, 60)
BESIDE = {"journal_act", "journal_seal", "import"}
"""Tables that say how often something was tried, not what there is."""
OF_STAFF = ("staff", "role", "web_auth")


class House:
    """A prepared practice that is copied for each process that dies."""

    def __init__(self, instance: Path, address: str, room: Path) -> None:
        self.instance, self.address, self._room = instance, address, room

    @contextmanager
    def copied(self) -> Iterator[House]:
        """A copy of the instance folder and of the database."""
        name = f"cabinet_{uuid.uuid4().hex[:12]}"
        instance = self._room / name
        shutil.copytree(self.instance, instance, symlinks=True)
        if not POSTGRES:
            yield House(instance, f"sqlite:///{instance / 'cabinet.db'}", self._room)
            shutil.rmtree(instance)
            return
        source = sqlalchemy.make_url(self.address)
        admin = _admin(sqlalchemy.make_url(database_url(instance)).render_as_string(hide_password=False))
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {source.database}")
        try:
            yield House(instance, source.set(database=name).render_as_string(hide_password=False), self._room)
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
            admin.dispose()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Inside the house, as a process that starts after the other died."""
        app = create_app(self.instance, TESTING=True, SQLALCHEMY_DATABASE_URI=self.address, CABINET_CLOCK=lambda: NOW)
        with app.app_context():
            yield
            db.session.remove()
            db.engine.dispose()


class Doer:
    """Does things in processes of their own, each on a house, each killed at a moment where there is one."""

    def __init__(self, doing: subprocess.Popen[str]) -> None:
        self._doing = doing

    def do(self, house: House, moment: int, *what: str) -> tuple[int, int]:
        """The signal it died of (0: none), and how many moments there were."""
        if self._doing.stdin is None or self._doing.stdout is None:
            raise RuntimeError("no pipes")
        self._doing.stdin.write(json.dumps([str(house.instance), house.address, moment, *what]) + "\n")
        self._doing.stdin.flush()
        ended, passed = self._doing.stdout.readline().split()
        return int(ended), int(passed)


@pytest.fixture
def doer() -> Iterator[Doer]:
    """See ``tests.faults.dying``."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.dying"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as doing:
        yield Doer(doing)
        if doing.stdin is not None:
            doing.stdin.close()


@pytest.fixture
def house(app, practice, database, tmp_path) -> House:
    """A practice on the test's own database, which nobody holds open while it is copied."""
    return House(tmp_path / "instance", database, tmp_path)


def _let_go() -> None:
    db.session.remove()
    if not POSTGRES:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def whole(instance: Path) -> None:
    """What any process may find: every claim the fold of its facts, every file the bytes that left, a true journal."""
    for record in db.session.scalars(select(ClaimRecord)):
        assert standing_of(record) == rebuilt(record)
    sent = Counter(db.session.scalars(select(SubmittedClaim.claim_id).where(SubmittedClaim.spoiled_at.is_(None))))
    assert set(sent.values()) <= {1}
    gone = set(db.session.scalars(select(ClaimRecord.id).where(ClaimRecord.journey != "none")))
    assert gone == set(sent)
    numbers = {row.id: row.number for row in db.session.execute(select(ClaimRecord.id, ClaimRecord.number))}
    for submission in db.session.scalars(select(Submission)):
        rows = submission.claims
        assert rows
        assert hashlib.sha256(submission.body).hexdigest() == submission.sha256
        assert [digest(from_json(row.snapshot)) for row in rows] == [row.digest for row in rows]
        if submission.form == "837p":
            assert [claim.number for claim in read_837p(submission.body).claims] == [
                numbers[row.claim_id] for row in rows
            ]
        else:
            assert submission.body.rstrip().endswith(b"%%EOF")
    seal_acts()
    assert all(each.ok for each in verify())
    for path in instance.glob("*.json"):
        json.loads(path.read_bytes())
    db.session.rollback()


def state() -> dict[str, Any]:
    """What there is, without what only says when or how often: rows by table, and a digest of what they hold."""
    found: dict[str, Any] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in BESIDE or table.name.startswith(OF_STAFF):
            continue
        said = [
            column
            for column in table.columns
            if column.name not in {"id", "fs_uniquifier", "body"} and not column.name.endswith(("_id", "_at"))
            and not isinstance(column.type, sqlalchemy.DateTime | sqlalchemy.LargeBinary)
            and column.name != "at"
        ]  # fmt: skip
        rows = sorted(repr(tuple(map(_plain, row))) for row in db.session.execute(select(*said))) if said else []
        found[table.name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def die_at_moments(doer: Doer, house: House, what: tuple[str, ...]) -> None:
    """Do it undisturbed; then kill it at moments of the whole, look at what it left, and do it again."""
    with house.copied() as calm:
        ended, moments = doer.do(calm, 0, *what)
        assert ended == 0
        with calm.opened():
            whole(calm.instance)
            undisturbed = state()
    dice = random.Random(SEED)
    for moment in sorted(dice.sample(range(1, moments + 1), min(MOMENTS, moments))):
        with house.copied() as struck:
            assert doer.do(struck, moment, *what)[0] == signal.SIGKILL, moment
            with struck.opened():
                whole(struck.instance)
            assert doer.do(struck, 0, *what)[0] == 0, moment
            with struck.opened():
                whole(struck.instance)
                assert state() == undisturbed, moment


def test_killed_while_sending(doer: Doer, house: House, practice) -> None:
    claims = [ready_claim(practice, f"Calloway{letter}") for letter in "ABCDEF"[: count(3, 6)]]
    claims += [paper_claim(practice, "Moreau"), paper_claim(practice, "Eze")]
    _let_go()
    die_at_moments(doer, house, ("send", *map(str, claims)))


def test_killed_while_importing(doer: Doer, house: House, practice, tmp_path) -> None:
    folder = records.write(tmp_path / "records", PEOPLE)
    _let_go()
    die_at_moments(doer, house, ("import", str(folder)))
