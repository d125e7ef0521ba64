"""Facts of a dental claim as supportingInfo (docs/claim-map.md, the dental rows).

Teeth, areas and surfaces are coded as the US profiles for oral claims do; for the rest codes of ours stand. What is of
one act is named by its item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from billing.domain.claim import Claim
from billing.domain.dental import (
    REPORTS,
    WAYS,
    Attachment,
    Dental,
    DentalAct,
    MissingTooth,
    Orthodontics,
    Prosthesis,
    TreatedTooth,
)
from billing.fhir.information import (
    AMOUNT,
    CATEGORY,
    CLAIM_DATE,
    TEXT,
    entry,
    numbered,
    paid_entry,
    read_day,
    read_paid,
)
from billing.fhir.information import text_entry as text
from billing.fhir.kind import Information
from billing.fhir.text import capitals
from clinic.fhir.elements import Json, read_code_in, write_concept
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

TOOTH: Final = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
AREA: Final = "http://terminology.hl7.org/CodeSystem/ADAAreaOralCavitySystem"
SURFACE: Final = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSurfaceCodes"
TOOTH_STATUS: Final = CODE_PREFIX + "tooth-status"
ORTHODONTICS: Final = CODE_PREFIX + "orthodontics"
REPORT: Final = CODE_PREFIX + "attachment-report"
SENT: Final = CODE_PREFIX + "attachment-sent"
PROSTHESIS: Final = CODE_PREFIX + "prosthesis"

_SITE_CATEGORY = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
_SITE = "additionalbodysite"
_STATUSES: tuple[Literal["M", "E"], ...] = ("M", "E")
_PLACEMENTS: tuple[Literal["I", "R"], ...] = ("I", "R")
_ESTIMATED = "estimated"
_TREATMENT = "treatment"
_TEXTS = {"casualty-claim": "casualty_claim", "note": "note", "predetermination-number": "predetermination_number"}
_MONTHS = {"total": "total_months", "remaining": "remaining_months"}


# Writing.


def coded(*codings: tuple[str, str]) -> Json:
    """A CodeableConcept of several codes, each with the address of its system."""
    return {"coding": [{"system": system, "code": code} for system, code in codings]}


def treated(tooth: TreatedTooth) -> Json:
    """A further tooth of an act with its surfaces, in one concept."""
    return coded((TOOTH, tooth.tooth), *((SURFACE, surface) for surface in tooth.surfaces))


def _claim_entries(claim: Claim[Dental, DentalAct]) -> Iterator[Json]:
    part = claim.part
    for dated in part.dates:
        yield entry("info", write_concept(CLAIM_DATE, dated.qualifier), timingDate=dated.on.isoformat())
    for each in part.missing:
        yield entry("missingtooth", coded((TOOTH, each.tooth)), reason=write_concept(TOOTH_STATUS, each.status))
    if part.orthodontics is not None:
        yield from _orthodontics(part.orthodontics)
    for attachment in part.attachments:
        numbers = {} if attachment.control is None else {"valueString": attachment.control}
        yield entry("attachment", coded((REPORT, attachment.report), (SENT, attachment.sent)), **numbers)
    for name, field in _TEXTS.items():
        said = part.notes if field == "note" else (getattr(part, field),)
        yield from (text(name, each) for each in said if each is not None)
    if claim.patient_paid:
        yield paid_entry(claim.patient_paid)


def _orthodontics(braces: Orthodontics) -> Iterator[Json]:
    yield entry("info", write_concept(ORTHODONTICS, _TREATMENT))
    for name, field in _MONTHS.items():
        months = getattr(braces, field)
        if months is not None:
            yield entry(
                "info", write_concept(ORTHODONTICS, name), valueQuantity={"value": Decimal(months), "unit": "mo"}
            )


def _act_entries(part: DentalAct) -> Iterator[Json]:
    """What an act says beside its item: the first tooth, or the first area where there is none, stands in it."""
    sites = [treated(tooth) for tooth in part.teeth[1:]]
    sites += [coded((AREA, area)) for area in (part.areas if part.teeth else part.areas[1:])]
    for site in sites:
        yield {"category": coded((_SITE_CATEGORY, _SITE)), "code": site}
    if part.prosthesis is not None:
        marks = ((PROSTHESIS, _ESTIMATED),) if part.prosthesis.estimated else ()
        when = {} if part.prosthesis.replaced is None else {"timingDate": part.prosthesis.replaced.isoformat()}
        yield entry("prosthesis", coded((PROSTHESIS, part.prosthesis.placement), *marks), **when)
    for dated in part.dates:
        yield entry("info", write_concept(CLAIM_DATE, dated.qualifier), timingDate=dated.on.isoformat())
    if part.predetermination_number is not None:
        yield text("predetermination-number", part.predetermination_number)


def write_information(claim: Claim[Dental, DentalAct]) -> Information:
    """The supportingInfo of a dental claim, that of the claim first."""
    entries = [*_claim_entries(claim)]
    of_lines: dict[int, list[int]] = {}
    for line, act in enumerate(claim.acts, start=1):
        own = [*_act_entries(act.part)]
        of_lines[line] = [*range(len(entries) + 1, len(entries) + len(own) + 1)]
        entries += own
    return Information(numbered(entries), of_lines)


# Reading.


class Fact(NamedTuple):
    """What an entry says: the name of what it is about, and its value."""

    about: str
    value: Any


def read_facts(claim: Node) -> dict[int, Fact]:
    """What is understood of the supportingInfo of a Claim, by sequence; entries of other kinds are left out.

    Raises:
        Refused: an entry of a kind we know does not say what its kind says.
    """
    found: dict[int, Fact] = {}
    for each in claim.each("supportingInfo"):
        fact = _read(each)
        if fact is not None:
            found[each.need("sequence").integer()] = fact
    return found


def _read(told: Node) -> Fact | None:
    category, code = told.need("category"), told.get("code")
    if code is None:
        return None
    if read_code_in(category, _SITE_CATEGORY) == _SITE:
        return read_site(code)
    by_category = _BY_CATEGORY.get(read_code_in(category, CATEGORY) or "")
    return by_category(told, code) if by_category else _read_coded(told, code)


def read_site(concept: Node) -> Fact | None:
    """A tooth with its surfaces, or an area of the mouth."""
    tooth, area = read_code_in(concept, TOOTH), read_code_in(concept, AREA)
    if tooth is not None:
        codings = [each for each in concept.each("coding") if each.text_at("system") == SURFACE]
        return Fact("tooth", TreatedTooth(tooth, tuple(each.need("code").text() for each in codings)))
    return None if area is None else Fact("area", area)


def _read_missing(told: Node, code: Node) -> Fact | None:
    tooth, reason = read_code_in(code, TOOTH), told.get("reason")
    if tooth is None:
        return None
    status: Literal["M", "E"] | None = _choice(reason, TOOTH_STATUS, _STATUSES) if reason else None
    return Fact("missing", MissingTooth(tooth, status or "M"))


def _read_attachment(told: Node, code: Node) -> Fact | None:
    report, sent = _choice(code, REPORT, REPORTS), _choice(code, SENT, WAYS)
    if report is None or sent is None:
        return None
    return Fact("attachment", Attachment(report, sent, told.text_at("valueString")))


def _read_prosthesis(told: Node, code: Node) -> Fact | None:
    placement = _choice(code, PROSTHESIS, _PLACEMENTS)
    if placement is None:
        return None
    day = told.get("timingDate")
    marks = [each.text_at("code") for each in code.each("coding")]
    return Fact("prosthesis", Prosthesis(placement, day.day() if day else None, _ESTIMATED in marks))


_BY_CATEGORY: dict[str, Callable[[Node, Node], Fact | None]] = {
    "missingtooth": _read_missing,
    "attachment": _read_attachment,
    "prosthesis": _read_prosthesis,
}


def _read_coded(told: Node, code: Node) -> Fact | None:
    if (qualifier := read_code_in(code, CLAIM_DATE)) is not None:
        return Fact("date", (qualifier, read_day(told)))
    if (name := read_code_in(code, ORTHODONTICS)) is not None:
        if name == _TREATMENT:
            return Fact("orthodontics", None)
        value = told.need("valueQuantity").need("value")
        return Fact("orthodontics", (_MONTHS[name], value.integer())) if name in _MONTHS else None
    if (field := _TEXTS.get(read_code_in(code, TEXT) or "")) is not None:
        return Fact(field, capitals(told.need("valueString").text()))
    if read_code_in(code, AMOUNT) == "patient-paid":
        return Fact("patient_paid", read_paid(told))
    return None


def _choice(concept: Node, address: str, choices: tuple[Any, ...]) -> Any:
    """The first code of a system, one of the choices; None where it has none of the system.

    Raises:
        Refused: it is none of them.
    """
    for coding in concept.each("coding"):
        if coding.text_at("system") == address:
            return coding.need("code").one_of(choices)
    return None


def orthodontics_of(facts: list[Fact]) -> Orthodontics | None:
    """Months of treatment out of what is said of it."""
    said = [fact.value for fact in facts if fact.about == "orthodontics"]
    return Orthodontics(**dict(each for each in said if each is not None)) if said else None
