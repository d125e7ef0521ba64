"""Names and addresses as records hold them: whatever is there, nothing required but something to call a person by."""

from __future__ import annotations

from clinic.domain.person import PersonName
from clinic.domain.value import Value
from clinic.fhir.elements import choose_name, read_person_name
from clinic.fhir.elements import read_phone as any_phone
from clinic.fhir.importer.states import state_code
from clinic.fhir.node import Node


class Place(Value, frozen=True, kw_only=True):
    """An address, as far as it is known."""

    street: str | None = None
    street_2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


def read_name(resource: Node) -> PersonName | None:
    """The name a person goes by; one that is only text is taken as the last name. None where there is none."""
    if resource.first("name") is None:
        return None
    node = choose_name(resource)
    if node.get("family") is not None:
        return read_person_name(node)
    given = [part.text() for part in node.each("given")]
    last = node.text_at("text") or " ".join(given)
    return PersonName(last) if last else None


def read_phone(resource: Node) -> str | None:
    """The first telephone number, without what divides its digits; one with letters in it as it stands."""
    text = any_phone(resource)
    bare = "".join(letter for letter in text or "" if letter not in " -.()/")
    return bare if bare.lstrip("+").isdigit() else text


def read_place(resource: Node) -> Place | None:
    """The home address, else the first that is not old; None where there is none."""
    found = [node for node in resource.each("address") if node.text_at("use") != "old"]
    node = next((node for node in found if node.text_at("use") == "home"), found[0] if found else None)
    if node is None:
        return None
    lines = [line.text() for line in node.each("line")]
    code = node.text_at("postalCode")
    place = Place(
        street=lines[0] if lines else None,
        street_2=", ".join(lines[1:]) or None,
        city=node.text_at("city"),
        state=state_code(node.text_at("state")),
        postal_code=code.replace("-", "").replace(" ", "") if code else None,
        country=node.text_at("country"),
    )
    return None if place == Place() else place
