"""DiagnosticReports of other laboratories, FHIR R4: a bundle or one report, read into reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.importer.timing import read_moment
from clinic.fhir.json import dumps, loads
from clinic.fhir.node import Node
from clinic.fhir.references import References
from lab.domain.incoming import Code, Person, Report, Status
from lab.domain.results import Measured

STATUS: Final[dict[str, Status]] = {
    "registered": "preliminary",
    "partial": "preliminary",
    "preliminary": "preliminary",
    "unknown": "preliminary",
    "final": "final",
    "amended": "corrected",
    "corrected": "corrected",
    "appended": "corrected",
    "cancelled": "cancelled",
    "entered-in-error": "cancelled",
}
FLAGS: Final = {"L": "L", "H": "H", "LL": "LL", "HH": "HH", "A": "A", "AA": "AA", "POS": "A", "DET": "A", "R": "A"}
USUAL: Final = frozenset({"N", "NEG", "ND", "NR", "S"})
LOINC: Final = "http://loinc.org"
MOST_DEEP: Final = 4
_SEXES: Final = {"female": "F", "male": "M"}


def read_reports(text: bytes, where: str = "") -> list[tuple[Report, str]]:
    """The reports of a file, each with its resource's text.

    Raises:
        Refused: it is not JSON, no bundle or report, or an element has the wrong shape.
    """
    value = loads(text, where=where)
    if b"\\u0000" in text:  # no database keeps it
        raise Refused(N_("It holds a character that is none."), where=where, remedy=N_("Export the file again."))
    if not isinstance(value, dict):
        raise _no_report(where)
    kind = value.get("resourceType")
    if kind == "DiagnosticReport":
        return [(_report(Node(value, "DiagnosticReport"), {}), _text(value))]
    if kind != "Bundle":
        raise _no_report(where)
    reports, beside = _bundled(Node(value, "Bundle"))
    if not reports:
        raise _no_report(where)
    return [(_report(each, beside), _text(each.value)) for each in reports]


def _bundled(bundle: Node) -> tuple[list[Node], dict[str, Any]]:
    """The reports of a bundle, and all that may be referred to."""
    beside: dict[str, Any] = {}
    reports: list[Node] = []
    for entry in bundle.each("entry"):
        resource = entry.get("resource")
        if resource is None:
            continue
        named = resource.text_at("resourceType")
        if (identity := resource.text_at("id")) and named:
            beside[f"{named}/{identity}"] = resource.value
        if address := entry.text_at("fullUrl"):
            beside[address] = resource.value
        if named == "DiagnosticReport":
            reports.append(resource)
    return reports, beside


def _text(value: Any) -> str:
    return dumps(value).decode()


def _no_report(where: str) -> Refused:
    return Refused(
        N_("There is no DiagnosticReport in this file."), where=where, remedy=N_("Give a bundle that holds one.")
    )


class _Beside:
    """What a report's references lead to; what is not here is left out, with its place among the doubts."""

    def __init__(self, resource: Node, beside: Mapping[str, Any]) -> None:
        self._references = References(resource, beside)
        self.doubts: list[str] = []

    def follow(self, reference: Node | None, kind: str) -> Node | None:
        if reference is None or reference.text_at("reference") is None:
            return None
        try:
            return self._references.follow(reference, kind)
        except Refused:
            return None


def _report(resource: Node, beside: Mapping[str, Any]) -> Report:
    here = _Beside(resource, beside)
    said = resource.need("status").one_of(STATUS)
    patient = here.follow(resource.get("subject"), "Patient")
    specimens = [found for node in resource.each("specimen") if (found := here.follow(node, "Specimen"))]
    requests = list(resource.each("basedOn"))
    values = tuple(_values(resource, here))
    identity = _first(_identifiers(resource)) or resource.text_at("id")
    if identity is None:
        raise resource.refused(N_("This report has neither an identifier nor an id."))
    issued = read_moment(resource.get("issued"))
    effective = read_moment(resource.get("effectiveDateTime"))
    version = resource.get("meta")
    turn = (version.text_at("versionId") if version else None) or (
        issued.at.isoformat() if issued and issued.at else ""
    )
    laboratory = _performer(resource, here)
    return Report(
        kind="fhir",
        sender=(laboratory or _system(resource) or "fhir")[:100],
        control=f"{identity}@{said}{f'@{turn}' if turn else ''}"[:200],
        person=_person(patient),
        codes=_codes(resource.get("code")),
        status=STATUS[said],
        values=values,
        order_numbers=_unique(number for each in requests for number in _numbers(each, here, "ServiceRequest")),
        container_numbers=_unique(number for each in specimens for number in _containers(each)),
        sender_number=identity[:60],
        collected_at=_drawn(specimens) or _at(effective.at if effective else None),
        reported_at=_at(issued.at if issued else None),
        laboratory=laboratory,
        notes=tuple(filter(None, (resource.text_at("conclusion"),))),
        doubts=tuple(here.doubts),
    )


def _performer(resource: Node, here: _Beside) -> str | None:
    for each in resource.each("performer"):
        found = here.follow(each, "Organization")
        name = (found.text_at("name") if found else None) or each.text_at("display")
        if name:
            return name
    return None


def _system(resource: Node) -> str | None:
    return next((found for each in resource.each("identifier") if (found := each.text_at("system"))), None)


def _identifiers(resource: Node) -> Iterator[str]:
    for each in resource.each("identifier"):
        if found := each.text_at("value"):
            yield found


def _first(texts: Iterator[str]) -> str | None:
    return next(texts, None)


def _unique(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip()[:60] for text in texts))


