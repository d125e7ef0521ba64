"""A large practice in one database file: patients, visits, claims and what left, written straight into the tables.

``python -m tests.scale.build [PATIENTS CLAIMS]`` makes it, or says where it is already. What one claim says is made by
the house's own services on one patient; the others are that claim with ids, numbers and days of their own, so that
every screen finds what it would find. The file is kept under .cache/, named by the migration and by this module.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from flask_migrate import upgrade

from app import create_app
from billing.coding.story import LATEST, Held, as_json
from billing.domain.canonical import to_json
from billing.models import ClaimRecord, ClaimVisit, Submission, SubmittedClaim
from billing.services.claim_value import assemble, load
from clinic.base import Base, db
from clinic.models import Coverage, Fact, JournalAct, Note, Patient, Payer, Provider, Visit, VisitAct
from tests.billing.services.steps import coded_claim, digest_of
from tests.fixtures.codes import lend_codes
from tests.fixtures.people import Practice, make_practice

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
SEED = 20260506
BATCH = 200
"""Claims in one file that left."""
SLICE = 20_000
LASTS = (
    *(
        "Calloway",
        "Moreau",
        "Eze",
        "Sandoval",
        "Vasquez",
        "Lindqvist",
        "Okafor",
        "Haddad",
        "Petrov",
        "Nakamura",
        "Osei",
    ),
    *("Baptiste", "Romano", "Kowalski", "Duarte", "Fontaine", "Mbeki", "Larsen", "Ibarra", "Yilmaz", "Thibodeaux"),
)
FIRSTS = ("Beatrix", "Théa", "Marvin", "Ines", "Anand", "Priya", "Noor", "Kaspar", "Lucía", "Greta", "Yusuf", "Odile")
STEPS = (
    ("coding", 0.3, False),
    ("coding", 0.05, True),
    ("coded", 0.2, False),
    ("reviewed", 0.2, False),
    ("signed", 0.25, False),
)
"""Of the claims that have not left: at which preparation, what part of them, and whether sent back."""


class Size(NamedTuple):
    """How large a practice."""

    patients: int
    claims: int

    @property
    def here(self) -> int:
        """Claims that have not left: one in twenty."""
        return self.claims // 20

    @property
    def uncoded(self) -> int:
        """Visits that no claim bills yet."""
        return self.claims // 100


SMALL, FULL = Size(1_000, 10_000), Size(20_000, 200_000)


def kept(size: Size) -> Path:
    """Where the file of a size is, once it is built."""
    made_from = hashlib.sha256(Path(__file__).read_bytes())
    for each in sorted((ROOT / "migrations" / "versions").glob("*.py")):
        made_from.update(each.read_bytes())
    for each in ("steps.py", "people.py"):
        found = next(path for path in (ROOT / "tests").rglob(each) if path.parent.name in {"services", "fixtures"})
        made_from.update(found.read_bytes())
    return ROOT / ".cache" / f"practice-{size.patients}-{size.claims}-{made_from.hexdigest()[:16]}.db"


def build(size: Size) -> tuple[Path, float]:
    """The file of a size and the processor's seconds it took to make it now (0 where it was there)."""
    path = kept(size)
    if path.exists():
        return path, 0.0
    started = time.process_time()
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        instance = Path(folder)
        lend_codes(instance)
        app = create_app(
            instance,
            TESTING=True,
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{instance}/practice.db",
            SECURITY_PASSWORD_HASH="plaintext",
            SECURITY_PASSWORD_SCHEMES=["plaintext"],
            SERVER_NAME="localhost",
            CABINET_CLOCK=lambda: NOW,
        )
        with app.app_context():
            upgrade()
            _fill(size)
            db.session.remove()
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("ANALYZE")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()
        for stale in path.parent.glob(f"practice-{size.patients}-{size.claims}-*.db*"):
            stale.unlink()
        shutil.move(instance / "practice.db", path)
    return path, time.process_time() - started


def _fill(size: Size) -> None:
    chance = random.Random(SEED)
    practice = make_practice("Northlake Family Practice", "northlake")
    template = coded_claim(practice)
    payers, providers = _others(practice)
    policies = _patients(practice, size, chance, payers)
    rows = Rows(practice, template, chance, policies, providers)
    rows.write(size)
    db.session.commit()


