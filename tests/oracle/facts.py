"""What a file says and what a resource says, as one dictionary of plain texts: fact by fact comparable.

Amounts become cents, dates ``YYYY-MM-DD``, codes lose their point, FHIR words become the letters X12 uses.
An absent fact is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.oracle import resource
from tests.oracle.file import Loops
from tests.oracle.table import CLAIM, LINE, LINE_RENDERING, OTHER, Row

Facts = dict[str, Any]

_WORDS: dict[str, dict[Any, str]] = {
    "rank": {1: "P", 2: "S", 3: "T"},
    "sex": {"female": "F", "male": "M", "unknown": "U"},
    "is": {"Organization": "2", "Location": "2", "Practitioner": "1", "Patient": "1", "RelatedPerson": "1"},
    "coverage.assigns": {"provider": "Y", "subscriber": "N", "other": "W"},
    "emergency": {"emergency": "Y"},
    "epsdt": {"epsdt": "Y"},
}
_QUALIFIERS = {
    **{resource.SID + each: each.upper() for each in ("g2", "0b", "1g", "lu")},
    resource.SID + "payer": "PI",
    resource.SID + "hpid": "XV",
    resource.SYSTEMS["EIN"]: "EI",
    resource.SYSTEMS["SSN"]: "SY",
}


_GROUPS = {f"{resource.CS}adjustment-{group.lower()}": group for group in ("CO", "CR", "OA", "PI", "PR")}

# Of several dates box 15 prints the first in this order (docs/claim-map.md, Professional.dates).
_DATES = ("431", "484", "304", "453", "439", "455", "471", "090", "091", "444", "454")


def _in_order(dates: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(dates, key=lambda each: _DATES.index(each[0]))


def cents(amount: Any) -> str:
    """An amount in cents; more than two decimals are a fault of the writer."""
    value = Decimal(str(amount)) * 100
    assert value == value.to_integral_value(), amount
    return str(int(value))


def plain(number: Any) -> str:
    """A decimal without exponent and trailing zeros."""
    return format(Decimal(str(number)).normalize(), "f")


def iso(day: str) -> str:
    return day if "-" in day else f"{day[:4]}-{day[4:6]}-{day[6:]}"


_READ = {"text": str, "money": cents, "date": iso, "number": plain}


def of_file(claim: Loops) -> Facts:
    """What one claim of an 837P says."""
    facts = {row.fact: file_row(claim, row) for row in CLAIM}
    # 2010BB is said once in the file, twice in the resource (insurer and payor).
    codes = [claim.parts(text) for segment in claim.all("2300 HI") for text in segment[1:]]
    facts["diagnoses"] = [code for qualifier, code, *_ in codes if qualifier in {"ABK", "ABF", "BK", "BF"}]
    facts["icd"] = "".join({"ABK": "0", "BK": "9"}.get(qualifier, "") for qualifier, *_ in codes)
    facts["conditions"] = [code for qualifier, code, *_ in codes if qualifier == "BG"]
    causes = [claim.one(f"2300 CLM 11-{part}") for part in (1, 2, 3)]
    facts["accident"] = [cause for cause in causes if cause]
    facts["dates"] = _in_order((each[1], iso(each[3])) for each in claim.all("2300 DTP") if each[1] in _DATES)
    facts["unable"] = None
    for segment in claim.all("2300 DTP[314|360]"):
        assert (segment[1], segment[2]) in {("314", "RD8"), ("360", "D8")}, segment
        facts["unable"] = tuple(iso(day) for day in segment[3].split("-"))
    facts["lines"] = [_file_line(line, claim) for line in claim.lines]
    facts["others"] = [other_of_file(other) for other in claim.others]
    return facts


def file_row(loops: Loops, row: Row) -> Any:
    """What a row says in a file."""
    for place in row.file.split(" or "):
        if row.kind == "number_of":
            for segment in loops.all(place):
                return ":".join(segment[8:10] if segment[0] == "NM1" else segment[1:3])
        elif (text := loops.one(place)) is not None:
            return _READ[row.kind](text)
    return None


def _file_line(line: Loops, claim: Loops) -> Facts:
    facts = {row.fact: file_row(line, row) for row in (*LINE, *LINE_RENDERING)}
    procedure = line.parts(line.all("2400 SV1")[0][1])
    assert procedure[0] == "HC", procedure
    facts["modifiers"] = [modifier for modifier in procedure[2:6] if modifier]
    facts["pointers"] = [int(pointer) for pointer in line.parts(line.one("2400 SV1 07") or "")]
    facts["place"] = line.one("2400 SV1 05") or claim.one("2300 CLM 05-1")
    (served,) = line.all("2400 DTP[472]")
    assert served[2] == ("RD8" if "-" in served[3] else "D8"), served
    facts["served"] = tuple(iso(day) for day in served[3].split("-"))
    return facts


def other_of_file(other: Loops) -> Facts:
    """What a file says of another payer."""
    facts = {row.fact: file_row(other, row) for row in OTHER}
    facts["adjustments"] = [
        (segment[1], reason, cents(amount), units or None)
        for segment in other.all("2320 CAS")
        for reason, amount, units in _triplets(segment[2:])
    ]
    return facts


def _triplets(elements: list[str]) -> list[tuple[str, str, str]]:
    padded = elements + [""] * (-len(elements) % 3)
    return [(padded[at], padded[at + 1], padded[at + 2]) for at in range(0, len(padded), 3)]


def of_resource(claim: dict[str, Any]) -> Facts:
    """What a FHIR Claim says."""
    facts = {row.fact: resource_row(claim, row, claim) for row in CLAIM}
    found = claim["diagnosis"]
    assert [each["sequence"] for each in found] == list(range(1, len(found) + 1))
    codings = [each["diagnosisCodeableConcept"]["coding"][0] for each in found]
    facts["diagnoses"] = [coding["code"].replace(".", "") for coding in codings]
    systems = {coding["system"] for coding in codings}
    assert len(systems) == 1, systems
    facts["icd"] = {"icd-10-cm": "0", "icd-9-cm": "9"}[systems.pop().rpartition("/")[2]]
    facts["conditions"] = _codes(claim, "condition-code")
    facts["accident"] = [each["valueCode"] for each in resource.every(claim, "ext(accident-cause)")]
    kind = resource.one(claim, "accident.type.coding[0].code")
    assert kind == (facts["accident"][0] if facts["accident"] else None), "accident.type is the first cause"
    facts["dates"] = _in_order(
        (coding["code"], each["timingDate"])
        for each in claim.get("supportingInfo", [])
        for coding in each.get("code", {}).get("coding", [])
        if coding.get("system") == resource.CS + "claim-date"
    )
    unable = resource.one(claim, "info(employmentimpacted,,).timingPeriod")
    facts["unable"] = tuple(unable[key] for key in ("start", "end") if key in unable) if unable else None
    facts["lines"] = [_resource_line(claim, item) for item in claim["item"]]
    facts["others"] = [other_of_resource(claim, each) for each in claim["insurance"] if not each["focal"]]
    return facts


def _codes(claim: dict[str, Any], system: str) -> list[str]:
    return [
        coding["code"]
        for each in claim.get("supportingInfo", [])
        for coding in each.get("code", {}).get("coding", [])
        if coding.get("system") == resource.CS + system
    ]


def resource_row(claim: dict[str, Any], row: Row, start: Any) -> Any:
    """What a row says in a resource, from a part of it."""
    for path in row.resource.split(" or "):
        value = resource.one(claim, path, start)
        if value is None:
            continue
        if row.kind == "number_of":
            return f"{_QUALIFIERS[value['system']]}:{value['value']}"
        words = _WORDS.get(row.fact) or _WORDS.get(row.fact.rpartition(".")[2])
        if words and row.fact != "other.assigns":
            value = words[value]
        return _READ[row.kind](value)
    return None


def _resource_line(claim: dict[str, Any], item: dict[str, Any]) -> Facts:
    facts = {row.fact: resource_row(claim, row, item) for row in LINE}
    facts["modifiers"] = resource.every(claim, "modifier.coding[0].code", item)
    facts["pointers"] = list(item["diagnosisSequence"])
    facts["place"] = resource.one(claim, "locationCodeableConcept.coding[0].code", item)
    period = item.get("servicedPeriod")
    facts["served"] = (period["start"], period["end"]) if period else (item["servicedDate"],)
    own = [
        member
        for member in claim.get("careTeam", [])
        if member["sequence"] in item.get("careTeamSequence", [])
        and member["provider"]["reference"].startswith("#rendering-")
    ]
    assert len(own) <= 1, own
    facts |= {row.fact: resource_row(claim, row, own[0]) if own else None for row in LINE_RENDERING}
    return facts


def other_of_resource(claim: dict[str, Any], insurance: dict[str, Any]) -> Facts:
    """What a resource says of another payer."""
    facts = {row.fact: resource_row(claim, row, insurance) for row in OTHER}
    # A RelatedPerson is a person by type; one that insures as an organisation has a name without parts.
    if resource.every(claim, "coverage.>.subscriber.>.name[0].text", insurance):
        facts["other.subscriber.is"] = "2"
    facts["adjustments"] = [
        (
            _GROUPS[coding["system"]],
            coding["code"],
            cents(each["amount"]["value"]),
            str(units) if (units := resource.one(claim, "ext(units).valueInteger", each)) is not None else None,
        )
        for each in resource.every(claim, "claimResponse.>.total", insurance)
        for coding in each["category"]["coding"]
    ]
    return facts


def said(facts: Facts, at: str = "") -> dict[str, Any]:
    """The same facts, flat: ``lines[2].charge``."""
    flat: dict[str, Any] = {}
    for key, value in facts.items():
        if key in {"lines", "others"}:
            flat[f"{key} count"] = len(value)
            for number, part in enumerate(value, 1):
                flat |= said(part, f"{key}[{number}].")
        else:
            flat[at + key] = value
    return flat
