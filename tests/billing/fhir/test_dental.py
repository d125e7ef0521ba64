"""A dental claim as a resource of type oral and back: nothing lost, every output valid R4."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from billing.domain.dental import DentalAct, TreatedTooth
from billing.fhir.check import check_claim
from billing.fhir.claim import from_fhir, to_fhir
from clinic.domain.period import Period
from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.check import check
from clinic.fhir.r4 import faults
from tests.billing.x12.dental_files import ASKED, SIMPLE, WHOLE
from tests.clinic.fhir.jsons import mutated
from tests.counts import count
from tests.strategies.claims import dental_claims, dental_claims_with_every_field
from tests.strategies.dental import ASKED as DAY

TOOTH = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
AREA = "http://terminology.hl7.org/CodeSystem/ADAAreaOralCavitySystem"
SURFACE = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSurfaceCodes"


@settings(max_examples=count(100, 3000))
@given(st.one_of(dental_claims(), dental_claims_with_every_field()))
def test_back_again_is_the_same_claim(claim):
    text = json.dumps(to_fhir(claim, created=DAY))
    assert from_fhir(json.loads(text)) == claim


@settings(max_examples=count(40, 1000))
@given(st.one_of(dental_claims(), dental_claims_with_every_field()))
def test_every_claim_is_a_valid_r4_claim(claim):
    resource = to_fhir(claim, created=DAY)
    assert faults(resource) == ()
    assert check(resource) == ()
    assert check_claim(resource) == ()
    text = json.dumps(resource).decode()
    assert all(f'"reference":"#{inner["id"]}"' in text for inner in resource["contained"])


def _codes(concept):
    return [(coding["system"], coding["code"]) for coding in concept["coding"]]


def test_teeth_surfaces_and_areas_stand_where_oral_claims_have_them():
    resource = to_fhir(SIMPLE, created=DAY)
    assert resource["type"]["coding"][0]["code"] == "oral"
    filling, scaling, extraction = resource["item"]
    assert _codes(filling["bodySite"]) == [(TOOTH, "19")]
    assert [_codes(each) for each in filling["subSite"]] == [[(SURFACE, "M")], [(SURFACE, "O")]]
    assert _codes(scaling["bodySite"]) == [(AREA, "10")]
    information = {each["sequence"]: each for each in resource["supportingInfo"]}
    (second,) = scaling["informationSequence"]
    assert _codes(information[second]["code"]) == [(AREA, "20")]
    assert information[second]["category"]["coding"][0]["code"] == "additionalbodysite"
    (further,) = extraction["informationSequence"]
    assert (_codes(extraction["bodySite"]), _codes(information[further]["code"])) == ([(TOOTH, "1")], [(TOOTH, "16")])


def test_missing_teeth_prosthesis_and_orthodontics_are_supporting_information():
    resource = to_fhir(WHOLE, created=DAY)
    by_category = {}
    for each in resource["supportingInfo"]:
        by_category.setdefault(each["category"]["coding"][0]["code"], []).append(each)
    assert [_codes(each["code"])[0][1] for each in by_category["missingtooth"]] == ["1", "16"]
    (crown,) = by_category["prosthesis"]
    assert (_codes(crown["code"])[0][1], crown["timingDate"]) == ("R", "2015-06-01")
    assert [each.get("valueString") for each in by_category["attachment"]] == ["IMG100", None, "IMG101"]
    months = {
        each["code"]["coding"][0]["code"]: each.get("valueQuantity", {}).get("value")
        for each in by_category["info"]
        if each["code"]["coding"][0]["system"] == "urn:cabinet:cs:orthodontics"
    }
    assert months == {"treatment": None, "total": 24, "remaining": 18}


def test_a_predetermination_is_one_and_has_no_day_but_that_of_the_question():
    resource = to_fhir(ASKED, created=DAY)
    assert resource["use"] == "predetermination"
    assert "billablePeriod" not in resource
    assert not any("serviced" in key for item in resource["item"] for key in item)
    later = from_fhir(to_fhir(ASKED, created=date(2026, 1, 2)))
    assert {act.service for act in later.acts} == {Period(date(2026, 1, 2))}
    professional = {**resource, "type": {"coding": [{"code": "professional"}]}}
    with pytest.raises(Refused) as told:
        from_fhir(professional)
    assert told.value.where == "Claim.use"


def test_a_claim_of_another_house_is_read():
    """Teeth named as CARIN's oral profile does, each further one as a body site of its own."""
    resource = to_fhir(SIMPLE, created=DAY)
    resource["item"][0]["bodySite"] = {"coding": [{"system": TOOTH, "code": "3", "display": "3"}]}
    del resource["item"][2]["informationSequence"]
    acts = from_fhir(resource).acts
    assert acts[0].part.teeth == (TreatedTooth("3", ("M", "O")),)
    assert acts[2].part.teeth == (TreatedTooth("1"),)
    assert isinstance(acts[1].part, DentalAct)


def test_a_body_site_of_another_system_is_none_of_ours():
    resource = to_fhir(replace(SIMPLE, acts=SIMPLE.acts[:1], total=SIMPLE.acts[0].charge), created=DAY)
    resource["item"][0]["bodySite"] = {"coding": [{"system": "http://snomed.info/sct", "code": "38199008"}]}
    (act,) = from_fhir(resource).acts
    assert (act.part.teeth, act.part.areas) == ((), ())


@settings(max_examples=count(150, 5000))
@given(st.data())
def test_a_spoiled_resource_is_read_or_refused_by_path(data):
    spoiled = data.draw(mutated(to_fhir(WHOLE, created=DAY)))
    assert (_where_refused(spoiled) or "Claim").startswith("Claim")


def _where_refused(resource):
    try:
        from_fhir(resource)
    except Refused as refused:
        return refused.where
    return None
