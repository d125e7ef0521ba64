"""Coverage."""

from __future__ import annotations

from typing import Final

from clinic.domain.policy_words import ASSIGNMENTS, FILINGS, INSURANCE_TYPES, RELATIONS, RELEASES
from clinic.domain.words import N_
from clinic.fhir.elements import read_any_code, read_code_in, read_extension
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import CoverageRecord, Kept
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

_RANKS = {1: "P", 2: "S", 3: "T"}
_RELATIONS = {"self": "18", "spouse": "01", "child": "19", "parent": "G8", "other": "G8"}
_FILING: Final = (CODE_PREFIX + "claim-filing", "https://codesystem.x12.org/005010/1032")
_RELATION: Final = (CODE_PREFIX + "relationship", "https://codesystem.x12.org/005010/1069")


def read(resource: Node) -> CoverageRecord | Kept:
    """A policy.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() in ("cancelled", "entered-in-error", "draft"):
        return Kept()
    member = _member_id(resource)
    payor = reference_text(resource.need_first("payor"), "Organization")
    patient = reference_text(resource.need("beneficiary"), "Patient")
    if member is None:
        return Kept(N_("The policy has no member number."))
    if payor is None or patient is None:
        return Kept(N_("The policy names no payer or no patient that can be looked up."))
    starts, ends = read_span(resource, "period")
    order = resource.get("order")
    holder = resource.get("subscriber")
    subscriber = reference_text(holder, "Patient")
    classes = {read_any_code(item.need("type")): item.need("value").text() for item in resource.each("class")}
    return CoverageRecord(
        patient=patient,
        payer=payor,
        rank=_RANKS.get(order.integer(), "T") if order else None,
        member_id=member,
        relation=_relation(resource, same=subscriber in (None, patient)),
        subscriber=None if subscriber == patient else subscriber,
        group_number=classes.get("group"),
        plan_name=classes.get("plan"),
        filing=_known(_code(resource.get("type"), _FILING), FILINGS),
        insurance_type=_known(_said(resource, "insurance-type"), INSURANCE_TYPES),
        assigns_benefits=_known(_said(resource, "assigns-benefits"), ASSIGNMENTS),
        release=_known(_said(resource, "release"), RELEASES),
        starts=starts.day if starts else None,
        ends=ends.day if ends else None,
    )


def _known(code: str | None, table: dict[str, str]) -> str | None:
    """The code, if people here could choose it too."""
    return code if code in table else None


def _said(resource: Node, name: str) -> str | None:
    found = read_extension(resource, name, "valueCode")
    return found.text() if found else None


def _code(concept: Node | None, systems: tuple[str, ...]) -> str | None:
    if concept is None:
        return None
    return next((code for system in systems if (code := read_code_in(concept, system))), None)


def _member_id(resource: Node) -> str | None:
    if resource.get("subscriberId") is not None:
        return resource.text_at("subscriberId")
    return next((value for node in resource.each("identifier") if (value := node.text_at("value"))), None)


def _relation(resource: Node, *, same: bool) -> str:
    """Of the patient to the subscriber; where nothing is said, self if both are the same, else other."""
    concept = resource.get("relationship")
    ours = _known(_code(concept, _RELATION), RELATIONS)
    return ours or _RELATIONS.get((read_any_code(concept) if concept else None) or "", "18" if same else "G8")
