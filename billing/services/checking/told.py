"""A finding on a claim of a file, as it is told: its own faults as an 837, and what the edits say."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from billing.domain.claim import Claim
from billing.edits import EDITS, Facts, check
from billing.services.read_claims import Item
from billing.x12 import Fault
from clinic.domain.finding import Finding, Severity
from clinic.domain.value import Value
from clinic.domain.words import N_

FILE_FIX = N_("Correct the element in the program that wrote the file.")
_ENVELOPES = ("TA1", "AK9", "IK5")
"""Faults of interchange, group and transaction; all others lie in segments."""


class Told(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A finding on a claim of a file, in words. As JSON, a line of ``flask claim check --json``."""

    file: str
    claim: str | None
    line: int | None
    code: str
    severity: Severity
    field: str | None
    box: str | None
    loop: str | None
    segment: str | None
    element: str | None
    message: str
    fix: str
    change: dict[Literal["field", "value"], str] | None = None
    """What to put where, as canonical JSON text, where that is known."""


def told(item: Item, facts: Facts, file: str) -> list[Told]:
    """What is wrong with one claim of a file, or with the file.

    A fault of the file at a place that an edit blocks too is told once, by the edit.
    """
    claim = item.claim
    if claim is None:
        return [_of_file(fault, file) for fault in item.faults]
    findings = check(claim, facts)
    if not item.faults:
        return [of_claim(each, claim, file) for each in findings]
    said = {(each.loop, each.element) for each in findings if each.severity == "block"}
    faults = [_of_file(fault, file) for fault in item.faults if (fault.loop, fault.element) not in said]
    return faults + [of_claim(each, claim, file) for each in findings]


def _of_file(fault: Fault, file: str) -> Told:
    family = "ENV" if fault.code.startswith(_ENVELOPES) else "SYN"
    return Told(
        file=file,
        claim=fault.claim,
        line=None,
        code=f"{family}-{fault.code}",
        severity="block",
        field=None,
        box=None,
        loop=fault.loop,
        segment=fault.segment,
        element=fault.element,
        message=str(fault),
        fix=FILE_FIX,
    )


def of_claim(finding: Finding, claim: Claim[Any, Any], file: str) -> Told:
    """A finding of an edit on a claim of a file."""
    declared = EDITS[finding.code].declared
    return Told(
        file=file,
        claim=claim.number,
        line=finding.line,
        code=finding.code,
        severity=finding.severity,
        field=finding.field,
        box=finding.box,
        loop=finding.loop,
        segment=finding.segment,
        element=finding.element,
        message=declared.message % dict(finding.params),
        fix=declared.sections[2],
        change=None if finding.fix is None else {"field": finding.fix.field, "value": finding.fix.value},
    )


def _as_json(each: Told) -> bytes:
    return msgspec.json.encode(each) + b"\n"


def as_line(each: Told) -> bytes:
    """The finding for a person."""
    place = " ".join(filter(None, (each.box and f"box {each.box}", each.loop, each.element or each.segment)))
    line = f" line {each.line}" if each.line else ""
    claim = each.claim or "-"
    return f"{each.file}: {claim}{line}: {each.severity} {each.code} ({place}): {each.message}\n".encode()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (*Told.__struct_fields__[:-1], "change_field", "change_value")


def _as_row(each: Told) -> bytes:
    change = each.change or {}
    cells = [getattr(each, name) for name in COLUMNS[:-2]]
    return row([*cells, change.get("field"), change.get("value")])


def row(cells: list[Any]) -> bytes:
    """A row of a table for a spreadsheet."""
    text = io.StringIO(newline="")
    # A cell that begins like a formula is one to a spreadsheet; what a file says must not run there.
    csv.writer(text).writerow([f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue().encode()


Style = Literal["line", "json", "csv"]
STYLES: dict[Style, tuple[bytes, Callable[[Told], bytes]]] = {
    "line": (b"", as_line),
    "json": (b"", _as_json),
    "csv": (row(list(COLUMNS)), _as_row),
}
"""What stands above the findings, and how each is written."""


def written(found: Iterator[Told], style: Style) -> Iterator[bytes]:
    """The findings as text."""
    return map(STYLES[style][1], found)