def _numbers(reference: Node, here: _Beside, kind: str) -> Iterator[str]:
    logical = reference.get("identifier")
    if logical is not None and (found := logical.text_at("value")):
        yield found
    resource = here.follow(reference, kind)
    if resource is not None:
        yield from _identifiers(resource)
        shared = resource.get("requisition")
        if shared is not None and (found := shared.text_at("value")):
            yield found


def _containers(specimen: Node) -> Iterator[str]:
    yield from _identifiers(specimen)
    accession = specimen.get("accessionIdentifier")
    if accession is not None and (found := accession.text_at("value")):
        yield found
    for each in specimen.each("container"):
        yield from _identifiers(each)


def _drawn(specimens: list[Node]) -> datetime | None:
    for each in specimens:
        collection = each.get("collection")
        moment = read_moment(collection.get("collectedDateTime")) if collection else None
        if moment is not None and moment.at is not None:
            return _at(moment.at)
    return None


def _at(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


def _person(patient: Node | None) -> Person:
    if patient is None:
        return Person()
    name = patient.first("name")
    given = name.first("given") if name else None
    birth = read_moment(patient.get("birthDate"))
    return Person(
        last=name.text_at("family") if name else None,
        first=given.text() if given else None,
        birth=birth.day if birth else None,
        sex=_SEXES.get(patient.text_at("gender") or ""),
        numbers=_unique(_identifiers(patient)),
    )


def _codes(concept: Node | None) -> tuple[Code, ...]:
    if concept is None:
        return ()
    words = concept.text_at("text")
    found = []
    for each in concept.each("coding"):
        code, system = each.text_at("code"), each.text_at("system")
        if code:
            named = "loinc" if system == LOINC else system
            found.append(Code(code=code, system=named, text=words or each.text_at("display")))
    if not found and words:
        return (Code(code=words[:60], text=words),)
    return tuple(found)


def _values(resource: Node, here: _Beside) -> Iterator[Measured]:
    seen: set[int] = set()
    for each in resource.each("result"):
        observation = here.follow(each, "Observation")
        if observation is None:
            here.doubts.append(each.path)
        else:
            yield from _observation(observation, here, seen, MOST_DEEP)


def _observation(node: Node, here: _Beside, seen: set[int], deeper: int) -> Iterator[Measured]:
    if id(node.value) in seen or not deeper:
        return
    seen.add(id(node.value))
    found = _measured(node, here)
    if found is not None:
        yield found
    for each in node.each("component"):
        part = _measured(each, here)
        if part is not None:
            yield part
    for each in node.each("hasMember"):
        member = here.follow(each, "Observation")
        if member is None:
            here.doubts.append(each.path)
        else:
            yield from _observation(member, here, seen, deeper - 1)
    if found is None and node.get("dataAbsentReason") is not None:
        here.doubts.append(node.path)


def _measured(node: Node, here: _Beside) -> Measured | None:
    said, unit = _said(node)
    if said is None:
        return None
    codes = _codes(node.get("code"))
    name = next((code.text or code.code for code in codes), "?")
    flag = _flag(node, here)
    notes = [found for each in node.each("note") if (found := each.text_at("text"))]
    return Measured(
        analyte=name[:200],
        value=said,
        loinc=next((code.code for code in codes if code.system == "loinc"), None),
        unit=unit,
        range=_range(node),
        flag=flag,
        note="\n".join(notes) or None,
    )


def _flag(node: Node, here: _Beside) -> str | None:
    known = [code.code for each in node.each("interpretation") for code in _codes(each)]
    for code in known:
        if code in FLAGS:
            return FLAGS[code]
        if code not in USUAL:
            here.doubts.append(f"{node.path}.interpretation")
    return None


def _range(node: Node) -> str | None:
    each = node.first("referenceRange")
    if each is None:
        return None
    if words := each.text_at("text"):
        return words[:100]
    low, high = (_quantity(found)[0] if (found := each.get(name)) else None for name in ("low", "high"))
    if low and high:
        return f"{low}–{high}"
    return f"≤ {high}" if high else f"≥ {low}" if low else None


def _quantity(node: Node) -> tuple[str | None, str | None]:
    value = node.get("value")
    if value is None:
        return None, None
    sign = node.text_at("comparator") or ""
    return f"{sign}{format(value.decimal(), 'f')}", node.text_at("code") or node.text_at("unit")


def _said(node: Node) -> tuple[str | None, str | None]:
    """The value of an observation or component as a text, and its unit."""
    if found := node.get("valueQuantity"):
        return _quantity(found)
    return next(
        (said for name, read in _PLAIN.items() if (found := node.get(name)) and (said := read(found))), None
    ), None


def _coded(node: Node) -> str | None:
    return next((code.text or code.code for code in _codes(node)), None)


def _between(first: str, second: str, sign: str) -> Callable[[Node], str | None]:
    def read(node: Node) -> str | None:
        ends = (_quantity(end)[0] if (end := node.get(name)) else None for name in (first, second))
        return sign.join(end or "" for end in ends)

    return read


def _words(node: Node) -> str | None:
    return node.text()[:20_000]


_PLAIN: Final[dict[str, Callable[[Node], str | None]]] = {
    "valueCodeableConcept": _coded,
    "valueRange": _between("low", "high", "–"),
    "valueRatio": _between("numerator", "denominator", ":"),
    "valueBoolean": lambda node: "yes" if node.flag() else "no",
    "valueInteger": lambda node: str(node.integer()),
    "valueString": _words,
    "valueDateTime": _words,
    "valueTime": _words,
}
