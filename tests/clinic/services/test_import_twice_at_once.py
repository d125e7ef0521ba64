"""Two who import the same file at the same instant: each thing comes in once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from clinic.base import db
from clinic.fhir.importer.bundle import read_batch
from clinic.models import ForeignResource, Patient, Payer, Visit
from clinic.services.import_bundle import import_bundle
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle, text


def test_the_same_file_at_once_comes_in_once(app, practice):
    actor = practice.actor("biller")
    payers = db.session.scalar(select(func.count()).select_from(Payer))
    db.session.rollback()
    batch = read_batch(text(bundle()), "a.json")
    start = threading.Barrier(4)

    def take(_):
        with app.app_context():
            start.wait(10)
            return import_bundle(actor, batch)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(take, range(4)))
    assert sum(outcome.created for outcome in outcomes) == len(own.ALL)
    assert sum(outcome.unchanged for outcome in outcomes) == 3 * len(own.ALL)
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Patient, Visit, ForeignResource)]
    assert counts == [1, 1, len(own.ALL)]
    assert db.session.scalar(select(func.count()).select_from(Payer)) == payers + 1
