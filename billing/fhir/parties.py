"""Those who act around a claim, as contained resources (docs/claim-map.md, the rows of billing to facility)."""

from __future__ import annotations

from typing import Any, Final

from billing.fhir.text import address as read_address
from billing.fhir.text import capitals, organization_name, person_name
from clinic.domain.code import EIN, NPI, SSN, TAXONOMY, Code, Identifier
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.person import Contact, Name, OrganizationName, Person, PersonName
from clinic.domain.words import N_
from clinic.fhir.elements import (
    Json,
    choose_name,
    present,
    read_codes,
    read_extension,
    read_identifier,
    read_phone,
    read_sex,
    write_address,
    write_code,
    write_extension,
    write_identifier,
    write_person_name,
    write_sex,
)
from clinic.fhir.node import Node
from clinic.fhir.references import References

PROVIDERS: Final = ("Practitioner", "Organization", "PractitionerRole")
_TAX = "TAX"


class Contained:
    """The resources a Claim carries inside itself, collected while it is written."""

    def __init__(self) -> None:
        self.resources: list[Json] = []

    def add(self, identity: str, resource: Json) -> Json:
        """Put a resource in and give the reference to it."""
        self.resources.append({"resourceType": resource["resourceType"], "id": identity, **resource})
        return {"reference": f"#{identity}"}


def _identifiers(identifier: Identifier | None, other: Identifier | None = None) -> list[Json]:
    """The official number first, the number somebody else gave second; ``use`` tells them apart."""
    official = [write_identifier(identifier, use="official")] if identifier else []
    return official + ([write_identifier(other, use="secondary")] if other else [])


def _read_identifier(resource: Node) -> Identifier | None:
    """The NPI, else the number marked official whose system we know."""
    known = [(node, found) for node in resource.each("identifier") if (found := read_identifier(node))]
    for _, found in known:
        if found.system == NPI:
            return found
    return next(
        (found for node, found in known if node.text_at("use") == "official" and found.system not in (EIN, SSN)), None
    )


def _read_other(resource: Node) -> Identifier | None:
    return next(
        (
            found
            for node in resource.each("identifier")
            if node.text_at("use") == "secondary" and (found := read_identifier(node)) and found.system != NPI
        ),
        None,
    )


def _named(name: Name, **fields: Any) -> Json:
    """A Practitioner for a person, an Organization for anything else."""
    if isinstance(name, PersonName):
        return present(resourceType="Practitioner", name=[write_person_name(name)], **fields)
    return present(resourceType="Organization", name=name.name, **fields)


def read_name(resource: Node) -> Name:
    """The name of a Practitioner (in parts) or of anything else (in one).

    Raises:
        Refused: it has none.
    """
    if isinstance(resource.need("name").value, list):
        return person_name(choose_name(resource))
    return OrganizationName(organization_name(resource.need("name")))


def follow_provider(reference: Node, references: References, *, prefer: str = "practitioner") -> Node:
    """The Practitioner or Organization a reference means; of a PractitionerRole the one that is preferred.

    Raises:
        Refused: it is not in the file, or is something else.
    """
    found = references.follow(reference, *PROVIDERS)
    if found.need("resourceType").value != "PractitionerRole":
        return found
    other = "organization" if prefer == "practitioner" else "practitioner"
    inner = found.get(prefer) or found.get(other) or found.need(prefer)
    return references.follow(inner, "Practitioner", "Organization")


def write_billing(billing: BillingProvider) -> Json:
    """The billing provider; its taxonomy stands in the care team."""
    tax = write_identifier(billing.tax)
    tax["type"] = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": _TAX}]}
    identifiers = [*_identifiers(billing.identifier), tax]
    contact = billing.contact
    phone = [{"system": "phone", "value": contact.phone}] if contact and contact.phone is not None else []
    where = [write_address(billing.address)]
    if isinstance(billing.name, PersonName):
        named = contact.name if contact else None
        extra = [write_extension("contact-name", "valueString", named)] if named is not None else []
        return _named(billing.name, extension=extra, identifier=identifiers, telecom=phone, address=where)
    point = present(name=present(text=contact.name if contact else None), telecom=phone)
    return _named(billing.name, identifier=identifiers, address=where, contact=[point] if point else [])


def _read_contact(resource: Node) -> Contact | None:
    point = resource.first("contact")
    named = point.get("name") if point else None
    name = named.text_at("text") if named else None
    extra = read_extension(resource, "contact-name", "valueString")
    if extra is not None:
        name = extra.text()
    phone = (read_phone(point) if point else None) or read_phone(resource)
    if name is None and phone is None:
        return None
    return Contact(capitals(name) if name else None, phone)


