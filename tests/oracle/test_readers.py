"""Nothing of a claim's file or resource goes unread: whatever is altered, the oracle says other facts or protests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from billing.fhir.claim import to_fhir
from billing.x12 import write_837p
from clinic.fhir.json import dumps
from tests.counts import count
from tests.oracle import facts, file, shape
from tests.oracle.sender import TRANSMISSION
from tests.strategies.samples import sample_claims, whole_claims

UNREAD_SEGMENTS = {
    "HL 1": "its own number; HL02 of the level below is held against it",
    "HL 4": "of the first level: other claims may stand below it",
    "NM1 2": "of the pay-to address, which has no name",
}
UNREAD_PATHS = {
    "created": "passed in, no part of the claim",
    "contained.created": "of the first payer's answer: passed in",
    "contained.outcome": "of the first payer's answer: not in the claim",
    "contained.payment.type": "of the first payer's answer: not in the claim",
    "contained.insurer.reference": "of the first payer's answer: the payer is said by its Coverage",
    "contained.type": "of the first payer's answer: the claim says it",
    "contained.identifier.type": "says in words what the identifier's system says",
    "contained.identifier.use": "says in words what the identifier's system says",
    "contained.patient.reference": "of a RelatedPerson: the Coverage names its beneficiary",
    "contained.resourceType": "of a colleague: a reference says it by its place",
    "accident.type.coding": "the extension accident-cause says it, in X12's letters",
    "referral.type": "says what is referred to without naming it",
    "item.detail.sequence": "there is only one",
    "total.currency": "every amount must be in USD (tests.oracle.compare)",
    "item.net.currency": "every amount must be in USD (tests.oracle.compare)",
    "contained.payment.amount.currency": "every amount must be in USD (tests.oracle.compare)",
    "contained.total.amount.currency": "every amount must be in USD (tests.oracle.compare)",
    "supportingInfo.valueQuantity.unit": "the currency, once more",
    "supportingInfo.category.coding.code": "of claim dates: the code beside it says which",
    "careTeam.provider.reference": "of the first: it is the billing provider's",
}


def _claims() -> list[Any]:
    whole = [claim for claim in whole_claims(60, 51) if len(claim.acts) == 1][: count(1, 5)]
    return whole + [claim for claim in sample_claims(100, 52) if len(claim.acts) == 2][: count(1, 20)]


def _unnoticed(read: Callable[[Any], Any], altered: Iterator[tuple[str, Any]], before: Any) -> set[str]:
    found = set()
    for place, other in altered:
        try:
            if read(other) == before:
                found.add(place)
        except (AssertionError, KeyError, ValueError, ArithmeticError, TypeError):
            continue
    return found


def _other_text(text: str) -> str:
    last = text[-1]
    return text[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "B" if last == "A" else "A")


def test_every_element_of_the_file_is_read() -> None:
    for claim in _claims():
        segments = _segments(write_837p(TRANSMISSION, [claim]))
        assert _unnoticed(_read_file, _altered_segments(segments), _read_file(segments)) <= set(UNREAD_SEGMENTS)


def _segments(content: bytes) -> list[str]:
    return [part.strip("\r\n") for part in content.decode("ascii").split("~")][:-1]


def _read_file(segments: list[str]) -> Any:
    (claim,) = file.claims(("~".join(segments) + "~").encode())
    return facts.said(facts.of_file(claim)), list(shape.of_file(claim))


def _altered_segments(segments: list[str]) -> Iterator[tuple[str, list[str]]]:
    first = next(at for at, segment in enumerate(segments) if segment.startswith("HL*"))
    for at in range(first, len(segments) - 3):
        elements = segments[at].split("*")
        for place, element in enumerate(elements[1:], 1):
            parts = element.split(":")
            for part, text in enumerate(parts):
                if text:
                    other = ":".join([*parts[:part], _other_text(text), *parts[part + 1 :]])
                    segment = "*".join([*elements[:place], other, *elements[place + 1 :]])
                    yield f"{elements[0]} {place}", [*segments[:at], segment, *segments[at + 1 :]]


def test_every_value_of_the_resource_is_read() -> None:
    for claim in _claims():
        resource = json.loads(dumps(to_fhir(claim, created=date(2026, 7, 1))), parse_float=Decimal)
        unnoticed = _unnoticed(_read_resource, _altered_values(resource), _read_resource(resource))
        assert {path for path in unnoticed if not path.startswith(tuple(UNREAD_PATHS))} == set()


def _read_resource(resource: dict[str, Any]) -> Any:
    read = facts.of_resource(resource)
    return facts.said(read), list(shape.of_resource(resource, read))


def _altered_values(resource: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One value after another altered in place, and put back."""
    for steps, value in list(_leaves(resource)):
        inner: Any = resource
        for step in steps[:-1]:
            inner = inner[step]
        match value:
            case bool():
                inner[steps[-1]] = not value
            case int() | Decimal():
                inner[steps[-1]] = value + 1
            case _:
                inner[steps[-1]] = _other_text(value)
        yield ".".join(step for step in steps if isinstance(step, str)), resource
        inner[steps[-1]] = value


def _leaves(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*steps, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*steps, at))
    else:
        yield steps, value
