"""What is the same in every claim: qualifiers and counters of the file, systems, links and counters of the resource.

They carry no fact of the claim, but a fact under the wrong qualifier is another fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.oracle import resource
from tests.oracle.facts import Facts
from tests.oracle.file import Loops, Segment

_HL7 = "http://terminology.hl7.org/CodeSystem/"
_CPT, _HCPCS = "http://www.ama-assn.org/go/cpt", _HL7 + "HCPCS-all-codes"
_CARE_TEAM = {_HL7 + "claimcareteamrole", "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"}

# Path, and every value that may stand at its end.
_FIXED: tuple[tuple[str, set[Any]], ...] = (
    ("resourceType", {"Claim"}),
    ("status", {"active"}),
    ("use", {"claim"}),
    ("type.coding.system", {_HL7 + "claim-type"}),
    ("type.coding.code", {"professional"}),
    ("priority.coding.system", {_HL7 + "processpriority"}),
    ("priority.coding.code", {"normal"}),
    ("payee.type.coding.system", {_HL7 + "payeetype"}),
    ("related.relationship.coding.system", {_HL7 + "ex-relatedclaimrelationship"}),
    ("diagnosis.type.coding.system", {_HL7 + "ex-diagnosistype"}),
    ("supportingInfo.category.coding.system", {_HL7 + "claiminformationcategory"}),
    ("ext(clia).valueIdentifier.system", {resource.SYSTEMS["CLIA"]}),
    ("careTeam.role.coding.system", _CARE_TEAM),
    ("careTeam[sequence=1].role.coding.code", {"primary"}),
    ("careTeam.qualification.coding.system", {"http://nucc.org/provider-taxonomy"}),
    (
        "item.locationCodeableConcept.coding.system",
        {"https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"},
    ),
    ("item.modifier.coding.system", {_CPT, _HCPCS}),
    ("item.programCode.coding.system", {resource.CS + "program"}),
    ("insurance.coverage.>.class.type.coding.system", {_HL7 + "coverage-class"}),
    ("insurance.coverage.>.resourceType", {"Coverage"}),
    ("insurance.coverage.>.status", {"active"}),
    ("insurance.coverage.>.beneficiary.reference", {"#patient"}),
    ("insurance.claimResponse.>.status", {"active"}),
    ("insurance.claimResponse.>.use", {"claim"}),
    ("insurance.claimResponse.>.patient.reference", {"#patient"}),
    ("provider.>.telecom.system", {"phone"}),
    ("provider.>.contact.telecom.system", {"phone"}),
    ("patient.>.resourceType", {"Patient"}),
    ("facility.>.resourceType", {"Location"}),
    ("insurer.>.resourceType", {"Organization"}),
)


def of_resource(claim: dict[str, Any], facts: Facts) -> Iterator[tuple[str, str]]:
    """Path and value of what should always be the same and is not."""
    for path, allowed in _FIXED:
        for value in resource.every(claim, path):
            if value not in allowed:
                yield path, str(value)
    for name in ("item", "diagnosis", "careTeam", "insurance", "supportingInfo"):
        numbers = [each["sequence"] for each in claim.get(name, [])]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{name}.sequence", str(numbers)
    served = [day for line in facts["lines"] for day in line["served"]]
    period = claim["billablePeriod"]
    if (period["start"], period["end"]) != (min(served), max(served)):
        yield "billablePeriod", str(period)
    kinds = [resource.every(claim, "type.coding.code", each) for each in claim["diagnosis"]]
    if kinds != [["principal"], *([] for _ in kinds[1:])]:
        yield "diagnosis.type", str(kinds)
    for each in resource.every(claim, "item.productOrService.coding"):
        if each["system"] != (_HCPCS if re.fullmatch(r"[A-Z]\d{4}", each["code"]) else _CPT):
            yield "item.productOrService", str(each)
    for member in claim.get("careTeam", []):
        roles = resource.every(claim, "role.coding.code", member)
        if member["provider"]["reference"].startswith("#rendering") and roles != ["performing"]:
            yield "careTeam.role", str(roles)


# Segment and element of the qualifiers that are always the same; ``TE`` stands before the only number of a contact.
_QUALIFIERS: tuple[tuple[str, int, set[str]], ...] = (
    ("DMG", 1, {"D8"}),
    ("PER", 3, {"TE"}),
    ("PRV", 2, {"PXC"}),
    ("LIN", 2, {"N4"}),
)


def of_file(claim: Loops) -> Iterator[tuple[str, str]]:
    """Segment and element of what should always be the same and is not."""
    for scope in (claim, *claim.lines, *claim.others):
        for loop, segments in scope.loops.items():
            for segment in segments:
                yield from ((f"{loop} {segment[0]}", element) for element in _wrong(segment, loop))
    if claim.one("2300 CLM 05-2") != "B":
        yield "2300 CLM05-2", str(claim.one("2300 CLM 05-2"))
    numbers = [line.one("2400 LX 01") for line in claim.lines]
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        yield "2400 LX", str(numbers)
    levels = [
        segment for loop in ("2000A", "2000B", "2000C") for segment in claim.loops.get(loop, []) if segment[0] == "HL"
    ]
    for at, level in enumerate(levels):
        parent = levels[at - 1][1] if at else ""
        child = "1" if at < len(levels) - 1 else "0"
        if level[2] != parent or (level[4] != child and at):
            yield "HL", "*".join(level)


def _wrong(segment: Segment, loop: str) -> Iterator[str]:
    for name, at, allowed in _QUALIFIERS:
        if segment[0] == name and segment[at] not in allowed:
            yield segment[at]
    if segment[0] == "DTP" and segment[2] != ("RD8" if "-" in segment[3] else "D8"):
        yield segment[2]
    if segment[0] == "NM1" and loop != "head":
        if len(segment) > 8 and segment[8] not in {"IL": {"MI"}, "PR": {"PI", "XV"}}.get(segment[1], {"XX"}):
            yield segment[8]
        if segment[1] in {"PR", "77"} and segment[2] != "2":
            yield segment[2]
