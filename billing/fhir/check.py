"""Rules of R4's Claim that its model lets pass: numbering, links, the insurance billed, the sum.

Source: FHIR R4 4.0.1 Claim (hl7.org/fhir/R4/claim.html), the definitions of sequence, focal and total.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from clinic.fhir.r4 import Fault

_NUMBERED: Final = ("careTeam", "supportingInfo", "diagnosis", "procedure", "insurance", "item")
_LINKS: Final = {
    "careTeamSequence": "careTeam",
    "diagnosisSequence": "diagnosis",
    "procedureSequence": "procedure",
    "informationSequence": "supportingInfo",
}


def check_claim(claim: dict[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with the numbers of a Claim.

    Sequences that are not unique and above zero, links to nothing, not exactly one focal insurance, a total that is
    not the sum of the net amounts, more than one currency. The Claim must have R4's shape: ``clinic.fhir.r4.faults``
    found nothing.
    """
    return (*_sequences(claim), *_links(claim), *_focal(claim), *_sum(claim))


def _sequences(claim: dict[str, Any]) -> Iterator[Fault]:
    for element in _NUMBERED:
        seen: set[int] = set()
        for index, entry in enumerate(claim.get(element, ())):
            sequence = entry.get("sequence", 0)
            if sequence < 1 or sequence in seen:
                yield Fault(f"Claim.{element}[{index}].sequence", "invalid")
            seen.add(sequence)


def _links(claim: dict[str, Any]) -> Iterator[Fault]:
    there = {element: {entry.get("sequence") for entry in claim.get(element, ())} for element in _NUMBERED}
    for index, item in enumerate(claim.get("item", ())):
        for link, element in _LINKS.items():
            for position, sequence in enumerate(item.get(link, ())):
                if sequence not in there[element]:
                    yield Fault(f"Claim.item[{index}].{link}[{position}]", "not-found")


def _focal(claim: dict[str, Any]) -> Iterator[Fault]:
    if sum(bool(insurance.get("focal")) for insurance in claim.get("insurance", ())) != 1:
        yield Fault("Claim.insurance", "invariant")


def _sum(claim: dict[str, Any]) -> Iterator[Fault]:
    total = claim.get("total")
    nets = [item.get("net") for item in claim.get("item", ())]
    if not total or not all(nets):
        return
    if {net.get("currency") for net in nets} - {total.get("currency")}:
        yield Fault("Claim.total.currency", "invariant")
    elif sum((Decimal(net.get("value", 0)) for net in nets), Decimal(0)) != total.get("value"):
        yield Fault("Claim.total.value", "invariant")
