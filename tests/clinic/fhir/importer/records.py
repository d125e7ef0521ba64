"""A small invented record, resource by resource, and bundles of it."""

import base64
import copy
import json

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [
        {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-00-0001"},
        {"system": "http://example.org/mrn", "value": "M-1"},
    ],
    "name": [{"use": "official", "family": "Calloway", "given": ["Beatrix", "Ann"]}],
    "gender": "female",
    "birthDate": "1967-03-14",
    "telecom": [{"system": "phone", "value": "218-555-0100"}],
    "address": [{"line": ["218 Alder Lane"], "city": "Two Harbors", "state": "MN", "postalCode": "55616-1234"}],
}
PAYER = {
    "resourceType": "Organization",
    "id": "o1",
    "identifier": [{"system": "http://example.org/payers", "value": "77"}],
    "name": "Lakeside Health Plan",
}
PRACTITIONER = {
    "resourceType": "Practitioner",
    "id": "d1",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    "name": [{"family": "Okafor", "given": ["Ife"], "suffix": ["M.D."]}],
}
COVERAGE = {
    "resourceType": "Coverage",
    "id": "c1",
    "status": "active",
    "subscriberId": "LHP-1",
    "beneficiary": {"reference": "urn:uuid:p1"},
    "subscriber": {"reference": "urn:uuid:p1"},
    "payor": [{"reference": "urn:uuid:o1"}],
    "class": [{"type": {"coding": [{"code": "group"}]}, "value": "G7"}],
}
ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    "subject": {"reference": "urn:uuid:p1"},
    "participant": [{"individual": {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893"}}],
    "period": {"start": "2026-05-05T02:30:00+00:00", "end": "2026-05-05T03:00:00Z"},
    "reasonCode": [{"text": "cough"}],
}
CONDITION = {
    "resourceType": "Condition",
    "id": "k1",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {
        "coding": [
            {"system": "http://snomed.info/sct", "code": "32398004", "display": "Bronchitis"},
            {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "J20.9"},
        ],
        "text": "Acute bronchitis",
    },
    "subject": {"reference": "urn:uuid:p1"},
    "encounter": {"reference": "urn:uuid:e1"},
    "onsetDateTime": "2026-05-01",
}
PROCEDURE = {
    "resourceType": "Procedure",
    "id": "r1",
    "status": "completed",
    "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "94640", "display": "inhaled treatment"}]},
    "subject": {"reference": "urn:uuid:p1"},
    "encounter": {"reference": "urn:uuid:e1"},
    "performedDateTime": "2026-05-05T02:40:00Z",
}
OBSERVATION = {
    "resourceType": "Observation",
    "id": "b1",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5"}], "text": "Body temperature"},
    "subject": {"reference": "urn:uuid:p1"},
    "encounter": {"reference": "urn:uuid:e1"},
    "effectiveDateTime": "2026-05-05T02:35:00Z",
    "valueQuantity": {"value": 38.20, "unit": "Cel"},
}
NOTE_TEXT = "Cough for four days.\nNo wheeze."
DOCUMENT = {
    "resourceType": "DocumentReference",
    "id": "n1",
    "status": "current",
    "subject": {"reference": "urn:uuid:p1"},
    "date": "2026-05-05T03:00:00Z",
    "author": [{"display": "Dr. Okafor"}],
    "content": [
        {
            "attachment": {
                "contentType": "text/plain; charset=utf-8",
                "data": base64.b64encode(NOTE_TEXT.encode()).decode(),
            }
        }
    ],
    "context": {"encounter": [{"reference": "urn:uuid:e1"}]},
}
IMMUNIZATION = {
    "resourceType": "Immunization",
    "id": "i1",
    "status": "completed",
    "vaccineCode": {"text": "influenza"},
    "patient": {"reference": "urn:uuid:p1"},
    "occurrenceDateTime": "2026-05-05",
}
# What refers comes before what it refers to: no order is promised.
ALL = (*(IMMUNIZATION, DOCUMENT, OBSERVATION, PROCEDURE, CONDITION, ENCOUNTER, COVERAGE, PATIENT, PRACTITIONER, PAYER),)


def bundle(*resources, kind="transaction"):
    """A Bundle of resources, each under the URL its references use."""
    entries = []
    for resource in resources or ALL:
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": copy.deepcopy(resource)}
        if kind in ("transaction", "batch"):
            entry["request"] = {"method": "POST", "url": resource["resourceType"]}
        entries.append(entry)
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def text(value):
    """The JSON text of a value, with an indent: the bytes are kept, so their layout is of consequence."""
    return json.dumps(value, indent=1).encode()
