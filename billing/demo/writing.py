"""What the demo leaves under out/: the records as they came, every file that left, every claim in each of its forms."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import undefer

from billing.demo.day import claims
from billing.demo.record import bundle, visits
from billing.domain.canonical import from_json
from billing.models import Submission
from billing.services.claim_value import claim_of
from billing.services.forms import FORMS, sent_claim
from clinic.base import db
from clinic.fhir.json import dumps


def write(practice_id: int, folder: Path) -> Iterator[Path]:
    """Write the demo's files; gives the path of each as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    submissions = select(Submission).where(Submission.practice_id == practice_id).options(undefer(Submission.body))
    for submission in db.session.scalars(submissions):
        yield _put(folder / submission.file_name, submission.body)
    (folder / "records").mkdir(exist_ok=True)
    for number, visit in enumerate(visits(), 1):
        yield _put(folder / "records" / f"{number:02d}-{visit['who']}.json", dumps(bundle(visit), indent=1))
    for record in claims(practice_id):
        kept = sent_claim(record)
        claim = from_json(kept) if kept else claim_of(record)
        if claim is None or record.preparation == "coding":
            continue  # not a claim yet, or one that is blocked and cannot be written
        for form in FORMS.values():
            yield _put(folder / f"{record.number}-{form.file_name}", form.make(claim, record))


def _put(path: Path, body: bytes) -> Path:
    """By temp and rename: nobody ever sees half of it (law 15)."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}", delete=False) as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    return path
