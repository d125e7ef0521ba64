"""Where a finding is mended: the field of the desk it stands at, the page of whom it is about, or a change to post."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec
from flask import url_for

from billing.coding.coding import Coding
from billing.coding.narrate import letters
from billing.models import ClaimRecord
from clinic.domain.finding import Finding, Fix
from clinic.domain.money import Money
from clinic.domain.quantity import Quantity
from clinic.views.formats import amount
from clinic.views.guard import may

_LINE = re.compile(r"acts\[(\d+)\]\.?(?:part\.)?(\w*)")
_DIAGNOSIS = re.compile(r"part\.diagnoses\[(\d+)\]")
_CELLS = ("modifiers", "pointers", "quantity", "charge")
"""Fields of a line that have a cell at the desk."""
_DETAILS = {
    "coverage": "coverage_id",
    "part.rendering": "rendering_id",
    "part.referring": "referring_id",
    "part.supervising": "supervising_id",
    "part.facility": "location_id",
    "part.place": "location_id",
    "authority.prior_authorization": "prior_authorization",
    "authority.referral": "referral",
    "authority.clia": "clia",
    "authority": "prior_authorization",
    "frequency": "frequency",
    "replaces": "replaces",
    "patient_paid": "patient_paid",
    "part.accident": "accident-EM",
    "part.accident_state": "accident_state",
    "part.casualty_claim": "casualty_claim",
    "part.unable_to_work": "unable_to_work-start",
    "part.hospital": "hospital-start",
    "part.dates": "qualifier",
    "part.note": "note",
}
"""Fields of the claim whose control stands among the details of the desk."""
_TYPED = frozenset(
    {"note", "prior_authorization", "referral", "clia", "replaces", "accident_state", "casualty_claim"}
    | {"frequency", "assignment", "place"}
)
"""Fields of the coding that the desk takes as they are typed."""


class Mend(NamedTuple):
    """What to do about a finding."""

    href: str
    """Where it is mended by hand."""
    fields: dict[str, str] | None
    """The form that mends it, for the route of changes; None where a person has to choose."""
    value: str
    """What would stand there then."""


def mend(finding: Finding, coding: Coding, record: ClaimRecord) -> Mend | None:
    """What the reader can do about the finding; None where they may do nothing about it."""
    whose = finding.field.split(".")[0].split("[")[0]
    if whose in {"patient", "other_coverages"} or finding.field.startswith("coverage."):
        if not may("patient.read"):
            return None
        return Mend(url_for("patients.show", patient_id=record.patient_id), None, "")
    if not may("claim.code") or record.journey != "none" or whose in {"billing", "pay_to"}:
        return None
    place = desk_place(finding.field, coding)
    opened = "details" if place in _DETAILS.values() else None
    href = url_for("coding.code", claim_id=record.id, open=opened, _anchor=place or None)
    fields = fix_fields(finding.fix, coding) if finding.fix else None
    return Mend(href, fields, _last(fields))


def desk_place(path: str, coding: Coding) -> str:
    """The id at the desk of the control for a field, empty where it has none."""
    if found := _LINE.match(path):
        row, name = int(found.group(1)), found.group(2)
        if name in _CELLS and row < len(coding.lines):
            return f"line-{coding.lines[row].number}-{name}"
        return f"at-acts-{row}"
    if found := _DIAGNOSIS.match(path):
        return f"at-part-diagnoses-{found.group(1)}"
    if path.startswith(("part.diagnoses", "acts")):
        return "dx" if path.startswith("part") else "charge"
    return next((place for field, place in _DETAILS.items() if path == field or path.startswith(f"{field}.")), "")


def fix_fields(fix: Fix, coding: Coding) -> dict[str, str] | None:
    """The desk's form for a fix, with its value written as the reader would type it; None where the desk has none."""
    value = msgspec.json.decode(fix.value)
    if found := _LINE.fullmatch(fix.field):
        row, name = int(found.group(1)), found.group(2)
        typed = _cell(name, value)
        if typed is None or row >= len(coding.lines):
            return None
        return {"do": "set_line", "number": coding.lines[row].number, name: typed}
    name = fix.field.rsplit(".", 1)[-1]
    if fix.field not in {name, f"part.{name}", f"authority.{name}"} or name not in _TYPED or not isinstance(value, str):
        return None
    return {"do": "set_field", name: value}


def _cell(name: str, value: Any) -> str | None:
    if name == "modifiers":
        return " ".join(value)
    if name == "pointers":
        return letters(tuple(value))
    if name == "quantity":
        return msgspec.convert(value, Quantity).plain()
    return amount(msgspec.convert(value, Money).cents) if name == "charge" else None


def _last(fields: dict[str, str] | None) -> str:
    return list(fields.values())[-1] if fields else ""
