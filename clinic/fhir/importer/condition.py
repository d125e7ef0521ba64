"""Condition."""

from __future__ import annotations

from clinic.domain.code import ICD9CM, ICD10CM
from clinic.domain.words import N_
from clinic.fhir.elements import read_any_code
from clinic.fhir.importer.coded import Coded, read_coded
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import ConditionRecord, Kept
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

_OVER = frozenset({"inactive", "remission", "resolved"})
_WRONG = frozenset({"entered-in-error", "refuted"})


def read(resource: Node) -> ConditionRecord | Kept:
    """A problem. Diagnosis codes lose their point, as everywhere in the house.

    Raises:
        Refused: an element has the wrong shape.
    """
    coded = read_coded(resource.get("code"), ICD10CM, ICD9CM, "snomed")
    patient = reference_text(resource.need("subject"), "Patient")
    if coded is None or patient is None:
        return Kept(N_("The condition says nothing, or names no patient that can be looked up."))
    if coded.system in (ICD10CM, ICD9CM) and coded.code:
        coded = Coded(coded.words, coded.system, coded.code.replace(".", "").upper())
    onset, _ = read_span(resource, "onsetDateTime", "onsetPeriod", "recordedDate")
    encounter = resource.get("encounter")
    return ConditionRecord(
        patient=patient,
        encounter=reference_text(encounter, "Encounter"),
        coded=coded,
        onset=onset.day if onset else None,
        status=_status(resource),
    )


def _status(resource: Node) -> str:
    clinical, verified = resource.get("clinicalStatus"), resource.get("verificationStatus")
    if verified is not None and read_any_code(verified) in _WRONG:
        return "entered-in-error"
    return "resolved" if clinical is not None and read_any_code(clinical) in _OVER else "active"
