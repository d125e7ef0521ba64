"""Which types are exported, in which order, and by what; packages that clinic does not know add theirs (law 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from clinic.fhir.elements import Json
from clinic.services.exporting import house, people, visits
from clinic.services.exporting.practice import Exporting

Export = Callable[[Exporting], Iterator[Json]]

EXPORTS: Final[dict[str, tuple[Export, ...]]] = {
    "Organization": (house.practice, house.payers),
    "Location": (house.locations,),
    "Practitioner": (house.providers,),
    "Patient": (people.patients,),
    "Coverage": (people.coverages,),
    "Encounter": (visits.encounters,),
    "Condition": (visits.conditions,),
    "Procedure": (visits.procedures,),
    "Observation": (visits.observations,),
    "DocumentReference": (visits.documents,),
}
"""What is referred to comes before what refers to it."""


def export_also(kind: str, export: Export) -> None:
    """A package that clinic does not know writes a type of its own, after all types of ours."""
    EXPORTS[kind] = (export,)
