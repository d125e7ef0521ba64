"""The demo's records: what its files say of a person and a visit, as the FHIR bundle another system would send."""

from __future__ import annotations

import base64
import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from clinic.domain.code import CDT, ICD10CM, procedure
from clinic.fhir.systems import code_address
from clinic.settings import ROOT

FOLDER = ROOT / "reference" / "demo"

_NAMES = uuid.UUID("6f0c9d3e-0d5f-4b0e-9f59-0c3f4f5b7a10")
"""What the addresses of the demo's resources are made from, so that they are the same every time."""
_CDT = re.compile(r"D\d{4}")
_HL7 = "http://terminology.hl7.org/CodeSystem/"
_SECTIONS = (
    ("says", "What the patient says"),
    ("seen", "What was seen"),
    ("means", "What it means"),
    ("done", "What was done"),
)

Resource = dict[str, Any]


def visits() -> list[dict[str, Any]]:
    """All visits of the demo by day and hour, each with the provider of its file where it names none."""
    found: list[dict[str, Any]] = []
    for path in sorted((FOLDER / "visits").glob("*.toml")):
        plan = tomllib.loads(path.read_text("utf-8"))
        found += [{"by": plan.get("by")} | visit for visit in plan["visits"]]
    return sorted(found, key=lambda visit: (visit["at"], visit["who"]))


@cache
def practice() -> dict[str, Any]:
    """The practice as its file has it."""
    return tomllib.loads((FOLDER / "practice.toml").read_text("utf-8"))


@cache
def _people() -> dict[str, dict[str, Any]]:
    plan = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))
    return {row["key"]: row for row in (*plan["people"], *plan["holders"])}


def name_of(who: str) -> list[str]:
    """Last name, first name and what else somebody of the demo is called."""
    found: list[str] = _people()[who]["name"]
    return found


def act_code(value: str) -> tuple[str, str]:
    """System and value of an act's code: ``system|value``, else CDT, HCPCS or CPT by its shape."""
    system, bar, bare = value.partition("|")
    if bar:
        return system, bare
    if _CDT.fullmatch(value):
        return CDT, value
    return procedure(value).system, value


def bundle(visit: dict[str, Any]) -> Resource:
    """A visit with all it refers to, as a transaction bundle."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": _address(resource),
                "resource": {**resource, "id": _address(resource).removeprefix("urn:uuid:")},
                "request": {"method": "POST", "url": resource["resourceType"]},
            }
            for resource in _resources(visit)
        ],
    }


def _resources(visit: dict[str, Any]) -> Iterator[Resource]:
    person = _people()[visit["who"]]
    patient, practitioner, place = _patient(person), _practitioner(visit["by"]), _place(visit)
    yield patient
    yield practitioner
    yield place
    for rank, policy in enumerate(person.get("policies", ()), 1):
        payer = _payer(policy["payer"])
        holder = _holder(_people()[policy["holder"]], patient) if "holder" in policy else None
        yield payer
        if holder:
            yield holder
        yield _coverage(policy, rank, patient, payer, holder)
    encounter = _encounter(visit, patient, practitioner, place)
    yield encounter
    at = {"subject": _refer(patient), "encounter": _refer(encounter)}
    key, begun = _key(visit), _moment(visit)
    for number, (code, words) in enumerate(visit["problems"], 1):
        yield (
            _named("Condition", "problem", f"{key}-{number}")
            | at
            | {
                "clinicalStatus": _concept(f"{_HL7}condition-clinical", "active"),
                "code": _coded(*_problem_code(code), words),
                "recordedDate": begun[:10],
            }
        )
    for number, (code, words) in enumerate(visit["acts"], 1):
        yield (
            _named("Procedure", "act", f"{key}-{number}")
            | at
            | {
                "status": "completed",
                "code": _coded(*act_code(code), words),
                "performedDateTime": begun,
            }
        )
    for number, (words, value, *unit) in enumerate(visit.get("findings", ()), 1):
        yield (
            _named("Observation", "finding", f"{key}-{number}")
            | at
            | {
                "status": "final",
                "code": {"text": words},
                "effectiveDateTime": begun,
                **_measured(value, unit),
            }
        )
    yield _note(visit, patient, encounter)


def _patient(person: Resource) -> Resource:
    return _named("Patient", "front-desk", person["key"]) | _demographics(person) | _telephone(person)


def _demographics(person: Resource) -> Resource:
    last, *given = person["name"]
    street, city, *postal_code = person["address"]
    address = {"line": [street], "city": city, "state": "MN"}
    return {
        "name": [{"family": last, "given": given}],
        "gender": person["sex"],
        "birthDate": person["birth"].isoformat(),
        "address": [address | {"postalCode": postal_code[0]} if postal_code else address],
    }


def _telephone(person: Resource) -> Resource:
    return {"telecom": [{"system": "phone", "value": person["phone"]}]} if "phone" in person else {}


def _practitioner(username: str) -> Resource:
    member = next(row for row in practice()["staff"] if row["username"] == username)
    return {
        "resourceType": "Practitioner",
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": member["provider"]["npi"]}],
        "name": [{"family": member["last"], "given": [member["first"]]}],
    }


def _place(visit: dict[str, Any]) -> Resource:
    """One of ours by its name, or somebody else's place where the visit was ``elsewhere``."""
    name = visit.get("elsewhere") or _location(visit)["name"]
    return _named("Organization", "place", name) | {
        "name": name,
        "type": [_concept(f"{_HL7}organization-type", "prov")],
    }


