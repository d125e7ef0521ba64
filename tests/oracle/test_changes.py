"""No field of a claim is idle: changing one changes paper, file or resource, or is listed here with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from billing.documents.cms1500 import pages, render
from billing.domain.claim import Claim
from billing.domain.professional import Professional, ProfessionalAct
from billing.fhir.claim import to_fhir
from billing.x12 import write_837p
from clinic.domain.refusal import Refused
from clinic.fhir.json import dumps
from tests.counts import count
from tests.oracle import facts
from tests.oracle.mutations import mutations
from tests.oracle.sender import TRANSMISSION
from tests.strategies.exceptions import ALWAYS_ABSENT, ONE_VALUE
from tests.strategies.fields import ABSENT, declared, found
from tests.strategies.samples import sample_claims, whole_claims

SILENT: dict[str, str] = {
    "kind": "these are the writers of the professional kind: all they write says it, whatever the field says",
}
"""Path of a change that no output shows, and why."""


UNTOUCHED = {
    path: reason
    for path, reason in {**ONE_VALUE, **ALWAYS_ABSENT}.items()
    if not path.endswith("currency") and path not in SILENT
}
"""Fields with one value only, which nothing can change."""


WRITERS: tuple[Callable[[Any], bytes], ...] = (
    lambda claim: write_837p(TRANSMISSION, [claim]),
    lambda claim: dumps(to_fhir(claim, created=date(2026, 7, 1))),
    lambda claim: render([pages(claim)]),
)
"""File, resource and paper: the slowest last, for it is asked only where the others stay as they were."""


def _shows(claim: Any, before: list[bytes]) -> bool:
    """Whether an output is another now. A refusal is not one: what is refused is not said."""
    for write, old in zip(WRITERS, before, strict=True):
        try:
            if write(claim) != old:
                return True
        except Refused:
            continue
    return False


def _covering(extra: int) -> list[Any]:
    """A few claims that together hold every field, and ``extra`` more."""
    claims: list[Any] = []
    held: set[str] = set()
    for claim in [*whole_claims(20, 21), *sample_claims(300, 22)]:
        present = {path for path, value in found(claim) if value != ABSENT}
        if len(claim.acts) <= 2 and not present <= held:
            held |= present
            claims.append(claim)
    return claims + [claim for claim in sample_claims(100, 23) if len(claim.acts) <= 3][:extra]


def test_every_change_shows_somewhere() -> None:
    idle, touched = set(), set()
    for claim in _covering(extra=count(0, 20)):
        before = [write(claim) for write in WRITERS]
        for path, other in mutations(claim):
            touched.add(path.partition(" ")[0])
            if not _shows(other, before):
                idle.add(path)
    assert idle == set(SILENT)
    untouched = {
        path
        for path, _, _ in declared(Claim[Professional, ProfessionalAct])
        if not any(each == path or each.startswith((f"{path}.", f"{path}[")) for each in touched)
    }
    assert untouched == set(UNTOUCHED)


UNSEEN = {
    "total.currency": "compared by itself: every amount of the resource must be in USD",
    "acts[].charge.currency": "compared by itself: every amount of the resource must be in USD",
    "patient_paid.currency": "compared by itself: every amount of the resource must be in USD",
    "other_coverages[].adjudication.paid.currency": "compared by itself: every amount of the resource must be in USD",
    "other_coverages[].adjudication.adjustments[].amount.currency": "every amount of the resource must be in USD",
    "acts[].code.system": "SV101-1 HC stands for both systems of procedure codes",
    "part.dates order": "segments of one place stand in any order",
    "part.diagnoses[].system": "one version of ICD a claim: the oracle does not read a mixture",
    **SILENT,
}
"""Path of a change that the oracle does not see in the resource, and why."""


def test_the_oracle_sees_every_change_that_the_resource_shows() -> None:
    (claim,) = [claim for claim in whole_claims(60, 23) if len(claim.acts) == 1][:1]
    before = facts.said(_said(claim))
    unseen = {path for path, other in mutations(claim) if path not in UNSEEN and facts.said(_said(other)) == before}
    assert unseen == set()


def _said(claim: Any) -> facts.Facts:
    text = dumps(to_fhir(claim, created=date(2026, 7, 1)))
    return facts.of_resource(json.loads(text, parse_float=Decimal))
