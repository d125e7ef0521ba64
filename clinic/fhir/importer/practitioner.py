"""Practitioner."""

from __future__ import annotations

from clinic.domain.code import NPI, TAXONOMY
from clinic.domain.npi import is_npi
from clinic.domain.words import N_
from clinic.fhir.elements import read_codes, read_identifier
from clinic.fhir.importer.people import read_name
from clinic.fhir.importer.records import Kept, PractitionerRecord
from clinic.fhir.node import Node

_PROFESSIONS = {"MD": "physician", "DO": "physician", "DDS": "dentist", "DMD": "dentist"}
"""Degrees of http://terminology.hl7.org/CodeSystem/v2-0360, which suffixes of names spell too."""


def read(resource: Node) -> PractitionerRecord | Kept:
    """Someone who treats. An NPI with a wrong check digit is no NPI.

    Raises:
        Refused: an element has the wrong shape.
    """
    name = read_name(resource)
    if name is None:
        return Kept(N_("The practitioner has no name."))
    known = [found for node in resource.each("identifier") if (found := read_identifier(node))]
    codes = [node.need("code") for node in resource.each("qualification")]
    degrees = [coding.text_at("code") or "" for code in codes for coding in code.each("coding")]
    degrees += [part.strip(".,") for part in (name.suffix or "").upper().replace(".", "").split()]
    return PractitionerRecord(
        name=name,
        npi=next((found.value for found in known if found.system == NPI and is_npi(found.value)), None),
        taxonomy=next((found.value for code in codes for found in read_codes(code) if found.system == TAXONOMY), None),
        profession=next((_PROFESSIONS[degree] for degree in degrees if degree in _PROFESSIONS), "other"),
    )
