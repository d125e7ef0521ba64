"""Files of results as the demo's laboratory sends them: one FHIR bundle or HL7 v2 message a report, taken in as any."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select

from clinic.base import db
from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.demo.people import provider_of
from lab.demo.plan import Plan, bench, reports
from lab.models import LabOrder, OrderLine, Specimen, SpecimenTest
from lab.services.plan_containers import facts_of
from lab.services.review_result import review_result
from lab.services.take_report import take_files

Resource = dict[str, Any]
Row = list[str]
"""Of a report: name, LOINC, value, unit, usual range, flag; the last ones may be blank."""


def take_reports(actor: Actor, now: datetime) -> int:
    """Take in what the laboratory sent until now, each file at its time; gives how many were matched."""
    place = db.session.scalars(select(Location).where(Location.practice_id == actor.practice_id)).first()
    zone = ZoneInfo(place.time_zone if place else "UTC")
    matched = 0
    for number, plan in enumerate(reports(), 1):
        at = plan["at"].replace(tzinfo=zone)
        line = _line(actor, plan)
        if at > now or (line is None and "who" in plan):
            continue
        said = _said(plan, line, at, number)
        with running_from(at):
            (taken,) = take_files(actor, [(f"LRL-{number:04d}", WRITERS[plan["form"]](said))])
        matched += taken.state == "matched"
        if taken.result_id is not None and plan.get("reviewed") and line is not None and line.order.visit:
            with running_from(at + timedelta(hours=1)):
                review_result(provider_of(line.order.visit), taken.result_id)
    return matched


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says, in whatever form."""

    control: str
    at: datetime
    last: str
    first: str
    birth: date
    sex: str
    loinc: str
    name: str
    values: list[Row]
    order: str | None = None
    container: str | None = None
    collected: datetime | None = None


def _line(actor: Actor, plan: Plan) -> OrderLine | None:
    """The line that a report of the file is about: the only one of that test ordered that day for that patient."""
    if "who" not in plan:
        return None
    last, first = plan["who"]
    wanted = (
        select(OrderLine)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .where(OrderLine.practice_id == actor.practice_id, OrderLine.test_key == plan["test"])
        .where(LabOrder.ordered_on == plan["on"], LabOrder.patient.has(last=last, first=first))
    )
    return db.session.scalars(wanted).one_or_none()


def _said(plan: Plan, line: OrderLine | None, at: datetime, number: int) -> _Said:
    control, values = f"LRL-{number:04d}", plan["values"]
    if line is None:
        return _Said(control=control, at=at, values=values, **plan["stranger"])
    patient, facts = line.order.patient, facts_of(line)
    tube = db.session.scalars(
        select(Specimen)
        .join(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
        .where(SpecimenTest.line_id == line.id, Specimen.state == "received")
        .order_by(Specimen.id)
    ).first()
    return _Said(
        control=control,
        at=at,
        last=patient.last,
        first=patient.first or "",
        birth=patient.birth or at.date(),
        sex=patient.sex or "",
        loinc=facts.loinc or "",
        name=facts.name,
        values=values,
        order=line.order.number,
        container=tube.number if tube else None,
        collected=tube.collected_at if tube else None,
    )


def as_hl7(said: _Said) -> bytes:
    """An ORU^R01 of version 2.5.1 with one order in it."""
    sender = bench()["laboratories"][0]
    head = (
        "MSH",
        "^~\\&",
        "LAKESIDE",
        f"LRL^{sender['clia']}^CLIA",
        "CABINET",
        "",
        _stamp(said.at),
        "",
        "ORU^R01^ORU_R01",
    )
    patient = ("PID", "1", "", "", "", f"{_plain(said.last)}^{_plain(said.first)}", "", f"{said.birth:%Y%m%d}")
    test = f"{said.loinc}^{_plain(said.name)}^LN"
    request = ("OBR", "1", said.order or "", said.control, test, "", "", _stamp(said.collected), *[""] * 14)
    segments = [
        (*head, said.control, "P", "2.5.1", *[""] * 5, "UNICODE UTF-8"),
        (*patient, said.sex[:1].upper()),
        ("ORC", "RE", said.order or ""),
        (*request, _stamp(said.at), "", "", "F"),
        *(_value(place, row) for place, row in enumerate(said.values, 1)),
        *([("SPM", "1", said.container)] if said.container else []),
    ]
    return "".join("|".join(segment) + "\r" for segment in segments).encode()


def _value(place: int, row: Row) -> tuple[str, ...]:
    name, loinc, value, unit, usual, flag = row
    kind, system = "NM" if _number(value) else "ST", "LN" if loinc else "L"
    test = f"{loinc}^{_plain(name)}^{system}"
    return ("OBX", str(place), kind, test, "", _plain(value), _plain(unit), usual, flag or "N", "", "", "F")


def as_fhir(said: _Said) -> bytes:
    """A collection bundle: the DiagnosticReport with its patient, specimen and observations."""
    results = [_observation(said, place, row) for place, row in enumerate(said.values, 1)]
    patient: Resource = {
        "resourceType": "Patient",
        "id": "patient",
        "name": [{"family": said.last, "given": [said.first]}],
        "birthDate": said.birth.isoformat(),
        "gender": {"F": "female", "M": "male"}.get(said.sex[:1].upper(), "unknown"),
    }
    specimen: Resource = {
        "resourceType": "Specimen",
        "id": "specimen",
        "identifier": [{"value": said.container}],
        "collection": {"collectedDateTime": (said.collected or said.at).isoformat()},
    }
    report: Resource = {
        "resourceType": "DiagnosticReport",
        "id": "report",
        "identifier": [{"system": "https://lakeside.example/reports", "value": said.control}],
        "basedOn": [{"identifier": {"system": "https://cabinet.example/order", "value": said.order}}],
        "status": "final",
        "code": _coding(said.loinc, said.name),
        "subject": {"reference": "urn:demo:patient"},
        "issued": said.at.isoformat(),
        "performer": [{"display": bench()["laboratories"][0]["name"]}],
        "specimen": [{"reference": "urn:demo:specimen"}],
        "result": [{"reference": f"urn:demo:{each['id']}"} for each in results],
    }
    entries = [
        {"fullUrl": f"urn:demo:{each['id']}", "resource": each} for each in (report, patient, specimen, *results)
    ]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _observation(said: _Said, place: int, row: Row) -> Resource:
    name, loinc, value, unit, usual, flag = row
    told: Resource = (
        {
            "valueQuantity": {
                "value": _as_number(value),
                "unit": unit,
                "system": "http://unitsofmeasure.org",
                "code": unit,
            }
        }
        if _number(value)
        else {"valueString": value}
    )
    return {
        "resourceType": "Observation",
        "id": f"value{place}",
        "status": "final",
        "code": _coding(loinc, name),
        "effectiveDateTime": (said.collected or said.at).isoformat(),
        **told,
        **({"referenceRange": [{"text": usual}]} if usual else {}),
        **({"interpretation": [{"coding": [{"code": flag}]}]} if flag else {}),
    }


def _coding(loinc: str, name: str) -> Resource:
    return {"coding": [{"system": "http://loinc.org", "code": loinc}], "text": name} if loinc else {"text": name}


def _number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _as_number(value: str) -> int | float:
    return int(value) if value.isdecimal() else float(value)


def _stamp(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%Y%m%d%H%M%S%z")


def _plain(text: str) -> str:
    """Without the signs that HL7 divides by: the demo's own words need none of them."""
    return "".join(letter for letter in text if letter not in "|^~\\&\r\n")


WRITERS = {"hl7v2": as_hl7, "fhir": as_fhir}
