"""Importing in a line, and looking at what it left."""

from sqlalchemy import func, select

from clinic.base import db
from clinic.fhir.importer.bundle import read_batch
from clinic.services.import_bundle import import_bundle
from tests.clinic.fhir.importer.records import text


def take(actor, value, known=None, name="a.json"):
    """Import a value and give the four counts and what was told."""
    raw = value if isinstance(value, bytes) else text(value)
    outcome = import_bundle(actor, read_batch(raw, name), known)
    return (outcome.created, outcome.updated, outcome.unchanged, outcome.refused), outcome.remarks


def rows(model):
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model))


def only(model):
    """The only row of a table."""
    db.session.expire_all()
    return db.session.scalars(select(model)).one()
