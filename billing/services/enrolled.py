"""What the edits ask of enrolments: whether the payer billed takes the file the claim goes in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from billing.coding.coding import Coding
from billing.domain.claim import Claim
from billing.domain.routes import FILES_OF
from billing.services.routes import consents
from billing.services.who_pays import payer_of
from clinic.base import db
from clinic.domain.period import Period
from clinic.models import Coverage

Enrolled = Callable[[Claim[Any, Any]], tuple[Period, ...] | None]


def enrolled(coding: Coding) -> Enrolled:
    """The spans in which the payer takes this claim's file of the practice or of whoever rendered it (``Facts``)."""

    @cache
    def found(file: str) -> tuple[Period, ...] | None:
        # The policy and its route were read to put the claim together: no statement, unless the payer enrols.
        policy = db.session.get(Coverage, coding.coverage_id) if coding.coverage_id is not None else None
        if policy is None:
            return None
        rendered = {coding.rendering_id, *(line.rendering_id for line in coding.lines)}
        return consents(policy.practice_id, payer_of(policy).id, file, [each for each in rendered if each is not None])

    def spans(claim: Claim[Any, Any]) -> tuple[Period, ...] | None:
        file = FILES_OF.get(claim.kind)
        return found(file) if file else None

    return spans
