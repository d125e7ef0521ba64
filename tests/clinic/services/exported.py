"""Exporting in a line, taking what was written in elsewhere, and looking at the rows."""

import json
from pathlib import Path

from sqlalchemy import select

from clinic.base import db
from clinic.fhir.importer.bundle import read_batch
from clinic.fhir.importer.reading import ORDER
from clinic.services.export_records import export_records
from clinic.services.import_bundle import import_bundle
from clinic.services.importing.outcome import Outcome
from clinic.services.importing.references import Known

HERE = {"id", "practice_id", "created_at", "version", "received_at"}
"""Columns that say where a row is kept and since when."""


def export(actor, out: Path, *types: str) -> dict[str, list]:
    """The resources written, by type."""
    export_records(actor, out, types)
    return {path.stem: [json.loads(line) for line in path.read_text().splitlines()] for path in sorted(out.iterdir())}


def take_folder(actor, folder: Path) -> Outcome:
    """Take the files of a folder in, as ``flask fhir import`` does."""
    known, total = Known(), Outcome()
    for file in sorted(folder.iterdir(), key=lambda path: ORDER.get(path.stem, len(ORDER))):
        total.add(import_bundle(actor, read_batch(file.read_bytes(), str(file)), known))
    return total


def values(model, practice_id: int, *without: str) -> list[dict]:
    """What the rows of a practice's table say, in the order of their ids, without what they link to."""
    db.session.rollback()
    rows = db.session.scalars(select(model).where(model.practice_id == practice_id).order_by(model.id))
    dropped = HERE | set(without)
    return [
        {
            column.name: getattr(row, column.name)
            for column in model.__table__.columns
            if column.name not in dropped and not (column.foreign_keys or column.name.endswith("_id"))
        }
        for row in rows
    ]


def dump(value) -> str:
    """A value as text, whatever it holds: for comparing in any order."""
    return json.dumps(value, sort_keys=True, default=str)
