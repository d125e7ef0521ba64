"""Patient."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.fhir.elements import read_sex
from clinic.fhir.importer.people import read_name, read_phone, read_place
from clinic.fhir.importer.records import Kept, PatientRecord
from clinic.fhir.importer.timing import read_moment
from clinic.fhir.node import Node

_LONGEST = 200
"""Letters. Look-alikes are found by an index over names, and no index takes a page of text."""


def read(resource: Node) -> PatientRecord | Kept:
    """A patient; a birth date that is not full is left out.

    Raises:
        Refused: an element has the wrong shape.
    """
    name = read_name(resource)
    if name is None:
        return Kept(N_("The patient has no name."))
    if max(len(name.last), len(name.first or "")) > _LONGEST:
        return Kept(N_("The patient's name is longer than any name."))
    birth = read_moment(resource.get("birthDate"))
    return PatientRecord(
        name=name,
        birth=birth.day if birth else None,
        sex=read_sex(resource),
        place=read_place(resource),
        phone=read_phone(resource),
    )
