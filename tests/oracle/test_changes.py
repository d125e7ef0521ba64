"""No field of a claim is idle: changing one changes paper, file or resource, or is listed here with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from billing.documents.cms1500 import pages, render
from billing.fhir.claim import to_fhir
from billing.x12 import write_837p
from clinic.domain.refusal import Refused
from clinic.fhir.json import dumps
from tests.counts import count
from tests.oracle.mutations import mutations
from tests.oracle.sender import TRANSMISSION
from tests.strategies.samples import sample_claims, whole_claims

REFUSED = b"refused"

SILENT: dict[str, str] = {}
"""Path of a change that no output shows, and why."""


def outputs(claim: Any) -> tuple[bytes, bytes, bytes]:
    """Paper, file and resource; a refusal is an answer too."""
    return (
        _or_refused(lambda: render([pages(claim)])),
        _or_refused(lambda: write_837p(TRANSMISSION, [claim])),
        _or_refused(lambda: dumps(to_fhir(claim, created=date(2026, 7, 1)))),
    )


def _or_refused(write: Callable[[], bytes]) -> bytes:
    try:
        return write()
    except Refused:
        return REFUSED


def _idle(claims: list[Any]) -> dict[str, set[str]]:
    """For each kind of change: which outputs showed it."""
    seen: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        before = outputs(claim)
        assert REFUSED not in before
        for path, other in mutations(claim):
            seen[path].add("nothing")
            after = outputs(other)
            for name, old, new in zip(("paper", "file", "resource"), before, after, strict=True):
                if new != old:
                    seen[path].add(f"{name} refuses" if new == REFUSED else name)
    return seen


def test_every_change_shows_somewhere() -> None:
    # A whole claim holds every field; a plain one those of a patient who is the subscriber.
    whole = [claim for claim in whole_claims(60, 21) if len(claim.acts) == 1][: count(1, 6)]
    plain = [claim for claim in sample_claims(60, 22) if len(claim.acts) == 2 and claim.coverage.subscriber is None]
    seen = _idle([*whole, *plain[: count(1, 10)]])
    assert {path for path, shown in seen.items() if shown == {"nothing"}} == set(SILENT)
