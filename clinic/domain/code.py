"""Codes and identifiers: always a pair of the system that issued the value, and the value.

Systems are short keys, one table here; the long FHIR addresses are looked up at the door.
Diagnosis codes are kept as they are keyed into claims: no dot, upper case.
"""

from __future__ import annotations

import re

from clinic.domain.value import Value

ICD10CM = "icd10cm"
ICD9CM = "icd9cm"
CPT = "cpt"
HCPCS = "hcpcs"
CDT = "cdt"
NDC = "ndc"
TAXONOMY = "taxonomy"
POS = "pos"

NPI = "npi"
EIN = "ein"
SSN = "ssn"
PAYER = "payer"
HPID = "hpid"
CLIA = "clia"
STATE_LICENCE = "0b"
UPIN = "1g"
PAYER_ASSIGNED = "g2"
LOCATION_NUMBER = "lu"

FHIR_SYSTEMS: dict[str, str] = {
    ICD10CM: "http://hl7.org/fhir/sid/icd-10-cm",
    ICD9CM: "http://hl7.org/fhir/sid/icd-9-cm",
    CPT: "http://www.ama-assn.org/go/cpt",
    HCPCS: "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
    CDT: "http://www.ada.org/cdt",
    NDC: "http://hl7.org/fhir/sid/ndc",
    TAXONOMY: "http://nucc.org/provider-taxonomy",
    POS: "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
    NPI: "http://hl7.org/fhir/sid/us-npi",
    EIN: "urn:oid:2.16.840.1.113883.4.4",
    SSN: "http://hl7.org/fhir/sid/us-ssn",
    CLIA: "urn:oid:2.16.840.1.113883.4.7",
}

_LEVEL_II = re.compile(r"[A-Z]\d{4}\Z")


class Code(Value, frozen=True, order=True):
    """A value of a code system."""

    system: str
    value: str


class Identifier(Value, frozen=True, order=True):
    """A name somebody gave to one thing: an NPI, a tax id, a member id."""

    system: str
    value: str


def procedure(value: str) -> Code:
    """A procedure code as claims carry it, where one qualifier covers both systems.

    A letter and four digits is HCPCS Level II, anything else the CPT numbers (SV101-1 ``HC``).
    """
    return Code(HCPCS if _LEVEL_II.match(value) else CPT, value)


def pointed(code: Code) -> str:
    """The code as people read it: an ICD code with its point after the third character (ICD-9 E codes the fourth)."""
    if code.system not in (ICD10CM, ICD9CM):
        return code.value
    place = 4 if code.system == ICD9CM and code.value.startswith("E") else 3
    return f"{code.value[:place]}.{code.value[place:]}" if len(code.value) > place else code.value
