"""The door: models by an allow-list, imported late, and the rules they let pass."""

import subprocess
import sys

import pytest
from hypothesis import given, settings

from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.check import REQUIRED_CODES, check
from clinic.fhir.r4 import TYPES, Fault, faults, model
from tests.clinic.fhir.jsons import anything, mutated
from tests.counts import count

PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "name": [{"family": "Roe", "given": ["Ana"]}],
    "gender": "female",
    "birthDate": "1980-02-03",
    "managingOrganization": {"reference": "Organization/1"},
}


def test_nothing_of_fhir_is_imported_before_a_resource_is_judged():
    code = (
        "import sys, clinic.fhir.r4, clinic.fhir.check, clinic.fhir.elements, billing.fhir.claim;"
        "sys.exit(any(name.split('.')[0] in ('fhir', 'pydantic') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", ["claim", "fhirtypes", "..patient", "", "SubscriptionStatus", "os"])
def test_a_type_outside_the_list_is_never_looked_up(name):
    assert name not in TYPES
    with pytest.raises(Refused):
        model(name)


def test_the_model_is_r4s_and_made_once():
    assert model("Patient") is model("Patient")
    assert ".R4B." in model("Patient").__module__


def test_a_sound_resource_has_no_fault():
    assert faults(PATIENT) == ()
    assert check(PATIENT) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": "Roe"}, Fault("Patient.name", "structure")),
        ({"nickname": "x"}, Fault("Patient.nickname", "structure")),
        ({"birthDate": "03/02/1980"}, None),
    ],
)
def test_the_model_names_the_place_and_not_the_value(change, fault):
    found = faults(PATIENT | change)
    assert found
    assert all("1980" not in item.path for item in found)
    if fault:
        assert fault in found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"gender": "F"}, Fault("Patient.gender", "code-invalid")),
        ({"gender": ["x"]}, Fault("Patient.gender", "code-invalid")),
        ({"id": "no blanks"}, Fault("Patient.id", "value")),
        ({"name": []}, Fault("Patient.name", "structure")),
        ({"name": [{}]}, Fault("Patient.name[0]", "structure")),
        ({"name": None}, Fault("Patient.name", "structure")),
        (
            {"managingOrganization": {"reference": "Organization 1"}},
            Fault("Patient.managingOrganization.reference", "value"),
        ),
        ({"managingOrganization": {"reference": "#x"}}, Fault("Patient.managingOrganization.reference", "not-found")),
        (
            {"text": {"status": "generated", "div": "<div><script>1</script></div>"}},
            Fault("Patient.text.div", "invalid"),
        ),
        ({"text": {"status": "generated", "div": "<div onload = 'x()'>x</div>"}}, Fault("Patient.text.div", "invalid")),
    ],
)
def test_what_the_model_lets_pass_is_found(change, fault):
    assert check(PATIENT | change) == (fault,)


def test_nulls_that_fill_a_list_beside_a_list_of_primitives_are_allowed():
    name = {"family": "Roe", "given": ["Ana", None], "_given": [None, {"id": "a"}]}
    assert check(PATIENT | {"name": [name]}) == ()


def test_every_table_of_codes_belongs_to_an_element_of_its_type():
    for type_, field in REQUIRED_CODES:
        if type_ in TYPES:
            assert field in model(type_).model_fields


def test_depth_is_bounded():
    deep = {"a": "x"}
    for _ in range(200):
        deep = {"a": deep}
    found = check(PATIENT | {"extension": [deep]})
    assert [fault.code for fault in found] == ["too-long"]


@settings(max_examples=count(100, 5000))
@given(mutated(PATIENT))
def test_a_mutated_resource_is_judged_without_a_fault_of_ours(resource):
    check(resource)
    if resource.get("resourceType") == "Patient":
        faults(resource)


@settings(max_examples=count(50, 2000))
@given(anything)
def test_any_object_is_judged_without_a_fault_of_ours(value):
    if isinstance(value, dict):
        check(value)
        with pytest.raises(Refused):
            faults(value)


@pytest.mark.shared
def test_official_examples_pass_both(shared_dir):
    files = sorted((shared_dir / "fhir" / "official-r4").glob("*.json"))
    judged = 0
    for file in files[:: count(8, 1)]:
        resource = json.loads(file.read_bytes())
        assert check(resource) == ()
        if resource["resourceType"] in TYPES:
            assert faults(resource) == ()
            judged += 1
    assert judged >= 15
