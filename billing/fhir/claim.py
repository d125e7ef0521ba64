"""A claim of any kind as a FHIR R4 Claim, and back (docs/claim-map.md).

``from_fhir(to_fhir(claim, created=day)) == claim`` for every claim in canonical form: capitals, dates in their
order, no empty ``Authority`` or ``Contact`` in place of none; of a predetermination the day it is asked is ``created``.
All parties are contained, so one resource is one claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from billing.domain.claim import Authority, Claim, Frequency
from billing.fhir.accident import read_causes, read_day, write_accident
from billing.fhir.care_team import CareTeam, read_care_team, write_care_team
from billing.fhir.coverage import Assigns, read_coverage, read_other, write_coverage, write_other
from billing.fhir.dental import DENTAL
from billing.fhir.diagnoses import read_diagnoses, write_diagnoses
from billing.fhir.kind import Kind, Own, Read
from billing.fhir.lines import Links, Pointing, read_place
from billing.fhir.parties import (
    Contained,
    follow_provider,
    read_billing,
    read_facility,
    read_person,
    write_billing,
    write_facility,
    write_person,
)
from billing.fhir.professional import PROFESSIONAL
from billing.fhir.text import address as read_address
from billing.fhir.text import maybe
from clinic.domain.code import Identifier
from clinic.domain.money import total
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.elements import (
    Json,
    present,
    read_any_code,
    read_extension,
    read_identifier,
    read_money,
    write_address,
    write_concept,
    write_extension,
    write_identifier,
    write_money,
    write_period,
)
from clinic.fhir.node import Node
from clinic.fhir.references import References
from clinic.fhir.systems import IDENTIFIER_PREFIX

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
CLAIM_NUMBER: Final = IDENTIFIER_PREFIX + "claim-number"

AnyClaim = Claim[Any, Any]
KINDS: dict[str, Kind] = {kind.key: kind for kind in (PROFESSIONAL, DENTAL)}
_TYPES = {kind.type: kind for kind in KINDS.values()}

_PAYEES: dict[str, Assigns] = {"provider": "Y", "subscriber": "N", "other": "W"}
_PAYEE_OF = {assigns: payee for payee, assigns in _PAYEES.items()}
_FREQUENCIES: tuple[Frequency, ...] = ("1", "7", "8")
_SIGNED: tuple[Literal["Y", "N"], ...] = ("Y", "N")
_ASSIGNMENTS: tuple[Literal["A", "B", "C"], ...] = ("A", "B", "C")


# Writing.


def to_fhir(claim: AnyClaim, *, created: date) -> Json:
    """The Claim resource: plain values, amounts as Decimal (``clinic.fhir.json.dumps`` writes their digits).

    ``created`` is the day the resource is made; it is no part of the claim.

    Raises:
        Refused: claims of this kind have no resource.
    """
    kind, contained, part = KINDS.get(claim.kind), Contained(), claim.part
    if kind is None:
        what = N_("Claims of kind %(kind)s cannot be written in this form.")
        raise Refused(what, where=claim.number, kind=claim.kind)
    patient = contained.add("patient", write_person(claim.patient, "Patient"))
    billing = contained.add("billing", write_billing(claim.billing))
    coverage, payer = write_coverage(claim.coverage, contained)
    facility = contained.add("facility", write_facility(part.facility)) if part.facility else None
    team, members = write_care_team(claim, billing, contained)
    shared = {
        "type": write_concept(_TERMINOLOGY + "claim-type", kind.type),
        "use": kind.use(part),
        "patient": patient,
        "created": created.isoformat(),
    }
    authority, information = claim.authority or Authority(), kind.information(claim)
    others = [write_other(other, index, contained, shared) for index, other in enumerate(claim.other_coverages, 1)]
    focal = present(
        sequence=1,
        focal=True,
        coverage=coverage,
        preAuthRef=[authority.prior_authorization] if authority.prior_authorization is not None else [],
    )
    return present(
        resourceType="Claim",
        contained=contained.resources,
        extension=_write_extensions(claim),
        identifier=[{"system": CLAIM_NUMBER, "value": claim.number}],
        status="active",
        **shared,
        billablePeriod=write_period(claim.service) if claim.acts and kind.use(part) == "claim" else None,
        insurer=payer,
        provider=billing,
        priority=write_concept(_TERMINOLOGY + "processpriority", "normal"),
        related=_write_related(claim.replaces),
        referral=_write_referral(authority.referral),
        payee={"type": write_concept(_TERMINOLOGY + "payeetype", _PAYEE_OF[claim.coverage.assigns_benefits])},
        facility=facility,
        careTeam=team,
        supportingInfo=information.entries,
        diagnosis=write_diagnoses(part.diagnoses),
        insurance=[focal, *others],
        accident=write_accident(part),
        item=[
            kind.item(act, line, part, Links(members[line], information.of_lines.get(line, [])))
            for line, act in enumerate(claim.acts, start=1)
        ],
        total=write_money(claim.total),
    )


def _write_extensions(claim: AnyClaim) -> list[Json]:
    part, clia = claim.part, claim.authority.clia if claim.authority else None
    return [
        write_extension("frequency", "valueCode", claim.frequency),
        write_extension("place", "valueCode", part.place),
        write_extension("provider-signature", "valueCode", part.signed),
        write_extension("assignment", "valueCode", part.assignment),
        *(write_extension("accident-cause", "valueCode", cause) for cause in part.accident),
        *([write_extension("clia", "valueIdentifier", write_identifier(clia))] if clia else []),
        *([write_extension("pay-to", "valueAddress", write_address(claim.pay_to))] if claim.pay_to else []),
    ]


def _write_related(replaces: str | None) -> list[Json]:
    if replaces is None:
        return []
    prior = write_concept(_TERMINOLOGY + "ex-relatedclaimrelationship", "prior")
    return [{"relationship": prior, "reference": {"value": replaces}}]


def _write_referral(number: str | None) -> Json | None:
    return None if number is None else {"type": "ServiceRequest", "identifier": {"value": number}}


# Reading.


def from_fhir(resource: Any, *, beside: Mapping[str, Any] | None = None) -> AnyClaim:
    """The claim that a Claim resource says, ours or another house's.

    Args:
        resource: plain JSON values, decimals as Decimal (``clinic.fhir.json.loads``).
        beside: resources that its references may mean, by reference text, such as those of its Bundle.

    Raises:
        Refused: it is of no kind that is read, or something such a claim needs is missing; the path is named.
    """
    node = Node(resource, "Claim")
    if node.need("resourceType").text() != "Claim":
        raise node.refused(N_("This is not a Claim resource."), N_("Give a resource of type Claim."))
    try:
        return _read(node, References(node, beside))
    except RecursionError as error:
        raise node.refused(N_("This is nested too deeply to be a resource.")) from error


def _read(node: Node, references: References) -> AnyClaim:
    kind = _kind(node)
    patient = references.follow(node.need("patient"), "Patient")
    provider = node.need("provider")
    billing = follow_provider(provider, references, prefer="organization")
    team = read_care_team(node, billing, references, assisted=kind.assisted)
    insurances = list(node.each("insurance"))
    focal = _focal(node, insurances)
    own = _own(node, kind, team, references)
    charged, pay_to = node.get("total"), read_extension(node, "pay-to", "valueAddress")
    if charged is None and len({act.charge.currency for act in own.acts}) > 1:
        raise node.refused(N_("The items are in several currencies."))
    return Claim(
        kind=kind.key,
        number=_number(node),
        billing=read_billing(billing, team.billing_taxonomy),
        patient=read_person(patient),
        coverage=read_coverage(
            references.follow(focal.need("coverage"), "Coverage"), patient, references, _assigns(node)
        ),
        acts=tuple(own.acts),
        part=own.part,
        total=read_money(charged) if charged else total([act.charge for act in own.acts]),
        frequency=_frequency(node),
        replaces=_replaces(node),
        authority=_authority(node, focal),
        pay_to=read_address(pay_to) if pay_to else None,
        other_coverages=tuple(
            read_other(insurance, patient, references) for insurance in insurances if insurance is not focal
        ),
        patient_paid=own.patient_paid,
    )


def _own(node: Node, kind: Kind, team: CareTeam, references: References) -> Own:
    """The part and the acts."""
    place = _place(node)
    diagnoses, positions, exact = read_diagnoses(node)
    facility, accident = node.get("facility"), node.get("accident")
    where = accident.get("locationAddress") if accident else None
    shared = {
        "diagnoses": diagnoses,
        "place": place,
        "rendering": team.rendering,
        "referring": team.referring,
        "supervising": team.supervising,
        "facility": read_facility(references.follow(facility, "Location", "Organization")) if facility else None,
        "signed": _statement(node, "provider-signature").one_of(_SIGNED),
        "assignment": _statement(node, "assignment").one_of(_ASSIGNMENTS),
        "accident": read_causes(node, accident),
        "accident_state": maybe(where.text_at("state")) if where else None,
    }
    return kind.read(Read(node, place, Pointing(positions, exact), team, read_day(accident), shared))


def _kind(node: Node) -> Kind:
    type_, use, status = node.need("type"), node.need("use"), node.need("status")
    kind = _TYPES.get(read_any_code(type_) or "")
    if kind is None:
        raise type_.refused(
            N_("Claims of this type are not read here."), N_("Give a Claim of type professional or oral.")
        )
    if use.text() not in kind.uses:
        raise use.refused(N_("This asks for something else than payment."), N_("Give a Claim of use claim."))
    if status.text() in ("cancelled", "entered-in-error"):
        raise status.refused(N_("This Claim is withdrawn."), N_("Give one that is active."))
    return kind


def _number(node: Node) -> str:
    for identifier in node.each("identifier"):
        if identifier.text_at("system") == CLAIM_NUMBER:
            return identifier.need("value").text()
    return node.need_first("identifier").need("value").text()


def _focal(node: Node, insurances: list[Node]) -> Node:
    """The one insurance billed; a Claim with a single one need not mark it."""
    focal = [insurance for insurance in insurances if (mark := insurance.get("focal")) and mark.flag()]
    if len(focal) == 1:
        return focal[0]
    if not focal and len(insurances) == 1:
        return insurances[0]
    if not insurances:
        return node.need_first("insurance")
    raise Refused(
        N_("Exactly one insurance must be focal: the one that is billed."),
        where="Claim.insurance",
        remedy=N_("Set focal to true on that one and to false on the others."),
    )


def _statement(node: Node, name: str) -> Node:
    """An extension that states what somebody signed; never guessed."""
    found = read_extension(node, name, "valueCode")
    if found is None:
        raise Refused(
            N_("The Claim does not say %(name)s."),
            where="Claim.extension",
            remedy=N_("Add the extension urn:cabinet:fhir:%(name)s."),
            name=name,
        )
    return found


def _assigns(node: Node) -> Assigns:
    kind = node.need("payee").need("type")
    found = _PAYEES.get(read_any_code(kind) or "")
    if found is None:
        raise kind.refused(N_("This is not one of %(choices)s."), choices=", ".join(_PAYEES))
    return found


def _place(node: Node) -> str:
    """The claim's place of service: our extension, else that of the first item."""
    found = read_extension(node, "place", "valueCode")
    if found is not None:
        return found.text()
    item = node.need_first("item")
    return read_place(item) or item.need("locationCodeableConcept").need_first("coding").need("code").text()


def _frequency(node: Node) -> Frequency:
    """Our extension; a Claim without one that names no prior claim is an original."""
    found = read_extension(node, "frequency", "valueCode")
    if found is None and _replaces(node) is not None:
        return _statement(node, "frequency").one_of(_FREQUENCIES)
    return found.one_of(_FREQUENCIES) if found else "1"


def _replaces(node: Node) -> str | None:
    for related in node.each("related"):
        relationship, reference = related.get("relationship"), related.get("reference")
        if reference and (relationship is None or read_any_code(relationship) == "prior"):
            return reference.need("value").text()
    return None


def _authority(node: Node, focal: Node) -> Authority | None:
    number, clia = focal.first("preAuthRef"), _clia(node)
    referral = node.get("referral")
    named = referral.get("identifier") if referral else None
    found = Authority(
        prior_authorization=number.text() if number else None,
        referral=named.need("value").text() if named else None,
        clia=clia,
    )
    return None if found == Authority() else found


def _clia(node: Node) -> Identifier | None:
    found = read_extension(node, "clia", "valueIdentifier")
    if found is None:
        return None
    identifier = read_identifier(found)
    if identifier is None:
        raise found.refused(N_("This identifier has no value, or a system we do not know."))
    return identifier
