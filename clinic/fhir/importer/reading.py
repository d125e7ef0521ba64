"""Which types become rows, in which order, and how each is judged and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.fhir import check, json, r4
from clinic.fhir.importer import condition, coverage, document, encounter, observation, organization, patient, procedure
from clinic.fhir.importer import practitioner as practitioner_
from clinic.fhir.importer.bundle import Entry
from clinic.fhir.importer.records import Kept, Record
from clinic.fhir.node import Node

READERS: Final[dict[str, Callable[[Node], Record | Kept]]] = {
    "Organization": organization.read,
    "Location": organization.read,
    "Practitioner": practitioner_.read,
    "Patient": patient.read,
    "Coverage": coverage.read,
    "Encounter": encounter.read,
    "Condition": condition.read,
    "Procedure": procedure.read,
    "Observation": observation.read,
    "DiagnosticReport": document.read_report,
    "DocumentReference": document.read_reference,
    "Composition": document.read_composition,
}
"""In the order in which rows can be made: what is referred to comes before what refers to it."""

ORDER: Final = {kind: place for place, kind in enumerate(READERS)}


def read_also(kind: str, reader: Callable[[Node], Record | Kept]) -> None:
    """A package that clinic does not know reads a type of its own (law 10), after all types of ours.

    Raises:
        ValueError: the type has another reader already.
    """
    if READERS.setdefault(kind, reader) is not reader:
        raise ValueError(f"{kind} has two readers")
    ORDER.setdefault(kind, len(ORDER))


METHODS: Final = (None, "POST", "PUT")
"""Requests that bring a record; None where a bundle asks nothing."""


class Bad(Value, frozen=True, omit_defaults=False):
    """Why an entry is refused: a message id, the path, and what the message is filled with. No patient data."""

    why: str
    path: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """English, in one line."""
        said = self.why % dict(self.params)
        return f"{self.path}: {said}" if self.path else said


_WHY = {
    "required": N_("This is missing."),
    "structure": N_("FHIR R4 has no such element here, or not in this form."),
    "value": N_("This is not a value that FHIR R4 allows here."),
    "code-invalid": N_("This code is not in the set that FHIR R4 requires here."),
    "not-found": N_("This refers to a contained resource that is not there."),
    "too-long": N_("This is nested too deeply."),
    "invalid": N_("FHIR R4 does not allow this here."),
}


def open_entry(entry: Entry) -> dict[str, Any] | Bad:
    """The entry's resource as plain values, or why it cannot be taken as one."""
    if entry.method not in METHODS:
        return Bad(N_("Only requests that bring a record (POST, PUT) are taken."))
    if not entry.body:
        return Bad(N_("The entry has no resource."))
    try:
        resource = json.loads(entry.body)
    except Refused as refusal:
        return Bad(refusal.what)
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        return Bad(N_("The entry is not a resource."))
    if resource["resourceType"] not in r4.TYPES:
        return Bad(N_("This type of resource is not one we read."))
    return resource


def judge(resource: dict[str, Any]) -> Bad | None:
    """The first thing that is wrong with a resource by R4's rules, None where nothing is."""
    faults = (*r4.faults(resource), *check.check(resource))
    if not faults:
        return None
    first = faults[0]
    return Bad(_WHY.get(first.code, _WHY["invalid"]), first.path)


def read_record(resource: dict[str, Any]) -> Record | Kept | Bad:
    """What a sound resource says; ``Kept`` where we make no row of it, ``Bad`` where it contradicts itself."""
    kind = str(resource["resourceType"])
    reader = READERS.get(kind)
    if reader is None:
        return Kept()
    try:
        return reader(Node(resource, kind))
    except Refused as refusal:
        return Bad(refusal.what, refusal.where, tuple((name, str(value)) for name, value in refusal.params.items()))
