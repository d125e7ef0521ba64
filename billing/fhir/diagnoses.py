"""Diagnoses in a Claim: written with their point, read without it (docs/claim-map.md, part.diagnoses)."""

from __future__ import annotations

from typing import Final

from clinic.domain.code import ICD9CM, ICD10CM, Code
from clinic.domain.words import N_
from clinic.fhir.elements import Json, present, read_codes, write_code, write_concept
from clinic.fhir.node import Node
from clinic.fhir.systems import CLINICAL

_TYPE: Final = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype"
_ICD = (ICD10CM, ICD9CM)


def pointed(code: Code) -> str:
    """The code with its point: after three characters, after four for an ICD-9-CM cause of injury (E800.0)."""
    if code.system not in _ICD:
        return code.value
    after = 4 if code.system == ICD9CM and code.value.startswith("E") else 3
    return f"{code.value[:after]}.{code.value[after:]}" if len(code.value) > after else code.value


def unpointed(code: Code) -> Code:
    """The code as claims carry it: no point, capitals."""
    return Code(code.system, code.value.replace(".", "").upper()) if code.system in _ICD else code


def write_diagnoses(codes: tuple[Code, ...]) -> list[Json]:
    """The diagnosis elements, sequence from 1, the first marked principal."""
    return [
        present(
            sequence=position,
            diagnosisCodeableConcept=write_code(Code(code.system, pointed(code))),
            type=[write_concept(_TYPE, "principal")] if position == 1 else [],
        )
        for position, code in enumerate(codes, start=1)
    ]


def read_diagnoses(claim: Node) -> tuple[tuple[Code, ...], dict[int, int], bool]:
    """The diagnoses by sequence, where each sequence stands, and whether they count 1, 2, 3 without a gap.

    Raises:
        Refused: a diagnosis has no code of a system we know, or two have the same sequence.
    """
    found: dict[int, Code] = {}
    for node in claim.each("diagnosis"):
        sequence, concept = node.need("sequence"), node.need("diagnosisCodeableConcept")
        code = next((code for code in read_codes(concept) if code.system not in CLINICAL), None)
        if code is None:
            raise concept.refused(
                N_("No diagnosis code of a system we know is given."), N_("Give its ICD-10-CM code and system.")
            )
        if sequence.integer() in found:
            raise sequence.refused(N_("Two diagnoses have this sequence."))
        found[sequence.integer()] = unpointed(code)
    order = sorted(found)
    positions = {sequence: position for position, sequence in enumerate(order, start=1)}
    return tuple(found[sequence] for sequence in order), positions, order == list(range(1, len(order) + 1))
