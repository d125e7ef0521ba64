"""The payer billed and the other payers, as contained Coverages (docs/claim-map.md, the rows of coverage)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from billing.domain.claim import Coverage, OtherCoverage, Rank
from billing.fhir.answer import read_answer, write_answer
from billing.fhir.parties import (
    Contained,
    read_name,
    read_payer,
    read_person,
    write_payer,
    write_person,
)
from billing.fhir.text import capitals, maybe, organization_name, person_name
from clinic.domain.party import Payer
from clinic.domain.person import Name, OrganizationName, PersonName
from clinic.domain.words import N_
from clinic.fhir.elements import (
    Json,
    choose_name,
    present,
    read_any_code,
    read_code_in,
    read_extension,
    read_identifier,
    write_concept,
    write_extension,
    write_identifier,
    write_person_name,
)
from clinic.fhir.node import Node
from clinic.fhir.references import References
from clinic.fhir.systems import CODE_PREFIX

FILING: Final = CODE_PREFIX + "claim-filing"
RELATIONSHIP: Final = CODE_PREFIX + "relationship"
_X12_FILING = "https://codesystem.x12.org/005010/1032"
_X12_RELATIONSHIP = "https://codesystem.x12.org/005010/1069"
_HL7_RELATIONSHIP = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
_COVERAGE_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"

_ORDERS: dict[Rank, int] = {"P": 1, "S": 2, "T": 3}
_RANKS: dict[int, Rank] = {1: "P", 2: "S", 3: "T"}
_RELATIONSHIPS = {"self": "18", "spouse": "01", "child": "19", "parent": "G8", "other": "G8"}

Assigns = Literal["Y", "N", "W"]
_ASSIGNS: tuple[Assigns, ...] = ("Y", "N", "W")
_RELEASES: tuple[Literal["Y", "I"], ...] = ("Y", "I")


class _Shared(NamedTuple):
    """What both kinds of coverage say alike."""

    payer: Payer
    member_id: str
    filing: str
    rank: Rank
    relationship: str
    group_number: str | None
    plan_name: str | None
    insurance_type: str | None
    release: Literal["Y", "I"]


# Writing.


def write_coverage(coverage: Coverage, contained: Contained) -> tuple[Json, Json]:
    """Contain the coverage billed, its payer and its subscriber; the references to coverage and payer."""
    subscriber = None
    if coverage.subscriber is not None:
        person = write_person(coverage.subscriber, "RelatedPerson", patient={"reference": "#patient"})
        subscriber = contained.add("subscriber", person)
    payer = contained.add("payer", write_payer(coverage.payer))
    number = coverage.provider_number
    extra = [write_extension("provider-number", "valueIdentifier", write_identifier(number))] if number else []
    return contained.add("coverage", _resource(coverage, payer, subscriber, extra)), payer


def write_other(other: OtherCoverage, index: int, contained: Contained, context: Json) -> Json:
    """Contain another coverage (``index`` from 1) and the answer of its payer; its element of ``insurance``.

    ``context`` is what an answer repeats of the claim: type, use, patient, created.
    """
    subscriber = None
    if other.subscriber is not None:
        name = other.subscriber
        written = write_person_name(name) if isinstance(name, PersonName) else {"text": name.name}
        person = {"resourceType": "RelatedPerson", "patient": {"reference": "#patient"}, "name": [written]}
        subscriber = contained.add(f"other-subscriber-{index}", person)
    payer = contained.add(f"other-payer-{index}", write_payer(other.payer))
    extra = [write_extension("assigns-benefits", "valueCode", other.assigns_benefits)]
    coverage = contained.add(f"other-coverage-{index}", _resource(other, payer, subscriber, extra))
    answer = None
    if other.adjudication is not None:
        answer = contained.add(f"answer-{index}", write_answer(other.adjudication, payer, context))
    return present(sequence=index + 1, focal=False, coverage=coverage, claimResponse=answer)


def _resource(coverage: Coverage | OtherCoverage, payer: Json, subscriber: Json | None, extra: list[Json]) -> Json:
    if coverage.insurance_type is not None:
        extra = [*extra, write_extension("insurance-type", "valueCode", coverage.insurance_type)]
    if subscriber is None and coverage.relationship == "18":
        subscriber = {"reference": "#patient"}
    classes = [
        {"type": write_concept(_COVERAGE_CLASS, kind), "value": value}
        for kind, value in (("group", coverage.group_number), ("plan", coverage.plan_name))
        if value is not None
    ]
    fields: dict[str, Any] = {"class": classes}
    return present(
        resourceType="Coverage",
        extension=[*extra, write_extension("release", "valueCode", coverage.release)],
        status="active",
        type=write_concept(FILING, coverage.filing),
        subscriber=subscriber,
        subscriberId=coverage.member_id,
        beneficiary={"reference": "#patient"},
        relationship=write_concept(RELATIONSHIP, coverage.relationship),
        payor=[payer],
        order=_ORDERS[coverage.rank],
        **fields,
    )


# Reading.


def read_coverage(resource: Node, patient: Node, references: References, assigns: Assigns) -> Coverage:
    """The coverage billed.

    Raises:
        Refused: something the payer needs is missing.
    """
    subscriber = _subscriber(resource, patient, references)
    number = read_extension(resource, "provider-number", "valueIdentifier")
    return Coverage(
        **_shared(resource, subscriber, references)._asdict(),
        subscriber=read_person(subscriber) if subscriber else None,
        assigns_benefits=assigns,
        provider_number=read_identifier(number) if number else None,
    )


def read_other(insurance: Node, patient: Node, references: References) -> OtherCoverage:
    """Another coverage and the answer of its payer, from its element of ``insurance``.

    Raises:
        Refused: something is missing.
    """
    resource = references.follow(insurance.need("coverage"), "Coverage")
    subscriber = _subscriber(resource, patient, references)
    assigns = read_extension(resource, "assigns-benefits", "valueCode")
    if assigns is None:
        raise resource.refused(
            N_("Whether benefits are assigned is missing."), N_("Add the extension assigns-benefits: Y, N or W.")
        )
    answer = insurance.get("claimResponse")
    return OtherCoverage(
        **_shared(resource, subscriber, references)._asdict(),
        subscriber=_name(subscriber) if subscriber else None,
        assigns_benefits=assigns.one_of(_ASSIGNS),
        adjudication=read_answer(references.follow(answer, "ClaimResponse")) if answer else None,
    )


def _subscriber(resource: Node, patient: Node, references: References) -> Node | None:
    """The subscriber, None where that is the patient or nobody is named."""
    reference = resource.get("subscriber")
    if reference is None:
        return None
    found = references.follow(reference, "RelatedPerson", "Patient")
    return None if found.value is patient.value else found


def _name(subscriber: Node) -> Name:
    """A subscriber's name; one that has only a text is an organisation's (an employer that holds the policy)."""
    chosen = choose_name(subscriber)
    if chosen.get("family") is None and (text := chosen.get("text")):
        return OrganizationName(organization_name(text))
    if chosen.get("family") is not None:
        return person_name(chosen)
    return read_name(subscriber)


def _shared(resource: Node, subscriber: Node | None, references: References) -> _Shared:
    release = read_extension(resource, "release", "valueCode")
    if release is None:
        raise resource.refused(
            N_("Whether the patient permits release of data is missing."), N_("Add the extension release: Y or I.")
        )
    classes = {kind: value for kind, value in _classes(resource) if kind}
    insurance_type = read_extension(resource, "insurance-type", "valueCode")
    return _Shared(
        payer=read_payer(references.follow(resource.need_first("payor"), "Organization")),
        member_id=_member_id(resource),
        filing=_filing(resource.need("type")),
        rank=_rank(resource),
        relationship=_relationship(resource, subscriber),
        group_number=classes.get("group"),
        plan_name=maybe(classes.get("plan")),
        insurance_type=insurance_type.text() if insurance_type else None,
        release=release.one_of(_RELEASES),
    )


def _classes(resource: Node) -> Iterator[tuple[str | None, str]]:
    for item in resource.each("class"):
        yield read_any_code(item.need("type")), item.need("value").text()


def _member_id(resource: Node) -> str:
    for node in resource.each("identifier") if resource.get("subscriberId") is None else ():
        kind = node.get("type")
        if kind is not None and any(coding.text_at("code") == "MB" for coding in kind.each("coding")):
            return node.need("value").text()
    return resource.need("subscriberId").text()


def _filing(kind: Node) -> str:
    found = read_code_in(kind, FILING) or read_code_in(kind, _X12_FILING)
    if found is None:
        raise kind.refused(
            N_("No claim filing indicator is given."), N_("Add a coding of system urn:cabinet:cs:claim-filing.")
        )
    return found


def _rank(resource: Node) -> Rank:
    order = resource.get("order")
    if order is None:
        return "P"
    rank = _RANKS.get(order.integer())
    if rank is None:
        raise order.refused(N_("A payer can be first, second or third."))
    return rank


def _relationship(resource: Node, subscriber: Node | None) -> str:
    """The patient's relationship to the subscriber; self where both are the same and nothing is said."""
    kind = resource.get("relationship")
    if kind is None:
        if subscriber is None and resource.get("subscriber") is not None:
            return "18"
        kind = resource.need("relationship")
    ours = read_code_in(kind, RELATIONSHIP) or read_code_in(kind, _X12_RELATIONSHIP)
    found = ours or _RELATIONSHIPS.get(read_code_in(kind, _HL7_RELATIONSHIP) or "")
    if found is None:
        raise kind.refused(N_("This relationship is not one that claims know."))
    return capitals(found)
