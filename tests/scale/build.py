"""A large practice in one database file: patients, visits, claims and what left, written straight into the tables.

``python -m tests.scale.build [PATIENTS CLAIMS]`` makes it, or says where it is already. What one claim says is made by
the house's own services on one patient; the others are that claim with ids, numbers and days of their own, so that
every screen finds what it would find. The file is kept under .cache/, named by the migrations and by what writes it.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from clinic.base import db
from clinic.models import Coverage, Patient, Payer, Provider
from tests.billing.services.steps import coded_claim
from tests.fixtures.codes import lend_codes
from tests.fixtures.people import Practice, make_practice
from tests.fixtures.words import lend_words
from tests.scale.rows import NOW, Policy, Rows, Size
from tests.scale.tables import many

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 20260506
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


SMALL, FULL = Size(1_000, 10_000), Size(20_000, 200_000)


def kept(size: Size) -> Path:
    """Where the file of a size is, once it is built."""
    made_from = hashlib.sha256(Path(__file__).read_bytes())
    made_from.update((Path(__file__).parent / "rows.py").read_bytes())
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
        lend_words(instance)
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
    many(Patient, people)
    many(Coverage, policies)
    return found


def main() -> None:
    """Build one and say where it is."""
    size = Size(*(int(text) for text in sys.argv[1:3])) if len(sys.argv) > 2 else FULL
    path, seconds = build(size)
    sys.stdout.write(f"{path} {path.stat().st_size / 1e6:.0f} MB, {seconds:.1f} s of the processor\n")


if __name__ == "__main__":
    main()