def read_billing(resource: Node, taxonomy: Code | None) -> BillingProvider:
    """The billing provider of a Practitioner or Organization.

    Raises:
        Refused: it has no name, no address or no tax number.
    """
    tax = None
    for node in resource.each("identifier"):
        found = read_identifier(node)
        kind = node.get("type")
        is_tax = kind is not None and any(coding.text_at("code") == _TAX for coding in kind.each("coding"))
        if found and (is_tax or found.system in (EIN, SSN)):
            tax = found
            break
    if tax is None:
        raise resource.refused(
            N_("The billing provider has no tax number (EIN or SSN)."), N_("Add it to its identifiers.")
        )
    return BillingProvider(
        name=read_name(resource),
        address=read_address(resource.need_first("address")),
        tax=tax,
        identifier=_read_identifier(resource),
        taxonomy=taxonomy,
        contact=_read_contact(resource),
    )


def write_provider(provider: Provider | Colleague) -> Json:
    """Who did it, referred or supervised; a taxonomy stands in the care team."""
    return _named(provider.name, identifier=_identifiers(provider.identifier, provider.other))


def read_provider(resource: Node, taxonomy: Code | None) -> Provider:
    """Who did it.

    Raises:
        Refused: it has no name.
    """
    return Provider(
        name=read_name(resource),
        identifier=_read_identifier(resource),
        taxonomy=taxonomy,
        other=_read_other(resource),
    )


def read_colleague(resource: Node) -> Colleague:
    """Who referred or supervised.

    Raises:
        Refused: it is not a person with a family name.
    """
    name = read_name(resource)
    if not isinstance(name, PersonName):
        raise resource.refused(N_("Only a person can refer or supervise."), N_("Name the person."))
    return Colleague(name=name, identifier=_read_identifier(resource), other=_read_other(resource))


def write_taxonomy(taxonomy: Code | None) -> Json | None:
    """The qualification of a care team member."""
    return write_code(taxonomy) if taxonomy else None


def read_taxonomy(member: Node | None) -> Code | None:
    """The taxonomy that a care team member's qualification names."""
    qualification = member.get("qualification") if member else None
    if qualification is None:
        return None
    codes = list(read_codes(qualification))
    return next((code for code in codes if code.system == TAXONOMY), codes[0] if codes else None)


def write_facility(facility: Facility) -> Json:
    """Where it was done."""
    return present(
        resourceType="Location",
        name=facility.name.name,
        address=write_address(facility.address),
        identifier=_identifiers(facility.identifier, facility.other),
    )


def read_facility(resource: Node) -> Facility:
    """Where it was done.

    Raises:
        Refused: it has no name or no address.
    """
    where = resource.need("address")
    place = resource.need_first("address") if isinstance(where.value, list) else where
    return Facility(
        name=OrganizationName(organization_name(resource.need("name"))),
        address=read_address(place),
        identifier=_read_identifier(resource),
        other=_read_other(resource),
    )


def write_payer(payer: Payer) -> Json:
    """Who pays."""
    return present(
        resourceType="Organization",
        identifier=[write_identifier(payer.identifier)],
        name=payer.name.name,
        address=[write_address(payer.address)] if payer.address else [],
    )


def read_payer(resource: Node) -> Payer:
    """Who pays. Any house's number for the payer is taken as the payer number.

    Raises:
        Refused: it has no name or no number.
    """
    where = resource.first("address")
    found = [read_identifier(node) for node in resource.each("identifier")]
    identifier = next((known for known in found if known and known.system != NPI), None)
    if identifier is None:
        number = resource.need_first("identifier").need("value")
        identifier = Identifier("payer", number.text())
    return Payer(
        OrganizationName(organization_name(resource.need("name"))), identifier, read_address(where) if where else None
    )


def write_person(person: Person, resource_type: str, **fields: Any) -> Json:
    """A person as an insurer knows them: Patient or RelatedPerson."""
    return present(
        resourceType=resource_type,
        **fields,
        name=[write_person_name(person.name)],
        gender=write_sex(person.sex),
        birthDate=person.birth.isoformat() if person.birth else None,
        address=[write_address(person.address)] if person.address else [],
    )


def read_person(resource: Node) -> Person:
    """A Patient or RelatedPerson as an insurer knows them.

    Raises:
        Refused: there is no family name, or the birth date is not a full one.
    """
    birth, where = resource.get("birthDate"), resource.first("address")
    return Person(
        name=person_name(choose_name(resource)),
        birth=birth.day() if birth else None,
        sex=read_sex(resource),
        address=read_address(where) if where else None,
    )