def _others(practice: Practice) -> tuple[list[int], list[int]]:
    """More payers and more people who render, so that filters have something to choose."""
    practice_id = practice.row.id
    payers = [
        Payer(practice_id=practice_id, name=name, payer_number=number, filing=filing)
        for name, number, filing in (
            ("Medicare Part B", "MB001", "MB"),
            ("Lakeshore Health", "LSH22", "CI"),
            ("State Compensation Fund", "SCF01", "WC"),
            ("Pinewood Plan", "PWP07", "HM"),
        )
    ]
    providers = [
        Provider(
            practice_id=practice_id,
            last=last,
            first=first,
            npi=npi,
            taxonomy="207Q00000X",
            profession="physician",
        )
        for last, first, npi in (("Okoye", "Chidi", "1234567893"), ("Salonen", "Aino", "1245319599"))
    ]
    db.session.add_all([*payers, *providers])
    db.session.flush()
    return [practice.payer.id, *(row.id for row in payers)], [practice.provider.id, *(row.id for row in providers)]


def _many(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Rows straight to the driver: SQLAlchemy's own conversion of every value would take most of the time."""
    table = model.metadata.tables[model.__tablename__]
    names = list(rows[0])
    given = {
        column.key: _kept(column.default.arg)
        for column in table.c
        if column.key not in names and column.default is not None and column.default.is_scalar
    }
    columns = ", ".join(f'"{name}"' for name in (*names, *given))
    marks = ", ".join("?" for _ in (*names, *given))
    db.session.connection().exec_driver_sql(
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
        [(*map(_kept, row.values()), *given.values()) for row in rows],
    )


def _kept(value: object) -> object:
    """A value as SQLAlchemy would have SQLite keep it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value)
    return json.dumps(value) if isinstance(value, dict) else value


class Policy(NamedTuple):
    """A patient and the policy that pays first; none for some."""

    patient_id: int
    coverage_id: int | None


def _patients(practice: Practice, size: Size, chance: random.Random, payers: list[int]) -> list[Policy]:
    practice_id, created = practice.row.id, datetime(2024, 1, 2, tzinfo=UTC)
    first = 1_000
    people, policies, found = [], [], []
    for number in range(size.patients):
        last, given = chance.choice(LASTS), chance.choice(FIRSTS)
        patient_id = first + number
        people.append(
            {
                "id": patient_id,
                "practice_id": practice_id,
                "chart_number": f"{patient_id:06d}",
                "last": last,
                "first": given,
                "name_key": f"{last} {given}".lower(),
                "birth": date(1930, 1, 1) + timedelta(days=chance.randrange(33_000)),
                "sex": chance.choice("FM"),
                "street": f"{number % 900 + 1} Alder Lane",
                "city": "Two Harbors",
                "state": "MN",
                "postal_code": "556160000",
                "created_at": created,
                "version": 1,
            }
        )
        covered = chance.random() > 0.04
        found.append(Policy(patient_id, patient_id if covered else None))
        if covered:
            policies.append(
                {
                    "id": patient_id,
                    "practice_id": practice_id,
                    "patient_id": patient_id,
                    "payer_id": chance.choice(payers),
                    "rank": "P",
                    "member_id": f"NLM{patient_id:09d}",
                    "filing": chance.choice(("CI", "CI", "MB", "WC", "HM")),
                    "relation": "18",
                    "assigns_benefits": "Y",
                    "release": "Y",
                }
            )
    _many(Patient, people)
    _many(Coverage, policies)
    return found


class Rows:
    """Visits, claims, facts and submissions, a slice at a time."""

    def __init__(
        self,
        practice: Practice,
        template: int,
        chance: random.Random,
        policies: list[Policy],
        providers: list[int],
    ) -> None:
        self.practice = practice
        self.chance = chance
        self.policies = policies
        self.providers = providers
        record = load(practice.actor("biller"), template)
        lines = [line | {"service": {"start": "1999-12-31", "end": None}} for line in record.coding["lines"]]
        self.coding = json.dumps(record.coding | {"coverage_id": "POLICY", "rendering_id": "PROVIDER", "lines": lines})
        """As text with places for what each claim has of its own."""
        self.total = record.total_cents
        self.digest = digest_of(practice, template)
        self.snapshot = to_json(assemble(record).claim)
        self.steps = [step for step in STEPS for _ in range(round(step[1] * 100))]
        billers = [practice.staff["biller"].id, practice.staff["manager"].id]
        self.hands = [None, None, *billers]

    def write(self, size: Size) -> None:
        """All of them, and a visit for each that nobody has coded."""
        gone = size.claims - size.here
        for start in range(0, size.claims, SLICE):
            numbers = range(start, min(start + SLICE, size.claims))
            days = [self._day(number, gone) for number in numbers]
            self._visits(numbers, days, claimed=True)
            self._claims(numbers, days, gone)
        self._submissions(gone)
        later = range(size.claims, size.claims + size.uncoded)
        days = [NOW.date() - timedelta(days=self.chance.randrange(20)) for _ in later]
        self._visits(later, days, claimed=False)

    def _day(self, number: int, gone: int) -> date:
        """What left is older than what has not."""
        if number < gone:
            return date(2024, 1, 2) + timedelta(days=number * 800 // gone)
        return NOW.date() - timedelta(days=self.chance.randrange(60))

    def _id(self, number: int) -> int:
        return 1_000 + number

    def _visits(self, numbers: range, days: list[date], *, claimed: bool) -> None:
        practice = self.practice
        rows = [
            {
                "id": self._id(number),
                "practice_id": practice.row.id,
                "patient_id": self._policy(number).patient_id,
                "location_id": practice.location.id,
                "provider_id": self.providers[number % len(self.providers)],
                "on": on,
                "reason": "blood pressure",
                "department": "medical",
                "claimed": claimed,
                "created_at": datetime(on.year, on.month, on.day, 16, tzinfo=UTC),
            }
            for number, on in zip(numbers, days, strict=True)
        ]
        _many(Visit, rows)
        notes = [
            {
                "practice_id": practice.row.id,
                "visit_id": row["id"],
                "section": "assessment",
                "text": "Essential hypertension, above goal.",
                "author_id": practice.staff["provider"].id,
                "written_at": row["created_at"],
            }
            for row in rows
        ]
        _many(Note, notes)
        acts = [
            {
                "practice_id": practice.row.id,
                "visit_id": row["id"],
                "system": "cpt",
                "code": "99213",
                "words": "visit",
                "quantity": 1,
            }
            for row in rows
        ]
        _many(VisitAct, acts)

    def _policy(self, number: int) -> Policy:
        return self.policies[number * 7919 % len(self.policies)]

    def _claims(self, numbers: range, days: list[date], gone: int) -> None:
        practice_id, made = self.practice.row.id, list(self._made(numbers, days, gone))
        _many(ClaimRecord, [row for row, _facts in made])
        _many(
            ClaimVisit,
            [{"practice_id": practice_id, "claim_id": row["id"], "visit_id": row["id"]} for row, _facts in made],
        )
        _many(Fact, [fact for _row, facts in made for fact in facts])
        _many(
            JournalAct,
            [
                {
                    "practice_id": practice_id,
                    "at": row["created_at"],
                    "actor_id": self.practice.staff["biller"].id,
                    "act": "claim.code",
                    "thing": "claim",
                    "thing_id": row["id"],
                    "detail": "claim.opened",
                    "mac": "0" * 64,
                }
                for row, _facts in made
            ],
        )

    def _made(
        self, numbers: range, days: list[date], gone: int
    ) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        for number, on in zip(numbers, days, strict=True):
            left = number < gone
            preparation, _part, returned = ("signed", 0, False) if left else self.chance.choice(self.steps)
            policy, rendering = self._policy(number), self.providers[number % len(self.providers)]
            coding = (
                self.coding.replace('"POLICY"', json.dumps(policy.coverage_id))
                .replace('"PROVIDER"', str(rendering))
                .replace("1999-12-31", on.isoformat())
            )
            opened = datetime(on.year, on.month, on.day, 17, tzinfo=UTC)
            due = on + timedelta(days=90) if policy.coverage_id else None
            row = {
                "id": self._id(number),
                "practice_id": self.practice.row.id,
                "number": str(10_000 + self._id(number)),
                "kind": "professional",
                "patient_id": policy.patient_id,
                "coverage_id": policy.coverage_id,
                "rendering_id": rendering,
                "service_on": on,
                "coding": coding,
                "preparation": preparation,
                "journey": "sent" if left else "none",
                "adjudication": "none",
                "owes": "payer",
                "total_cents": self.total,
                "blocks": 0 if left or self.chance.random() < 0.8 else 1,
                "warnings": 0 if left or self.chance.random() < 0.8 else 1,
                "digest": None if preparation == "coding" else self.digest,
                "assigned_to_id": None if left else self.chance.choice(self.hands),
                "due_on": due,
                "returned": returned,
                "stopped": {"what": "Findings hold claim %(number)s.", "params": {"number": str(number)}}
                if not left and preparation == "signed" and self.chance.random() < 0.1
                else None,
                "sequence": 1,
                "created_at": opened,
                "changed_at": opened,
            }
            yield row, self._facts(row, coding)

    def _facts(self, row: dict[str, Any], coding: str) -> list[dict[str, Any]]:
        """How it was opened; of what has not left, each step after it too."""
        body = {
            "number": row["number"],
            "kind": row["kind"],
            "patient_id": row["patient_id"],
            "service_on": row["service_on"].isoformat(),
            "visits": [row["id"]],
            "coding": "CODING",
            "blocks": row["blocks"],
            "warnings": row["warnings"],
            "due_on": row["due_on"].isoformat() if row["due_on"] else None,
        }
        told: list[tuple[str, Any]] = [("claim.opened", json.dumps(body).replace('"CODING"', coding))]
        held = as_json(Held(digest=self.digest))
        if row["journey"] == "none":
            told += {
                "coding": [("claim.coded", held), ("claim.returned", {})] if row["returned"] else [],
                "coded": [("claim.coded", held)],
                "reviewed": [("claim.coded", held), ("claim.reviewed", held)],
                "signed": [("claim.coded", held), ("claim.reviewed", held), ("claim.signed", held)],
            }[row["preparation"]]
        row["sequence"] = len(told)
        return [
            {
                "practice_id": row["practice_id"],
                "thing": "claim",
                "thing_id": row["id"],
                "sequence": sequence,
                "type": type_,
                "version": LATEST[type_],
                "at": row["created_at"] + timedelta(minutes=sequence),
                "actor_id": self.practice.staff["biller"].id,
                "reason": "the diagnosis is not the one of the note" if type_ == "claim.returned" else None,
                "body": said,
            }
            for sequence, (type_, said) in enumerate(told, 1)
        ]

    def _submissions(self, gone: int) -> None:
        """What left, in files of two hundred; the last of them with the whole text of its claims."""
        practice_id, staff = self.practice.row.id, self.practice.staff["biller"].id
        files = range(-(-gone // BATCH))
        _many(
            Submission,
            [
                {
                    "id": index + 1,
                    "practice_id": practice_id,
                    "form": "837p",
                    "control_number": index + 1,
                    "file_name": f"837p-{index + 1:09d}.edi",
                    "body": b"ISA*00*          *00*          *ZZ*NORTHLAKE",
                    "sha256": hashlib.sha256(str(index).encode()).hexdigest(),
                    "actor_id": staff,
                    "at": datetime(2024, 1, 3, tzinfo=UTC) + timedelta(hours=index * 20),
                }
                for index in files
            ],
        )
        for start in range(0, gone, SLICE):
            _many(
                SubmittedClaim,
                [
                    {
                        "practice_id": practice_id,
                        "submission_id": number // BATCH + 1,
                        "claim_id": self._id(number),
                        "snapshot": self.snapshot if number // BATCH + 1 == len(files) else b"{}",
                        "digest": self.digest,
                    }
                    for number in range(start, min(start + SLICE, gone))
                ],
            )


def main() -> None:
    """Build one and say where it is."""
    size = Size(*(int(text) for text in sys.argv[1:3])) if len(sys.argv) > 2 else FULL
    path, seconds = build(size)
    sys.stdout.write(f"{path} {path.stat().st_size / 1e6:.0f} MB, {seconds:.1f} s of the processor\n")


if __name__ == "__main__":
    main()
