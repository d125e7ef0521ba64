"""A claim as a resource and back: nothing lost, every output valid R4, every foreign input read or refused by path."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.fhir.check import check_claim
from billing.fhir.claim import from_fhir, to_fhir
from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.check import check
from clinic.fhir.r4 import faults
from tests.billing.fhir.claims import claims as any_claims
from tests.clinic.fhir.jsons import anything, changed, mutated, places
from tests.counts import count
from tests.strategies.claims import claims_with_every_field, professional_claims
from tests.strategies.samples import claim_of_seed

DAY = date(2026, 3, 4)
FULL = claim_of_seed(7, full=True)
RESOURCE = to_fhir(FULL, created=DAY)


@settings(max_examples=count(60, 3000))
@given(st.one_of(professional_claims(), claims_with_every_field(), any_claims))
def test_back_again_is_the_same_claim(claim):
    text = json.dumps(to_fhir(claim, created=DAY))
    assert from_fhir(json.loads(text)) == claim


@settings(max_examples=count(40, 1000))
@given(st.one_of(professional_claims(), any_claims))
def test_every_claim_is_a_valid_r4_claim(claim):
    resource = to_fhir(claim, created=DAY)
    assert faults(resource) == ()
    assert check(resource) == ()


@settings(max_examples=count(40, 1000))
@given(professional_claims())
def test_numbers_links_and_sums_hold(claim):
    assert check_claim(to_fhir(claim, created=DAY)) == ()


@settings(max_examples=count(30, 500))
@given(professional_claims())
def test_every_contained_resource_is_referred_to(claim):
    """FHIR invariant dom-3."""
    resource = to_fhir(claim, created=DAY)
    text = json.dumps(resource).decode()
    for inner in resource["contained"]:
        assert f'"reference":"#{inner["id"]}"' in text


def test_it_never_says_what_is_not_there():
    text = json.dumps(RESOURCE).decode()
    assert not re.search(r"null|\[\]|\{\}|\"\"", text)


def test_amounts_have_two_decimals_and_a_currency():
    text = json.dumps(RESOURCE).decode()
    amounts = re.findall(r'\{"value":([^,}]+),"currency":"USD"\}', text)
    assert len(amounts) >= len(FULL.acts) + 1
    assert all(re.fullmatch(r"-?\d+\.\d\d", amount) for amount in amounts)


def test_created_is_not_part_of_the_claim():
    assert from_fhir(to_fhir(FULL, created=date(1999, 1, 1))) == FULL


def test_each_field_stands_where_the_map_says():
    """A few rows of docs/claim-map.md by hand; the rest is the business of the box-by-box test."""
    claim, resource = FULL, RESOURCE
    inside = {inner["id"]: inner for inner in resource["contained"]}
    extensions = {extension["url"]: extension for extension in resource["extension"]}
    assert resource["identifier"][0] == {"system": "urn:cabinet:sid:claim-number", "value": claim.number}
    assert extensions["urn:cabinet:fhir:frequency"]["valueCode"] == claim.frequency
    assert resource["related"][0]["reference"]["value"] == claim.replaces
    assert resource["insurance"][0]["preAuthRef"] == [claim.authority.prior_authorization]
    assert resource["referral"]["identifier"]["value"] == claim.authority.referral
    assert resource["provider"] == {"reference": "#billing"}
    assert inside["coverage"]["subscriberId"] == claim.coverage.member_id
    assert inside["payer"]["name"] == claim.coverage.payer.name.name
    assert resource["careTeam"][0]["provider"] == {"reference": "#billing"}
    assert resource["careTeam"][0]["qualification"]["coding"][0]["code"] == claim.billing.taxonomy.value
    assert resource["item"][0]["productOrService"]["coding"][0]["code"] == claim.acts[0].code.value
    assert resource["item"][0]["diagnosisSequence"] == list(claim.acts[0].part.pointers)
    assert resource["diagnosis"][0]["type"][0]["coding"][0]["code"] == "principal"
    assert inside["answer-1"]["payment"]["amount"]["currency"] == "USD"
    assert inside["patient"]["name"][0]["family"] == claim.patient.name.last


def _without(*path):
    return changed(RESOURCE, path, None, drop=True)


def _index(identity):
    return next(index for index, inner in enumerate(RESOURCE["contained"]) if inner["id"] == identity)


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        (None, "Claim"),
        ([], "Claim"),
        ({}, "Claim.resourceType"),
        ({"resourceType": "Patient"}, "Claim"),
        (_without("type"), "Claim.type"),
        (_without("patient"), "Claim.patient"),
        (_without("provider"), "Claim.provider"),
        (_without("identifier"), "Claim.identifier[0]"),
        (_without("insurance"), "Claim.insurance[0]"),
        (_without("insurance", 0, "coverage"), "Claim.insurance[0].coverage"),
        (_without("insurance", 0, "focal"), "Claim.insurance"),
        (_without("payee"), "Claim.payee"),
        (_without("item"), "Claim.item[0]"),
        (_without("item", 0, "net"), "Claim.item[0].net"),
        (_without("item", 0, "productOrService"), "Claim.item[0].productOrService"),
        (_without("extension"), "Claim.extension"),
        (_without("contained"), "Claim.patient"),
        (_without("contained", 0, "name"), "Claim.contained[0].name[0]"),
        (_without("contained", _index("billing"), "address"), f"Claim.contained[{_index('billing')}].address[0]"),
        (_without("contained", _index("coverage"), "type"), f"Claim.contained[{_index('coverage')}].type"),
        (
            _without("contained", _index("coverage"), "subscriberId"),
            f"Claim.contained[{_index('coverage')}].subscriberId",
        ),
        (changed(RESOURCE, ("use",), "preauthorization"), "Claim.use"),
        (changed(RESOURCE, ("status",), "cancelled"), "Claim.status"),
        (changed(RESOURCE, ("total", "value"), 1.5), "Claim.total.value"),
        (changed(RESOURCE, ("item", 0, "net", "value"), "1.50"), "Claim.item[0].net.value"),
    ],
)
def test_what_is_missing_is_named_by_its_path(resource, where):
    with pytest.raises(Refused) as refusal:
        from_fhir(resource)
    assert refusal.value.where == where
    assert refusal.value.remedy


def test_another_houses_claim_is_read_where_it_says_enough():
    """References to resources beside it, HL7 and X12 codes, mixed case, a unit price, a numbering with gaps."""
    extension = [
        {"url": "urn:cabinet:fhir:provider-signature", "valueCode": "Y"},
        {"url": "urn:cabinet:fhir:assignment", "valueCode": "A"},
    ]
    hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    resource = {
        "resourceType": "Claim",
        "extension": extension,
        "identifier": [{"system": "http://example.org/claims", "value": "77"}],
        "status": "active",
        "type": {"coding": [{"code": "professional"}]},
        "use": "claim",
        "patient": {"reference": "Patient/1"},
        "created": "2026-03-04",
        "provider": {"reference": "urn:uuid:5"},
        "priority": {"coding": [{"code": "normal"}]},
        "payee": {"type": {"coding": [{"code": "provider"}]}},
        "careTeam": [{"sequence": 4, "provider": {"reference": "Practitioner/3"}}],
        "diagnosis": [
            {
                "sequence": sequence,
                "diagnosisCodeableConcept": {
                    "coding": [
                        {"system": "http://snomed.info/sct", "code": "1"},
                        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code},
                    ]
                },
            }
            for sequence, code in ((20, "E11.9"), (10, "i10"))
        ],
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/2"}}],
        "accident": {"date": "2026-02-28", "type": {"coding": [{"code": "MVA"}]}},
        "item": [
            {
                "sequence": 1,
                "careTeamSequence": [4],
                "diagnosisSequence": [20, 10],
                "productOrService": {"coding": [{"system": hcpcs, "code": "99213"}]},
                "servicedDate": "2026-03-02",
                "locationCodeableConcept": {"coding": [{"code": "11"}]},
                "quantity": {"value": 2},
                "unitPrice": {"value": 40, "currency": "USD"},
            }
        ],
    }
    person = {"resourceType": "Patient", "name": [{"family": "Bélanger", "given": ["Ana", "María", "José"]}]}
    beside = {
        "Patient/1": person,
        "Coverage/2": {
            "resourceType": "Coverage",
            "extension": [{"url": "urn:cabinet:fhir:release", "valueCode": "Y"}],
            "status": "active",
            "type": {"coding": [{"system": "https://codesystem.x12.org/005010/1032", "code": "CI"}]},
            "subscriber": {"reference": "Patient/1"},
            "subscriberId": "M1",
            "beneficiary": {"reference": "Patient/1"},
            "payor": [{"reference": "Organization/9"}],
        },
        "Organization/9": {
            "resourceType": "Organization",
            "name": "Invented Mutual",
            "identifier": [{"system": "http://example.org/payers", "value": "99999"}],
        },
        "Practitioner/3": {"resourceType": "Practitioner", "name": [{"family": "Roe", "suffix": ["MD"]}]},
        "urn:uuid:5": {
            "resourceType": "Organization",
            "name": "Invented Clinic",
            "identifier": [
                {"system": "urn:oid:2.16.840.1.113883.4.4", "value": "123456789"},
                {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"},
            ],
            "address": [{"line": ["1 Main St"], "city": "Albany", "state": "NY", "postalCode": "12207-1234"}],
        },
    }
    claim = from_fhir(resource, beside=beside)
    assert (claim.number, claim.frequency, claim.total.cents) == ("77", "1", 8000)
    assert (claim.patient.name.last, claim.patient.name.first, claim.patient.name.middle) == (
        "BELANGER",
        "ANA",
        "MARIA JOSE",
    )
    assert [code.value for code in claim.part.diagnoses] == ["I10", "E119"]
    assert claim.acts[0].part.pointers == (2, 1)
    assert (claim.acts[0].code.system, claim.acts[0].code.value) == ("cpt", "99213")
    assert (claim.coverage.relationship, claim.coverage.filing, claim.coverage.rank) == ("18", "CI", "P")
    assert (claim.coverage.payer.identifier.system, claim.coverage.payer.identifier.value) == ("payer", "99999")
    assert claim.part.rendering.name.last == "ROE"
    assert (claim.billing.identifier.value, claim.billing.address.postal_code) == ("1234567893", "122071234")
    assert claim.part.accident == ("AA",)
    assert [(dated.qualifier, dated.on) for dated in claim.part.dates] == [("439", date(2026, 2, 28))]
    assert from_fhir(to_fhir(claim, created=DAY)) == claim
    with pytest.raises(Refused) as refusal:
        from_fhir(changed(resource, ("item", 0, "diagnosisSequence"), [1]), beside=beside)
    assert refusal.value.where == "Claim.item[0].diagnosisSequence[0]"


def _answer(resource):
    """The refusal's words, empty where the resource is read."""
    try:
        from_fhir(resource)
    except Refused as refusal:
        return str(refusal)
    return ""


