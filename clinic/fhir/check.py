"""R4 rules that the models let pass: required code sets, references, empty elements, active narrative.

Facts: FHIR R4 4.0.1 (hl7.org/fhir/R4), the required bindings of each resource page; json.html for empty elements;
references.html; narrative.html. A fault names its place and never the value found there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from clinic.fhir.r4 import ELEMENT, Fault

_REQUEST_STATUS = frozenset({"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"})
_FINANCIAL_STATUS = frozenset({"active", "cancelled", "draft", "entered-in-error"})
_EVENT_STATUS = frozenset(
    {
        *("preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"),
    }
)
_GENDER = frozenset({"male", "female", "other", "unknown"})
_USES = frozenset({"claim", "preauthorization", "predetermination"})

REQUIRED_CODES: Final[dict[tuple[str, str], frozenset[str]]] = {
    ("Bundle", "type"): frozenset(
        {
            *("document", "message", "transaction", "transaction-response", "batch", "batch-response", "history"),
            *("searchset", "collection"),
        }
    ),
    ("Claim", "status"): _FINANCIAL_STATUS,
    ("Claim", "use"): _USES,
    ("ClaimResponse", "status"): _FINANCIAL_STATUS,
    ("ClaimResponse", "use"): _USES,
    ("ClaimResponse", "outcome"): frozenset({"queued", "complete", "error", "partial"}),
    ("Composition", "status"): frozenset({"preliminary", "final", "amended", "entered-in-error"}),
    ("Coverage", "status"): _FINANCIAL_STATUS,
    ("DiagnosticReport", "status"): frozenset(
        {
            *("registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled"),
            *("entered-in-error", "unknown"),
        }
    ),
    ("DocumentReference", "status"): frozenset({"current", "superseded", "entered-in-error"}),
    ("Encounter", "status"): frozenset(
        {
            *("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"),
            *("entered-in-error", "unknown"),
        }
    ),
    ("Observation", "status"): frozenset(
        {
            *("registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"),
            "unknown",
        }
    ),
    ("Patient", "gender"): _GENDER,
    ("Person", "gender"): _GENDER,
    ("Practitioner", "gender"): _GENDER,
    ("Procedure", "status"): _EVENT_STATUS,
    ("RelatedPerson", "gender"): _GENDER,
    ("ServiceRequest", "status"): _REQUEST_STATUS,
}
"""Resource type and element to the codes R4 requires there."""

_TYPE = r"[A-Z][A-Za-z]{1,63}"
_REFERENCE = re.compile(
    rf"(?:(?:https?://[^\s#?]+/)?{_TYPE}/[A-Za-z0-9.-]{{1,64}}(?:/_history/[A-Za-z0-9.-]{{1,64}})?(?:#[^\s]+)?"
    rf"|{_TYPE}\?[^\s]+|#[A-Za-z0-9.-]{{0,64}}|urn:(?:uuid|oid):[A-Za-z0-9.-]+|https?://[^\s]+)\Z"
)
_ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|form|base|link)\b|<[^>]*\son\w+\s*=|javascript:", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAX_DEPTH = 60
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}\Z")


def check(resource: dict[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with a resource that its model would let pass, in the order it stands there."""
    kind = resource.get("resourceType")
    root = kind if isinstance(kind, str) and kind.isascii() and kind.isalpha() else "Resource"
    contained = resource.get("contained")
    names = {
        f"#{inner.get('id')}" for inner in (contained if isinstance(contained, list) else ()) if isinstance(inner, dict)
    }
    return (*_codes(resource, root), *_walk(resource, root, names | {"#"}, 0))


def _codes(resource: dict[str, Any], kind: str) -> Iterator[Fault]:
    for (type_, field), codes in REQUIRED_CODES.items():
        if type_ == kind and field in resource and not _one_of(resource[field], codes):
            yield Fault(f"{kind}.{field}", "code-invalid")
    identity = resource.get("id")
    if identity is not None and not (isinstance(identity, str) and _ID.match(identity)):
        yield Fault(f"{kind}.id", "value")


def _one_of(value: Any, codes: frozenset[str]) -> bool:
    return isinstance(value, str) and value in codes


def _walk(value: Any, path: str, contained: set[str], depth: int) -> Iterator[Fault]:
    if depth > _MAX_DEPTH:
        yield Fault(path, "too-long")
    elif value is None or value in ({}, [], ""):
        yield Fault(path, "structure")
    elif isinstance(value, str):
        # datatypes.html#string: no control characters but tab, line feed and carriage return.
        if _CONTROL.search(value):
            yield Fault(path, "value")
    elif isinstance(value, dict):
        yield from _element(value, path, contained)
        for name, child in value.items():
            yield from _walk(child, f"{path}.{name if ELEMENT.match(name) else '?'}", contained, depth + 1)
    elif isinstance(value, list):
        sparse = path.rpartition(".")[2].startswith("_")
        for index, child in enumerate(value):
            # A list beside a list of primitives is filled up with nulls (json.html#primitive), and the other way round.
            if not (child is None and (sparse or len(value) > 1)):
                yield from _walk(child, f"{path}[{index}]", contained, depth + 1)


def _element(value: dict[str, Any], path: str, contained: set[str]) -> Iterator[Fault]:
    reference = value.get("reference")
    if isinstance(reference, str) and (
        not _REFERENCE.match(reference) or (reference.startswith("#") and reference not in contained)
    ):
        yield Fault(f"{path}.reference", "not-found" if reference.startswith("#") else "value")
    narrative = value.get("div")
    if isinstance(narrative, str) and _ACTIVE.search(narrative):
        yield Fault(f"{path}.div", "invalid")
