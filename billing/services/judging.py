"""What the edits say about a claim of the practice: the same on screen, before a batch and on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from billing.coding.coding import Coding
from billing.domain.claim import Claim
from billing.edits import Facts, check
from billing.services.earlier import earlier_claims, further_claims
from billing.services.enrolled import enrolled
from billing.services.once import once
from billing.services.own_edits import own_edits_for
from billing.services.own_profiles import own_profiles_for
from billing.services.paper import overflowing_by
from billing.services.rules import Rules
from clinic.domain.finding import Finding
from clinic.domain.value import Value
from clinic.services.clock import today
from clinic.services.library import library


class Judged(Value, frozen=True, kw_only=True):
    """The findings on a claim, and how many of them hold it."""

    findings: tuple[Finding, ...] = ()
    blocks: int
    warnings: int
    """Warnings nobody has given a reason for."""
    own: tuple[Any, ...] = ()
    """The practice's own edits that were asked: what their findings are called stands in them."""


NOTHING = Judged(blocks=0, warnings=0)
"""What is said of a claim that is not one yet."""


def judge(claim: Claim[Any, Any], coding: Coding, *, on: date | None = None) -> Judged:
    """Run all edits that can fire on the claim, for its payer, as of a day (today where none is given)."""
    own, profiles = own_edits_for(coding), own_profiles_for(coding)
    facts = Facts(
        on=on or today(),
        codes=library(),
        tables=once("rule tables", lambda: Rules(library())),
        profile_for=profiles.for_claim,
        overflows=overflowing_by(profiles),
        enrolled=enrolled(coding),
        earlier=earlier_claims(coding),
        further=further_claims(coding),
        own=own,
    )
    findings = check(claim, facts)
    answered = {(reason.finding, reason.field) for reason in coding.reasons}
    return Judged(
        findings=findings,
        blocks=sum(finding.severity == "block" for finding in findings),
        warnings=sum(
            finding.severity == "warn" and (finding.code, finding.field) not in answered for finding in findings
        ),
        own=own,
    )
