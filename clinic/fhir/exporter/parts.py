"""Elements that several resources write: names, places, telephone numbers, times and concepts."""

from __future__ import annotations

from clinic.domain.code import ICD9CM, ICD10CM, Code, pointed
from clinic.fhir.elements import Json, present
from clinic.fhir.importer.coded import Coded
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.timing import Moment
from clinic.fhir.systems import code_address


def write_place(place: Place | None) -> Json | None:
    """An Address element, None where nothing of it is known."""
    if place is None:
        return None
    written = present(
        line=[line for line in (place.street, place.street_2) if line],
        city=place.city,
        state=place.state,
        postalCode=place.postal_code,
        country=place.country,
    )
    return written or None


def listed(value: Json | None) -> list[Json]:
    """An element that repeats, once or not at all."""
    return [] if value is None else [value]


def write_phone(phone: str | None) -> list[Json]:
    """A ``telecom`` list."""
    return [{"system": "phone", "value": phone}] if phone else []


def write_moment(moment: Moment | None) -> str | None:
    """A dateTime: the instant with its offset, else the day."""
    if moment is None:
        return None
    return moment.at.isoformat() if moment.at else moment.day.isoformat()


def write_coded(coded: Coded) -> Json:
    """A CodeableConcept. Diagnosis codes get their point back, as FHIR writes them."""
    if coded.code is None:
        return {"text": coded.words}
    code = coded.code
    if coded.system in (ICD10CM, ICD9CM):
        code = pointed(Code(coded.system, code))
    # A system we have no key for is kept by its address.
    address = coded.system if coded.system is None or ":" in coded.system else code_address(coded.system)
    return {"coding": [present(system=address, code=code)], "text": coded.words}