def test_no_value_of_the_record_stands_in_a_refusal():
    secret = "ZZTOPSECRETZZ"
    for path in places(RESOURCE):
        if path and path[-1] not in ("url", "system"):
            assert secret not in _answer(changed(RESOURCE, path, secret))


@settings(max_examples=count(150, 20000))
@given(st.one_of(anything, mutated(RESOURCE), mutated(to_fhir(claim_of_seed(3), created=DAY))))
def test_any_json_is_read_or_refused(resource):
    words = _answer(resource)
    assert "\n" not in words
    assert ("Claim" in words) if words else from_fhir(to_fhir(from_fhir(resource), created=DAY))


@pytest.mark.shared
def test_public_claims_are_read_or_refused_by_path(shared_dir):
    seen = 0
    for file in sorted((shared_dir / "fhir").rglob("Claim-*.json")):
        with pytest.raises(Refused) as refusal:
            from_fhir(json.loads(file.read_bytes()))
        assert refusal.value.where.startswith("Claim.")
        seen += 1
    assert seen >= 17


@pytest.mark.shared
def test_claims_of_a_generated_record_are_read_or_refused_by_path(shared_dir):
    file = next((shared_dir / "fhir" / "synthea").glob("Israel*.json"))
    resources = [entry["resource"] for entry in json.loads(file.read_bytes())["entry"]]
    found = [resource for resource in resources if resource["resourceType"] == "Claim"]
    assert found
    for resource in found[:50]:
        with pytest.raises(Refused) as refusal:
            from_fhir(resource)
        assert refusal.value.where
