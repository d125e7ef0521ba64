"""The acts of a professional claim as items of a Claim (docs/claim-map.md, the rows of acts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from billing.domain.professional import Drug, Professional, ProfessionalAct, ProfessionalActLine
from billing.fhir.lines import Links, Pointing, day_of, read_line, write_line
from clinic.domain.code import NDC
from clinic.domain.party import Provider
from clinic.fhir.elements import (
    Json,
    read_any_code,
    read_codes,
    read_quantity,
    write_code,
    write_concept,
    write_quantity,
)
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

PROGRAM: Final = CODE_PREFIX + "program"


def write_item(act: ProfessionalActLine, sequence: int, part: Professional, links: Links) -> Json:
    """One item."""
    own = act.part
    programs = [name for name, said in (("emergency", own.emergency), ("epsdt", own.epsdt)) if said]
    return write_line(
        act,
        sequence,
        part.place,
        links,
        programCode=[write_concept(PROGRAM, name) for name in programs],
        detail=[_write_drug(own.drug)] if own.drug else [],
    )


def _write_drug(drug: Drug) -> Json:
    return {"sequence": 1, "productOrService": write_code(drug.ndc), "quantity": write_quantity(drug.quantity)}


def read_item(item: Node, place: str, pointing: Pointing, members: Mapping[int, Provider]) -> ProfessionalActLine:
    """One act.

    Args:
        item: the element.
        place: the claim's place of service.
        pointing: how it points at diagnoses.
        members: care team sequence to a rendering provider that is not the claim's own.

    Raises:
        Refused: something a service line needs is missing, or a diagnosis it points at is.
    """
    line = read_line(item, place, pointing)
    own = [members[node.integer()] for node in item.each("careTeamSequence") if node.integer() in members]
    programs = {read_any_code(program) for program in item.each("programCode")}
    part = ProfessionalAct(
        pointers=line.pointers,
        modifiers=line.modifiers,
        place=line.place,
        description=line.description,
        emergency="emergency" in programs,
        epsdt="epsdt" in programs,
        rendering=own[0] if own else None,
        drug=_read_drug(item),
    )
    return line.act(day_of(item, line), part)


def _read_drug(item: Node) -> Drug | None:
    for detail in item.each("detail"):
        code = next((code for code in read_codes(detail.need("productOrService")) if code.system == NDC), None)
        if code is not None:
            return Drug(code, read_quantity(detail.need("quantity")))
    return None