def _location(visit: dict[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = practice()["locations"]
    return next((row for row in rows if row["key"] == visit.get("place")), rows[0])


def _payer(key: str) -> Resource:
    name = next(row["name"] for row in practice()["payers"] if row["key"] == key)
    return _organization("payer", name, "pay")


def _organization(what: str, name: str, kind: str) -> Resource:
    return _named("Organization", what, name) | {"name": name, "type": [_concept(f"{_HL7}organization-type", kind)]}


def _holder(person: Resource, patient: Resource) -> Resource:
    return _named("RelatedPerson", "holder", person["key"]) | {"patient": _refer(patient)} | _demographics(person)


def _coverage(policy: Resource, rank: int, patient: Resource, payer: Resource, holder: Resource | None) -> Resource:
    classes = [
        {"type": _concept(f"{_HL7}coverage-class", kind), "value": policy[kind]}
        for kind in ("group", "plan")
        if kind in policy
    ]
    return _named("Coverage", "card", policy["member"]) | {
        "status": "active",
        "order": rank,
        "subscriberId": policy["member"],
        "beneficiary": _refer(patient),
        "relationship": _concept(f"{_HL7}subscriber-relationship", policy.get("relation", "self")),
        "payor": [_refer(payer)],
        **({"class": classes} if classes else {}),
        **({"subscriber": _refer(holder)} if holder else {}),
    }


def _encounter(visit: dict[str, Any], patient: Resource, practitioner: Resource, place: Resource) -> Resource:
    return _named("Encounter", "visit", _key(visit)) | {
        "status": "finished",
        "class": {"system": f"{_HL7}v3-ActCode", "code": "AMB"},
        "subject": _refer(patient),
        "participant": [{"individual": _refer(practitioner)}],
        "period": {"start": _moment(visit), "end": _moment(visit, visit["minutes"])},
        "reasonCode": [{"text": visit["reason"]}],
        "serviceProvider": _refer(place) | {"display": place["name"]},
    }


def _note(visit: dict[str, Any], patient: Resource, encounter: Resource) -> Resource:
    text = "\n\n".join(f"{heading}\n{visit[part]}" for part, heading in _SECTIONS)
    return _named("DocumentReference", "note", _key(visit)) | {
        "status": "current",
        "docStatus": "final",
        "type": {"text": "Visit note"},
        "subject": _refer(patient),
        "date": _moment(visit, visit["minutes"]),
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "data": base64.b64encode(f"{text}\n".encode()).decode(),
                }
            }
        ],
        "context": {"encounter": [_refer(encounter)]},
    }


def _measured(value: str, unit: list[str]) -> Resource:
    if not unit:
        return {"valueString": value}
    return {"valueQuantity": {"value": float(value), "unit": unit[0]}}


def _problem_code(value: str) -> tuple[str, str]:
    system, bar, bare = value.partition("|")
    return (system, bare) if bar else (ICD10CM, value)


def _coded(system: str, value: str, words: str) -> Resource:
    return _concept(code_address(system), value) | {"text": words}


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _named(kind: str, what: str, value: str) -> Resource:
    return {"resourceType": kind, "identifier": [{"system": f"urn:demo:{what}", "value": value}]}


def _key(visit: dict[str, Any]) -> str:
    return f"{visit['who']}-{visit['at']:%m%d%H%M}"


def _moment(visit: dict[str, Any], minutes: int = 0) -> str:
    zone = ZoneInfo(_location(visit)["time_zone"])
    begun: datetime = visit["at"].replace(tzinfo=zone)
    return (begun + timedelta(minutes=minutes)).isoformat()


def _address(resource: Resource) -> str:
    named = resource["identifier"][0]
    known_by = " ".join((resource["resourceType"], named["system"], named["value"]))
    return f"urn:uuid:{uuid.uuid5(_NAMES, known_by)}"


def _refer(resource: Resource) -> Resource:
    return {"reference": _address(resource)}
