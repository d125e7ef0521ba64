"""What a judgement by other releases adds to a claim's findings, or takes from them, as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from billing.domain.claim import Claim
from billing.edits.differences import Differences, about
from billing.services.checking.told import Style, Told, as_line, of_claim, row
from clinic.domain.finding import Finding

Which = Literal["new", "gone"]


class Difference(Told, frozen=True, kw_only=True, omit_defaults=False):
    """A finding that came or went, told as ``flask claim check`` tells it, with what it puts at risk."""

    difference: Which
    params: dict[str, str]
    """What the message is filled with, for who says it in another language."""
    about: str | None
    """The code of the line, or the code at the field, that it is about."""
    about_system: str | None
    payer: str
    """The number it is billed under, else the name."""
    payer_name: str
    service: date | None
    """The first day."""
    total: int
    """What the claim asks for, in minor units."""
    currency: str


def differing(found: Differences, claim: Claim[Any, Any], file: str) -> list[Difference]:
    """The differences of one claim, the new ones first."""
    return [_told("new", each, claim, file) for each in found.new] + [
        _told("gone", each, claim, file) for each in found.gone
    ]


def _told(which: Which, finding: Finding, claim: Claim[Any, Any], file: str) -> Difference:
    code, payer = about(claim, finding), claim.coverage.payer
    return Difference(
        **msgspec.structs.asdict(of_claim(finding, claim, file)),
        difference=which,
        params=dict(finding.params),
        about=None if code is None else code.value,
        about_system=None if code is None else code.system,
        payer=payer.identifier.value or payer.name.name,
        payer_name=payer.name.name,
        service=claim.service.start if claim.acts else None,
        total=claim.total.cents,
        currency=claim.total.currency,
    )


def _as_line(each: Difference) -> bytes:
    return f"{each.difference} ".encode() + as_line(each)


def _as_json(each: Difference) -> bytes:
    return msgspec.json.encode(each) + b"\n"


COLUMNS = (
    "difference", "file", "claim", "payer", "payer_name", "service", "total", "currency", "line", "about",
    "code", "severity", "message", "fix", "field", "box", "loop", "segment", "element",
)  # fmt: skip


def _as_row(each: Difference) -> bytes:
    return row([getattr(each, name) for name in COLUMNS])


STYLES: dict[Style, tuple[bytes, Callable[[Difference], bytes]]] = {
    "line": (b"", _as_line),
    "json": (b"", _as_json),
    "csv": (row(list(COLUMNS)), _as_row),
}
"""What stands above the differences, and how each is written."""


def written(found: Iterator[Difference], style: Style) -> Iterator[bytes]:
    """The differences as text."""
    return map(STYLES[style][1], found)
