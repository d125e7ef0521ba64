"""A ServiceRequest that another system wrote, as far as it asks for a test of a laboratory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from clinic.domain.code import ICD10CM
from clinic.domain.words import N_
from clinic.fhir.elements import read_codes
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import Kept, OtherRecord
from clinic.fhir.importer.timing import Moment, read_moment
from clinic.fhir.node import Node
from clinic.fhir.systems import OWN_ROW_PREFIX

ASKED: Final = frozenset({"draft", "active", "on-hold", "completed"})
"""Statuses of requests that were not taken back."""
PRIORITIES: Final = {"routine": "routine", "urgent": "urgent", "asap": "urgent", "stat": "stat"}


class OrderRecord(OtherRecord, frozen=True, kw_only=True):
    """One test asked for."""

    patient: str
    encounter: str | None = None
    requester: str | None = None
    requisition: str | None = None
    """What its house calls the order all its lines share."""
    loinc: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """Names of tests in a catalogue like ours."""
    priority: str
    ordered: Moment | None = None
    diagnoses: tuple[str, ...] = ()
    reason: str | None = None

    def columns(self) -> dict[str, Any]:
        """None: an order changes by what is told of it, not by what its source says later."""
        return {}


def read(resource: Node) -> OrderRecord | Kept:
    """A request for a test.

    Raises:
        Refused: an element has the wrong shape.
    """
    if resource.need("status").text() not in ASKED:
        return Kept()
    patient = reference_text(resource.need("subject"), "Patient")
    if patient is None:
        return Kept(N_("The request names no patient that can be looked up."))
    code = resource.get("code")
    codings = list(code.each("coding")) if code else []
    reasons = list(resource.each("reasonCode"))
    requisition = resource.get("requisition")
    return OrderRecord(
        patient=patient,
        encounter=reference_text(resource.get("encounter"), "Encounter"),
        requester=reference_text(resource.get("requester"), "Practitioner"),
        requisition=requisition.text_at("value") if requisition else None,
        loinc=tuple(_of(codings, lambda system: system == "http://loinc.org")),
        keys=tuple(_of(codings, lambda system: system.startswith(OWN_ROW_PREFIX) and system.endswith(":test"))),
        priority=PRIORITIES.get(resource.text_at("priority") or "routine", "routine"),
        ordered=read_moment(resource.get("authoredOn")),
        diagnoses=tuple(
            dict.fromkeys(
                each.value.replace(".", "") for why in reasons for each in read_codes(why) if each.system == ICD10CM
            )
        ),
        reason="; ".join(words for why in reasons if (words := why.text_at("text"))) or None,
    )


def _of(codings: list[Node], fits: Any) -> Iterator[str]:
    for coding in codings:
        system, code = coding.text_at("system") or "", coding.text_at("code")
        if code and fits(system):
            yield code
