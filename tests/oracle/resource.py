"""A FHIR claim asked by short paths over its plain JSON.

A path is a row of steps with points between them: ``name`` (lists are entered), ``name[key=value]`` keeps the items
whose nested ``key`` holds the value, ``name[0]`` one item, ``>`` follows a reference into ``contained``,
``ext(NAME)`` takes an extension of ours, ``info(category,system,code)`` an item of supportingInfo.
"""

from __future__ import annotations

import re
from typing import Any

FHIR = "urn:cabinet:fhir:"
SID = "urn:cabinet:sid:"
CS = "urn:cabinet:cs:"
SYSTEMS = {
    "NPI": "http://hl7.org/fhir/sid/us-npi",
    "EIN": "urn:oid:2.16.840.1.113883.4.4",
    "SSN": "http://hl7.org/fhir/sid/us-ssn",
    "CLIA": "urn:oid:2.16.840.1.113883.4.7",
    "NDC": "http://hl7.org/fhir/sid/ndc",
    "SID": SID,
    "CS": CS,
}
_STEP = re.compile(r"(>|ext\([^)]*\)|info\([^)]*\)|\w+(?:\[[^\]]*\])*)(?:\.|\Z)")


def every(claim: dict[str, Any], path: str, start: Any = None) -> list[Any]:
    """All values at a path, from the claim or from a part of it."""
    values = [claim if start is None else start]
    for step in _STEP.findall(path):
        values = [found for value in values for found in _step(claim, value, step)]
    return values


def one(claim: dict[str, Any], path: str, start: Any = None) -> Any:
    """The value at a path, None where there is none."""
    values = every(claim, path, start)
    assert len(values) <= 1, f"{path} stands {len(values)} times"
    return values[0] if values else None


def _step(claim: dict[str, Any], value: Any, step: str) -> list[Any]:
    if step == ">":
        wanted = value["reference"].removeprefix("#")
        return [each for each in claim.get("contained", []) if each["id"] == wanted]
    if step.startswith("ext("):
        url = FHIR + step[4:-1]
        return [each for each in value.get("extension", []) if each["url"] == url]
    if step.startswith("info("):
        category, system, code = step[5:-1].split(",")
        return [each for each in value.get("supportingInfo", []) if _is_info(each, category, system, code)]
    name, *filters = re.findall(r"\w+|\[[^\]]*\]", step)[:1] + re.findall(r"\[[^\]]*\]", step)
    found = value.get(name) if isinstance(value, dict) else None
    items = [] if found is None else found if isinstance(found, list) else [found]
    for each in filters:
        inner = each[1:-1]
        if inner.isdigit():
            items = items[int(inner) : int(inner) + 1]
        else:
            key, wanted = inner.split("=")
            items = [
                item
                for item in items
                if _meant(wanted) in [str(got) for got in every(claim, key.replace("/", "."), item)]
            ]
    return items


def _meant(wanted: str) -> str:
    """``NPI`` and the like stand for their systems, ``SID:x`` and ``CS:x`` for ours."""
    head, _, tail = wanted.partition(":")
    return SYSTEMS[head] + tail if head in SYSTEMS else wanted


def _is_info(each: dict[str, Any], category: str, system: str, code: str) -> bool:
    if category not in [coding["code"] for coding in each["category"]["coding"]]:
        return False
    codings = each.get("code", {}).get("coding", [])
    if system and CS + system not in [coding.get("system") for coding in codings]:
        return False
    return not code or code in [coding["code"] for coding in codings]
