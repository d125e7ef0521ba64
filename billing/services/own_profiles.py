"""The payer profiles by which a practice's claims are judged: its own, then those of the files."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from flask import current_app
from sqlalchemy import select

from billing.coding.coding import Coding
from billing.coding.wording import claim_text
from billing.edits import EDITS
from billing.models import OwnPayerProfile, PayerRoute
from billing.payers import BUILT_IN, OwnProfile, Profiles
from billing.payers.own import as_profile
from clinic.base import db
from clinic.models import Coverage, Payer, Practice
from clinic.services.acting import Work

_KEPT = "cabinet_payer_profiles"

BLOCKING = frozenset(code for code, each in EDITS.items() if each.declared.severity == "block")
"""Edits that no profile switches off: to any payer the claim would be refused unread or state what is false (law 6)."""


def own_profiles(practice_id: int) -> Profiles:
    """Those of a practice. They are read again only when one is another, or a number of a payer."""
    practice = db.session.get_one(Practice, practice_id)
    if not practice.payer_profiles:
        return BUILT_IN
    kept: dict[int, tuple[int, Profiles]] = current_app.extensions.setdefault(_KEPT, {})
    known = kept.get(practice_id)
    if known is None or known[0] != practice.payer_profiles:
        standing = {row.id: wording(row.standing) for row in rows_of(practice_id) if row.standing is not None}
        known = kept[practice_id] = (practice.payer_profiles, profiles_of(practice_id, standing))
    return known[1]


def own_profiles_for(coding: Coding) -> Profiles:
    """Those that answer for a claim under this policy."""
    # The policy was read to put the claim together: no statement.
    policy = db.session.get(Coverage, coding.coverage_id) if coding.coverage_id is not None else None
    return BUILT_IN if policy is None else own_profiles(policy.practice_id)


def profiles_of(practice_id: int, standing: dict[int, OwnProfile]) -> Profiles:
    """These wordings as claims are judged by them, under every number by which a payer is known."""
    numbers = db.session.execute(
        select(PayerRoute.payer_number, Payer.payer_number)
        .join(Payer, Payer.id == PayerRoute.payer_id)
        .where(PayerRoute.practice_id == practice_id, PayerRoute.payer_number.is_not(None))
    )
    called = {claim_text(there or ""): claim_text(here or "") for there, here in numbers}
    return Profiles((as_profile(each, BLOCKING) for each in standing.values()), called)


def rows_of(practice_id: int) -> list[OwnPayerProfile]:
    """All of them, whether they judge or not."""
    return list(
        db.session.scalars(
            select(OwnPayerProfile).where(OwnPayerProfile.practice_id == practice_id).order_by(OwnPayerProfile.name)
        )
    )


class OffFor(NamedTuple):
    """A profile by which an edit does not hold."""

    profile_id: int
    name: str
    reason: str


def off_for(practice_id: int, code: str) -> list[OffFor]:
    """Those of the practice that have switched an edit off and judge claims now."""
    if code in BLOCKING:
        return []
    standing = [(row.id, wording(row.standing)) for row in rows_of(practice_id) if row.standing is not None]
    return [OffFor(id_, said.name, each.reason) for id_, said in standing for each in said.off if each.code == code]


def wording(kept: dict[str, Any]) -> OwnProfile:
    """What a row's column says."""
    return msgspec.convert(kept, OwnProfile)


def tell_that_profiles_changed(work: Work) -> None:
    """From the commit on, whoever keeps the practice's profiles reads them again."""
    practice = work.session.get_one(Practice, work.actor.practice_id, populate_existing=True)
    practice.payer_profiles += 1
