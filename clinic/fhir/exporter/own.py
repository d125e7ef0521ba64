"""By what a resource of ours is known: its id, our identifier of its row, and those it came with.

Ids (``patient-12``) are the practice's own and the same in every export. Two practices count from 1 alike, so the
identifier names the practice too: a house that takes both exports in keeps them apart by it.
"""

from __future__ import annotations

from typing import Final

from clinic.domain.code import Identifier
from clinic.domain.value import Value
from clinic.fhir.elements import Json, write_identifier
from clinic.fhir.systems import OWN_ROW_PREFIX

THINGS: Final[dict[str, tuple[str, str]]] = {
    "practice": ("Organization", "practice"),
    "payer": ("Organization", "payer"),
    "location": ("Location", "location"),
    "provider": ("Practitioner", "provider"),
    "patient": ("Patient", "patient"),
    "coverage": ("Coverage", "coverage"),
    "visit": ("Encounter", "visit"),
    "problem": ("Condition", "problem"),
    "visit_act": ("Procedure", "act"),
    "observation": ("Observation", "observation"),
    "note": ("DocumentReference", "note"),
    "claim": ("Claim", "claim"),
    "order_line": ("ServiceRequest", "order-line"),
    "specimen": ("Specimen", "specimen"),
    "lab_result": ("DiagnosticReport", "report"),
    "package": ("Task", "package"),
}
"""Tables to the type their rows are written as, and the word of their ids."""


class Own(Value, frozen=True, kw_only=True):
    """A row as the world outside knows it."""

    practice: str
    """What tells its practice from all others."""
    thing: str
    """Its table."""
    row: int
    theirs: tuple[tuple[str, str], ...] = ()
    """System and value of each business identifier that other systems gave it."""

    @property
    def reference(self) -> str:
        """The text by which other resources of the export refer to it."""
        return reference(self.thing, self.row)

    def practice_system(self, word: str) -> str:
        """The system of a number or code that is the practice's own."""
        return f"{OWN_ROW_PREFIX}{self.practice}:{word}"


def reference(thing: str, row: int) -> str:
    """``Patient/patient-12``."""
    kind, word = THINGS[thing]
    return f"{kind}/{word}-{row}"


def refer(thing: str, row: int | None) -> Json | None:
    """A Reference element to a row; None to none."""
    return None if row is None else {"reference": reference(thing, row)}


def start(own: Own, *known: Identifier | None) -> Json:
    """What every resource begins with: its type, its id and its identifiers, ours first."""
    kind, word = THINGS[own.thing]
    return {"resourceType": kind, "id": f"{word}-{own.row}", "identifier": identifiers(own, *known)}


def identifiers(own: Own, *known: Identifier | None) -> list[Json]:
    """Our identifier of the row, those of public registries, those that other systems gave it; each once."""
    word = THINGS[own.thing][1]
    ours = {"system": f"{OWN_ROW_PREFIX}{own.practice}:{word}", "value": str(own.row)}
    listed = [ours, *(write_identifier(each) for each in known if each)]
    listed += [{"system": system, "value": value} for system, value in own.theirs]
    return [each for number, each in enumerate(listed) if each not in listed[:number]]
