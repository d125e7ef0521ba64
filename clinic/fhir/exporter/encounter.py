"""Encounter."""

from __future__ import annotations

from clinic.fhir.elements import Json, present, write_extension
from clinic.fhir.exporter.own import Own, refer, start
from clinic.fhir.exporter.parts import write_moment
from clinic.fhir.importer.records import EncounterRecord

_CLASS = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
_PERFORMER = [
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF"}]},
]


def write(own: Own, record: EncounterRecord, *, practice: int | None, elsewhere: Json | None = None) -> Json:
    """A visit: of the ``practice`` where it was at one of its places, else at a place that ``elsewhere`` names."""
    places = [{"location": {"reference": place}} for place in record.places]
    if elsewhere:
        places.append({"location": elsewhere})
    return present(
        **start(own),
        extension=[write_extension("department", "valueCode", "dental" if record.dental else "medical")],
        status="finished",
        **{"class": _CLASS},
        subject={"reference": record.patient},
        participant=[{"type": _PERFORMER, "individual": {"reference": who}} for who in record.practitioners],
        period=present(start=write_moment(record.started), end=write_moment(record.ended)),
        reasonCode=[{"text": record.reason}] if record.reason else [],
        location=places,
        serviceProvider=refer("practice", practice),
    )
