"""The long addresses under which the house's short system keys are known outside.

What FHIR has no address for is named under ``urn:cabinet``, by rule and not by table, so that any key can be
written and read back.
"""

from __future__ import annotations

from clinic.domain.code import (
    CDT,
    CPT,
    EIN,
    FHIR_SYSTEMS,
    HCPCS,
    HPID,
    ICD9CM,
    ICD10CM,
    NDC,
    PAYER,
    POS,
    SSN,
    TAXONOMY,
)

CODE_PREFIX = "urn:cabinet:cs:"
IDENTIFIER_PREFIX = "urn:cabinet:sid:"
EXTENSION_PREFIX = "urn:cabinet:fhir:"
OWN_ROW_PREFIX = "urn:cabinet:practice:"
"""Systems of the identifiers that an export gives to a practice's own rows, each practice its own."""

CLINICAL: dict[str, str] = {
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "cvx": "http://hl7.org/fhir/sid/cvx",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd10pcs": "http://www.cms.gov/Medicare/Coding/ICD10",
    "dicom": "http://dicom.nema.org/resources/ontology/DCM",
}
"""Systems that stand in records and never on a claim."""

_ADDRESSES = FHIR_SYSTEMS | CLINICAL
_KEYS = {address: key for key, address in _ADDRESSES.items()}

ALIASES: dict[str, str] = {
    "urn:oid:2.16.840.1.113883.6.90": ICD10CM,
    "urn:oid:2.16.840.1.113883.6.103": ICD9CM,
    "urn:oid:2.16.840.1.113883.6.12": CPT,
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": HCPCS,
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": HCPCS,
    "https://www.cms.gov/Medicare/Coding/MedHCPCSGenInfo": HCPCS,
    "urn:oid:2.16.840.1.113883.6.285": HCPCS,
    "http://www.nlm.nih.gov/research/umls/hcpcs": HCPCS,
    "urn:oid:2.16.840.1.113883.6.13": CDT,
    "http://ada.org/cdt": CDT,
    "urn:oid:2.16.840.1.113883.6.69": NDC,
    "urn:oid:2.16.840.1.113883.6.101": TAXONOMY,
    "http://terminology.hl7.org/CodeSystem/CMSPlaceofServiceCodes": POS,
    "http://terminology.hl7.org/CodeSystem/ex-serviceplace": POS,
    "urn:oid:2.16.840.1.113883.4.1": SSN,
    "http://hl7.org/fhir/sid/us-ein": EIN,
    "urn:oid:2.16.840.1.113883.6.300": PAYER,
    "urn:oid:2.16.840.1.113883.3.6448": HPID,
}
"""Other addresses met in resources of other houses for systems we know."""


def code_address(key: str) -> str:
    """The address of a code system of ours."""
    return _ADDRESSES.get(key, CODE_PREFIX + key)


def identifier_address(key: str) -> str:
    """The address of an identifier system of ours."""
    return FHIR_SYSTEMS.get(key, IDENTIFIER_PREFIX + key)


def key_of(address: str) -> str | None:
    """The short key of a system's address, None where we do not know the system."""
    for prefix in (CODE_PREFIX, IDENTIFIER_PREFIX):
        if address.startswith(prefix):
            return address.removeprefix(prefix) or None
    return _KEYS.get(address) or ALIASES.get(address)


def extension_address(name: str) -> str:
    """The address of an extension of ours."""
    return EXTENSION_PREFIX + name
