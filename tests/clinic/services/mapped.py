"""A record of another system for the tests of mappings: a colleague, a place, an act and problems nobody here knows."""

import copy

from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.services.taking import take

SNOMED = "http://snomed.info/sct"
THEIR_NPI = "http://hl7.org/fhir/sid/us-npi|9999955949"
THEIR_PLACE = "https://clinic.example/places|77"
PLACE = {
    "resourceType": "Organization",
    "id": "w1",
    "identifier": [{"system": "https://clinic.example/places", "value": "77"}],
    "name": "PCP36514",
}
WHO = {
    "resourceType": "Practitioner",
    "id": "d2",
    # What such a system calls an NPI fails the check digit.
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "9999955949"}],
    "name": [{"family": "Block661", "given": ["Ronny764"]}],
}


def coded(code, words, system=SNOMED):
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def encounter(name, day, **more):
    made = copy.deepcopy(own.ENCOUNTER) | {"id": name, "period": {"start": f"{day}T15:00:00Z"}}
    del made["reasonCode"]
    made["participant"] = [{"individual": {"reference": "urn:uuid:d2"}}]
    made["serviceProvider"] = {"reference": "urn:uuid:w1"}
    return made | more


def condition(name, visit, code, words):
    return own.CONDITION | {
        "id": name,
        "code": coded(code, words),
        "encounter": {"reference": f"urn:uuid:{visit}"},
    }


CHECK_UP = coded("185349003", "Encounter for check up (procedure)")
MEDICATIONS = coded("428191000124101", "Documentation of current medications")
SYMPTOM = coded("185345009", "Encounter for symptom")
RECORD = (
    own.PATIENT,
    PLACE,
    WHO,
    encounter("e1", "2026-05-04", type=[CHECK_UP]),
    encounter("e2", "2026-05-05", type=[SYMPTOM], reasonCode=[coded("444814009", "Viral sinusitis (disorder)")]),
    condition("k1", "e1", "38341003", "Hypertension"),
    own.PROCEDURE
    | {
        "id": "r1",
        "code": coded("428191000124101", "Documentation of current medications"),
        "performedDateTime": "2026-05-04T15:10:00Z",
    },
)


def take_in(actor, *resources):
    """Import the record, and what is given besides."""
    return take(actor, bundle(*RECORD, *resources))
