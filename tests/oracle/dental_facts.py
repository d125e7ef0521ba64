"""What an 837D says and what an oral Claim says, as one dictionary of plain texts: fact by fact comparable."""

from __future__ import annotations

from typing import Any

from tests.oracle import resource
from tests.oracle.dental_table import CLAIM, LINE, LINE_ASSISTANT, LINE_RENDERING
from tests.oracle.facts import Facts, file_row, iso, other_of_file, other_of_resource, resource_row
from tests.oracle.file import Loops

_TOOTH = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
_AREA = "http://terminology.hl7.org/CodeSystem/ADAAreaOralCavitySystem"
_SURFACE = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSurfaceCodes"


def of_file(claim: Loops) -> Facts:
    """What one claim of an 837D says."""
    facts = {row.fact: file_row(claim, row) for row in CLAIM}
    codes = [claim.parts(text) for segment in claim.all("2300 HI") for text in segment[1:]]
    facts["diagnoses"] = [code for _, code, *_ in codes]
    facts["icd"] = "".join({"ABK": "0", "BK": "9"}.get(qualifier, "") for qualifier, *_ in codes)
    causes = [claim.one(f"2300 CLM 11-{part}") for part in (1, 2, 3)]
    facts["accident"] = [cause for cause in causes if cause]
    facts["asked"] = claim.one("2300 CLM 19") == "PB"
    facts["missing"] = [(segment[1], segment[2]) for segment in claim.all("2300 DN2")]
    facts["orthodontic"] = bool(claim.all("2300 DN1"))
    facts["attachments"] = [
        (segment[1], segment[2], segment[6] if len(segment) > 6 else None) for segment in claim.all("2300 PWK")
    ]
    facts["notes"] = [segment[2] for segment in claim.all("2300 NTE[ADD]")]
    facts["lines"] = [_file_line(line, claim) for line in claim.lines]
    facts["others"] = [other_of_file(other) for other in claim.others]
    return facts


def _file_line(line: Loops, claim: Loops) -> Facts:
    facts = {row.fact: file_row(line, row) for row in (*LINE, *LINE_RENDERING, *LINE_ASSISTANT)}
    procedure = line.parts(line.all("2400 SV3")[0][1])
    assert procedure[0] == "AD", procedure
    facts["modifiers"] = [modifier for modifier in procedure[2:6] if modifier]
    facts["pointers"] = [int(pointer) for pointer in line.parts(line.one("2400 SV3 11") or "") if pointer]
    facts["place"] = line.one("2400 SV3 03") or claim.one("2300 CLM 05-1")
    facts["areas"] = [area for area in line.parts(line.one("2400 SV3 04") or "") if area]
    facts["teeth"] = [
        (segment[2], tuple(line.parts(segment[3])) if len(segment) > 3 else ()) for segment in line.all("2400 TOO[JP]")
    ]
    facts["estimated"] = bool(line.all("2400 DTP[139]"))
    served = line.all("2400 DTP[472]") or claim.all("2300 DTP[472]")
    facts["served"] = tuple(iso(day) for day in served[0][3].split("-")) if served else ()
    return facts


def of_resource(claim: dict[str, Any]) -> Facts:
    """What an oral Claim says. What is of one item is taken from the claim and given to the item."""
    named = {number for item in claim["item"] for number in item.get("informationSequence", [])}
    entries = claim.get("supportingInfo", [])
    whole = {**claim, "supportingInfo": [each for each in entries if each["sequence"] not in named]}
    facts = {row.fact: resource_row(whole, row, whole) for row in CLAIM}
    codings = [each["diagnosisCodeableConcept"]["coding"][0] for each in claim.get("diagnosis", [])]
    facts["diagnoses"] = [coding["code"].replace(".", "") for coding in codings]
    systems = {coding["system"].rpartition("/")[2] for coding in codings}
    facts["icd"] = "".join({"icd-10-cm": "0", "icd-9-cm": "9"}[each] for each in systems)
    facts["accident"] = [each["valueCode"] for each in resource.every(claim, "ext(accident-cause)")]
    facts["asked"] = claim["use"] == "predetermination"
    own = whole["supportingInfo"]
    facts["missing"] = [
        (_code(each["code"], _TOOTH), each["reason"]["coding"][0]["code"]) for each in own if _is(each, "missingtooth")
    ]
    facts["orthodontic"] = any(_code(each.get("code"), resource.CS + "orthodontics") == "treatment" for each in own)
    facts["attachments"] = [
        (
            _code(each["code"], resource.CS + "attachment-report"),
            _code(each["code"], resource.CS + "attachment-sent"),
            each.get("valueString"),
        )
        for each in own
        if _is(each, "attachment")
    ]
    facts["notes"] = [each["valueString"] for each in own if _code(each.get("code"), resource.CS + "text") == "note"]
    facts["lines"] = [_resource_line(claim, item) for item in claim["item"]]
    facts["others"] = [other_of_resource(claim, each) for each in claim["insurance"] if not each["focal"]]
    return facts


def _resource_line(claim: dict[str, Any], item: dict[str, Any]) -> Facts:
    entries = {each["sequence"]: each for each in claim.get("supportingInfo", [])}
    named = [entries[number] for number in item.get("informationSequence", [])]
    whole = {**item, "supportingInfo": named}
    facts = {row.fact: resource_row(claim, row, whole) for row in LINE}
    facts["modifiers"] = resource.every(claim, "modifier.coding[0].code", item)
    facts["pointers"] = list(item.get("diagnosisSequence", []))
    facts["place"] = resource.one(claim, "locationCodeableConcept.coding[0].code", item)
    sites = [item["bodySite"]] if "bodySite" in item else []
    sites += [each["code"] for each in named if _is(each, "additionalbodysite")]
    facts["areas"] = [area for site in sites if (area := _code(site, _AREA))]
    facts["teeth"] = [
        (tooth, tuple(coding["code"] for coding in site["coding"] if coding["system"] == _SURFACE))
        for site in sites
        if (tooth := _code(site, _TOOTH))
    ]
    if facts["teeth"] and "subSite" in item:
        first = tuple(_code(each, _SURFACE) for each in item["subSite"])
        facts["teeth"][0] = (facts["teeth"][0][0], first)
    marks = [coding["code"] for each in named if _is(each, "prosthesis") for coding in each["code"]["coding"]]
    facts["estimated"] = "estimated" in marks
    period = item.get("servicedPeriod")
    days = (period["start"], period["end"]) if period else (item.get("servicedDate"),)
    facts["served"] = days if days[0] else ()
    for who, rows in (("rendering", LINE_RENDERING), ("assistant", LINE_ASSISTANT)):
        own = [
            member
            for member in claim["careTeam"]
            if member["sequence"] in item.get("careTeamSequence", [])
            and member["provider"]["reference"].startswith(f"#{who}-")
        ]
        assert len(own) <= 1, own
        facts |= {row.fact: resource_row(claim, row, own[0]) if own else None for row in rows}
    return facts


def _is(entry: dict[str, Any], category: str) -> bool:
    return category in [coding["code"] for coding in entry["category"]["coding"]]


def _code(concept: dict[str, Any] | None, system: str) -> str | None:
    found = [each["code"] for each in (concept or {}).get("coding", []) if each.get("system") == system]
    return found[0] if found else None
