"""A folder of records as another system would write it: people, visits, problems, acts, notes, policies."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LASTS = ("Abara", "Brandt", "Castillo", "Dufour", "Eriksen", "Farouk", "Greco", "Hale", "Ibarra", "Jovanovic")


def write(folder: Path, people: int) -> Path:
    """A transaction bundle, a collection bundle and an NDJSON file, a third of the people each."""
    folder.mkdir(parents=True)
    parts = [list(range(start, people, 3)) for start in range(3)]
    for kind, numbers in zip(("transaction", "collection"), parts, strict=False):
        entries = [entry for number in numbers for entry in _entries(number, asked=kind == "transaction")]
        bundle = {"resourceType": "Bundle", "type": kind, "entry": entries}
        (folder / f"{kind}.json").write_text(json.dumps(bundle), "utf-8")
    lines = [json.dumps(resource) for number in parts[2] for resource in _resources(number)]
    (folder / "rest.ndjson").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _entries(number: int, *, asked: bool) -> Iterator[dict[str, Any]]:
    for resource in _resources(number):
        name = f"{resource['resourceType']}/{resource['id']}"
        entry = {"fullUrl": f"https://old.example/{name}", "resource": resource}
        yield entry | ({"request": {"method": "PUT", "url": name}} if asked else {})


def _resources(number: int) -> Iterator[dict[str, Any]]:
    patient, visit = f"p{number}", f"v{number}"
    subject, encounter = {"reference": f"Patient/{patient}"}, {"reference": f"Encounter/{visit}"}
    on = f"2026-04-{number % 28 + 1:02d}T15:00:00Z"
    yield {
        "resourceType": "Patient",
        "id": patient,
        "identifier": [{"system": "https://old.example/charts", "value": f"C{number:05d}"}],
        "name": [{"family": LASTS[number % 10], "given": [f"Given{number}"]}],
        "gender": "female" if number % 2 else "male",
        "birthDate": f"{1940 + number % 60}-0{number % 9 + 1}-1{number % 10}",
    }
    yield {
        "resourceType": "Encounter",
        "id": visit,
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": subject,
        "period": {"start": on, "end": on},
    }
    yield {
        "resourceType": "Condition",
        "id": f"c{number}",
        "subject": subject,
        "encounter": encounter,
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"}]},
    }
    yield {
        "resourceType": "Procedure",
        "id": f"x{number}",
        "status": "completed",
        "subject": subject,
        "encounter": encounter,
        "performedDateTime": on,
        "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
    }
    yield {
        "resourceType": "DocumentReference",
        "id": f"d{number}",
        "status": "current",
        "subject": subject,
        "context": {"encounter": [encounter]},
        "date": on,
        "content": [
            {"attachment": {"contentType": "text/plain", "data": base64.b64encode(f"Note {number}.".encode()).decode()}}
        ],
    }
