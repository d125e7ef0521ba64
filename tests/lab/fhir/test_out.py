"""Specimens, orders, reports and packages go out as sound FHIR R4."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from clinic.base import db
from clinic.fhir import check, r4
from clinic.fhir.json import dumps, loads
from clinic.services.export_records import export_records
from lab.domain.catalogue import TestFacts
from lab.models import Laboratory, LabOrder, LabResult, OrderLine, Package, PackageItem
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.do_step import end_step, start_step
from lab.services.reject import reject
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient, make_visit
from tests.lab.things import plan_container

DRAWN = NOW - timedelta(hours=1)


@pytest.fixture
def full(practice):
    """A row of each kind."""
    who = practice.actor("assistant")
    visit = make_visit(practice, make_patient(practice), NOW.date())
    home = {"practice_id": practice.row.id}
    laboratory = Laboratory(**home, name="Lakeside Reference")
    facts = TestFacts(
        key="cmp",
        name="metabolic panel",
        category="chemistry",
        settings=("poc",),
        specimen="Serum",
        container="sst",
        loinc="24323-8",
    )
    order = LabOrder(
        **home,
        number="R000001",
        patient_id=visit.patient_id,
        visit_id=visit.id,
        provider_id=practice.provider.id,
        location_id=practice.location.id,
        ordered_on=NOW.date(),
        state="signed",
        sequence=1,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add_all([laboratory, order])
    db.session.flush()
    line = OrderLine(
        **home,
        order_id=order.id,
        position=1,
        test_key="cmp",
        in_house=True,
        state="final",
        diagnoses=["E119"],
        answers={"biotin": "no"},
        facts=msgspec.to_builtins(facts),
        changed_at=NOW,
    )
    db.session.add(line)
    db.session.commit()
    tube = plan_container(practice, visit.patient, visit=visit)
    spoiled = plan_container(practice, visit.patient, visit=visit)
    for each in (tube, spoiled):
        collect(who, each.id, DRAWN, volume_ul=5000, method="venipuncture", site="left arm")
    start_step(who, tube.id, "spin", DRAWN + timedelta(minutes=31), g=1300)
    end_step(who, tube.id, "spin", DRAWN + timedelta(minutes=42))
    aliquot(who, tube.id, 1500, DRAWN + timedelta(minutes=45))
    reject(who, spoiled.id, "RH", "red")
    package = Package(
        **home,
        number="P0001",
        laboratory_id=laboratory.id,
        location_id=practice.location.id,
        state="handed_over",
        standing={},
        handed_over_at=NOW,
        sequence=1,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add(package)
    db.session.flush()
    result = LabResult(
        **home,
        line_id=line.id,
        patient_id=visit.patient_id,
        specimen_id=tube.id,
        version=1,
        status="final",
        in_house=True,
        values=[
            {"analyte": "glucose", "value": "5.4", "unit": "mmol/L", "range": "3.9-5.5", "flag": "N"},
            {"analyte": "hemolysis", "value": "none seen"},
        ],
        performed_at=NOW,
        reported_at=NOW,
        source="bench",
    )
    db.session.add_all([PackageItem(**home, package_id=package.id, specimen_id=tube.id), result])
    db.session.commit()
    return tube


def test_each_kind_goes_out_sound(practice, full, tmp_path) -> None:
    done = {each.type: each.count for each in export_records(practice.actor("manager"), tmp_path / "out")}
    assert {kind: done[kind] for kind in ("ServiceRequest", "Specimen", "DiagnosticReport", "Task")} == {
        "ServiceRequest": 1,
        "Specimen": 3,
        "DiagnosticReport": 1,
        "Task": 1,
    }
    for kind in ("ServiceRequest", "Specimen", "DiagnosticReport", "Task"):
        for line in (tmp_path / "out" / f"{kind}.ndjson").read_bytes().splitlines():
            resource = loads(line)
            assert [*r4.faults(resource), *check.check(resource)] == [], dumps(resource)


def test_an_aliquot_names_its_parent_and_a_rejected_one_is_unsatisfactory(practice, full, tmp_path) -> None:
    export_records(practice.actor("manager"), tmp_path / "out", ("Specimen",))
    lines = [loads(line) for line in (tmp_path / "out" / "Specimen.ndjson").read_bytes().splitlines()]
    by_number = {each["accessionIdentifier"]["value"]: each for each in lines}
    child = by_number[f"{full.number}-1"]
    assert child["parent"] == [{"reference": f"Specimen/specimen-{full.id}"}]
    assert {each["status"] for each in lines} == {"available", "unsatisfactory"}
    assert by_number[full.number]["processing"][0]["description"] == "spin, 1300 g"
