"""What the items of a Claim say alike whatever its kind (docs/claim-map.md, the rows of acts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from billing.domain.claim import Act
from billing.fhir.text import maybe
from clinic.domain.code import CPT, HCPCS, POS, Code, procedure
from clinic.domain.money import Money
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
from clinic.fhir.systems import CLINICAL, code_address


class Links(NamedTuple):
    """Sequences of the care team and of supportingInfo that an item names."""

    members: list[int]
    information: list[int]


class Line(NamedTuple):
    """What an item says that acts of every kind have."""

    number: str
    code: Code
    service: Period | None
    """None where it says no day."""
    quantity: Quantity
    charge: Money
    pointers: tuple[int, ...]
    modifiers: tuple[str, ...]
    place: str | None
    """None where it is the claim's."""
    description: str | None

    def act(self, service: Period, part: Any) -> Act[Any]:
        """The act, with the day it was done and its part."""
        return Act(
            number=self.number,
            code=self.code,
            service=service,
            quantity=self.quantity,
            charge=self.charge,
            part=part,
        )


class Pointing(NamedTuple):
    """How the items of a Claim point: diagnosis sequence to position, and whether another sequence is kept as it is.

    Where it is kept the edits judge it.
    """

    positions: Mapping[int, int]
    exact: bool


def _write_modifier(modifier: str) -> Json:
    """A modifier of digits is CPT's, any other HCPCS'."""
    return write_concept(code_address(CPT if modifier.isdigit() else HCPCS), modifier)


def write_line(act: Act[Any], sequence: int, place: str, links: Links, *, dated: bool = True, **own: Any) -> Json:
    """One item.

    Args:
        act: its part says ``pointers``, ``modifiers``, ``place`` and ``description``.
        sequence: where it stands, from 1.
        place: the claim's place of service.
        links: what it names elsewhere in the Claim.
        dated: whether it says when.
        own: elements that only this kind has; ``extension`` is a list of further ones.
    """
    part = act.part
    extra = [write_extension("line-number", "valueString", act.number), *own.pop("extension", ())]
    if part.place is not None and part.place == place:
        # Said on the line although it is the claim's: without this the reader would take it as unsaid.
        extra.append(write_extension("place", "valueCode", part.place))
    one_day = act.service.end is None
    return present(
        extension=extra,
        sequence=sequence,
        careTeamSequence=links.members,
        diagnosisSequence=list(part.pointers),
        informationSequence=links.information,
        productOrService=write_code(act.code, text=part.description),
        modifier=[_write_modifier(modifier) for modifier in part.modifiers],
        servicedDate=act.service.start.isoformat() if dated and one_day else None,
        servicedPeriod=write_period(act.service) if dated and not one_day else None,
        locationCodeableConcept=write_code(Code(POS, part.place if part.place is not None else place)),
        quantity=write_quantity(act.quantity),
        net=write_money(act.charge),
        **own,
    )


def read_place(item: Node) -> str | None:
    """The place of service code of an item, None where it names none."""
    concept = item.get("locationCodeableConcept")
    if concept is None:
        return None
    codes = list(read_codes(concept))
    found = next((code.value for code in codes if code.system == POS), None)
    return found or read_any_code(concept)


def read_line(item: Node, place: str, pointing: Pointing) -> Line:
    """What an item says that every kind has; ``place`` is the claim's place of service.

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
    return Line(
        number=number.text() if number else str(item.need("sequence").integer()),
        code=_read_code(concept),
        service=_read_service(item),
        quantity=read_quantity(quantity) if quantity else _one(),
        charge=_read_charge(item, quantity),
        pointers=tuple(_pointer(node, pointing) for node in item.each("diagnosisSequence")),
        modifiers=tuple(_read_modifier(modifier) for modifier in item.each("modifier")),
        place=here,
        description=_description(concept),
    )


def day_of(item: Node, line: Line) -> Period:
    """When it was done.

    Raises:
        Refused: the item does not say it.
    """
    return line.service or Period(item.need("servicedDate").day())


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


def _read_service(item: Node) -> Period | None:
    span, day = item.get("servicedPeriod"), item.get("servicedDate")
    if span:
        return read_period(span)
    return Period(day.day()) if day else None


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


def _pointer(node: Node, pointing: Pointing) -> int:
    sequence = node.integer()
    if sequence in pointing.positions:
        return pointing.positions[sequence]
    if pointing.exact:
        return sequence
    raise node.refused(N_("This points at a diagnosis that is not there."))
