"""The acts as items of a Claim (docs/claim-map.md, the rows of acts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from billing.domain.claim import Act
from billing.domain.professional import Drug, Professional, ProfessionalAct
from billing.fhir.text import maybe
from clinic.domain.code import CPT, HCPCS, NDC, POS, Code, procedure
from clinic.domain.money import Money
from clinic.domain.party import Provider
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_
from clinic.fhir.elements import (
    Json,
    present,
    read_any_code,
    read_codes,
    read_extension,
    read_money,
    read_period,
    read_quantity,
    write_code,
    write_concept,
    write_extension,
    write_money,
    write_period,
    write_quantity,
)
from clinic.fhir.node import Node
from clinic.fhir.systems import CLINICAL, CODE_PREFIX, code_address

PROGRAM: Final = CODE_PREFIX + "program"


def _write_modifier(modifier: str) -> Json:
    """A modifier of digits is CPT's, any other HCPCS'."""
    return write_concept(code_address(CPT if modifier.isdigit() else HCPCS), modifier)


def write_item(act: Act[ProfessionalAct], sequence: int, part: Professional, member: int | None) -> Json:
    """One item; ``member`` is the care team sequence of the line's own rendering provider."""
    own = act.part
    place = own.place if own.place is not None else part.place
    extra = [write_extension("line-number", "valueString", act.number)]
    if own.place is not None and own.place == part.place:
        # Said on the line although it is the claim's: without this the reader would take it as unsaid.
        extra.append(write_extension("place", "valueCode", own.place))
    programs = [name for name, said in (("emergency", own.emergency), ("epsdt", own.epsdt)) if said]
    one_day = act.service.end is None
    return present(
        extension=extra,
        sequence=sequence,
        careTeamSequence=[member] if member is not None else [],
        diagnosisSequence=list(own.pointers),
        productOrService=write_code(act.code, text=own.description),
        modifier=[_write_modifier(modifier) for modifier in own.modifiers],
        programCode=[write_concept(PROGRAM, name) for name in programs],
        servicedDate=act.service.start.isoformat() if one_day else None,
        servicedPeriod=None if one_day else write_period(act.service),
        locationCodeableConcept=write_code(Code(POS, place)),
        quantity=write_quantity(act.quantity),
        net=write_money(act.charge),
        detail=[_write_drug(own.drug)] if own.drug else [],
    )


def _write_drug(drug: Drug) -> Json:
    return {"sequence": 1, "productOrService": write_code(drug.ndc), "quantity": write_quantity(drug.quantity)}


def read_place(item: Node) -> str | None:
    """The place of service code of an item, None where it names none."""
    concept = item.get("locationCodeableConcept")
    if concept is None:
        return None
    codes = list(read_codes(concept))
    found = next((code.value for code in codes if code.system == POS), None)
    return found or read_any_code(concept)


def read_item(
    item: Node, place: str, pointers: Mapping[int, int], members: Mapping[int, Provider], *, exact: bool
) -> Act[ProfessionalAct]:
    """One act.

    Args:
        item: the element.
        place: the claim's place of service.
        pointers: diagnosis sequence to position.
        members: care team sequence to a rendering provider that is not the claim's own.
        exact: whether a sequence that is not in ``pointers`` is kept, for the edits to judge.

    Raises:
        Refused: something a service line needs is missing, or a diagnosis it points at is.
    """
    number, said = (
        read_extension(item, "line-number", "valueString"),
        read_extension(item, "place", "valueCode"),
    )
    concept = item.need("productOrService")
    here = said.text() if said else read_place(item)
    if said is None and here == place:
        here = None
    quantity = item.get("quantity")
    own = [members[node.integer()] for node in item.each("careTeamSequence") if node.integer() in members]
    programs = {read_any_code(program) for program in item.each("programCode")}
    return Act(
        number=number.text() if number else str(item.need("sequence").integer()),
        code=_read_code(concept),
        service=_read_service(item),
        quantity=read_quantity(quantity) if quantity else _one(),
        charge=_read_charge(item, quantity),
        part=ProfessionalAct(
            pointers=tuple(_pointer(node, pointers, exact) for node in item.each("diagnosisSequence")),
            modifiers=tuple(_read_modifier(modifier) for modifier in item.each("modifier")),
            place=here,
            description=_description(concept),
            emergency="emergency" in programs,
            epsdt="epsdt" in programs,
            rendering=own[0] if own else None,
            drug=_read_drug(item),
        ),
    )


def _one() -> Quantity:
    """FHIR: an item without a quantity is one of it."""
    return read_quantity(Node({"value": 1}, "quantity"))


def _read_code(concept: Node) -> Code:
    for coding in concept.each("coding"):
        code = next(read_codes(Node({"coding": [coding.value]}, concept.path)), None)
        if code is None or code.system in CLINICAL:
            continue
        if code.system == HCPCS and coding.value["system"] != code_address(HCPCS):
            # Other addresses of HCPCS are used for both of its levels.
            return procedure(code.value.upper())
        return code
    raise concept.refused(
        N_("No procedure code of a system we know is given."),
        N_("Give its coding a system: CPT, HCPCS, or urn:cabinet:cs: and a name."),
    )


def _description(concept: Node) -> str | None:
    text = concept.text_at("text")
    displays = {coding.text_at("display") for coding in concept.each("coding")}
    return None if text in displays else maybe(text)


def _read_service(item: Node) -> Period:
    span = item.get("servicedPeriod")
    return read_period(span) if span else Period(item.need("servicedDate").day())


def _read_charge(item: Node, quantity: Node | None) -> Money:
    """The net amount; where only a unit price is given, that times the quantity."""
    price = item.get("unitPrice")
    if item.get("net") is None and price is not None:
        times = read_quantity(quantity).value if quantity else _one().value
        if times == int(times):
            return read_money(price) * int(times)
    return read_money(item.need("net"))


def _read_modifier(concept: Node) -> str:
    found = read_any_code(concept)
    if found is None:
        raise concept.refused(N_("A code is expected here."))
    return found


def _pointer(node: Node, pointers: Mapping[int, int], exact: bool) -> int:
    sequence = node.integer()
    if sequence in pointers:
        return pointers[sequence]
    if exact:
        return sequence
    raise node.refused(N_("This points at a diagnosis that is not there."))


def _read_drug(item: Node) -> Drug | None:
    for detail in item.each("detail"):
        code = next((code for code in read_codes(detail.need("productOrService")) if code.system == NDC), None)
        if code is not None:
            return Drug(code, read_quantity(detail.need("quantity")))
    return None
