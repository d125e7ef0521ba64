"""The edits that a practice has written itself, as the plan takes them."""

from __future__ import annotations

from datetime import date

import msgspec
from flask import current_app
from sqlalchemy import select

from billing.coding.coding import Coding
from billing.edits import EDITS, Edit
from billing.edits.own import Rule, own_edit
from billing.models import OwnEdit
from clinic.base import db
from clinic.models import Coverage, Practice
from clinic.services.acting import Work

_KEPT = "cabinet_own_edits"


def own_edits(practice_id: int) -> tuple[Edit, ...]:
    """Those that judge the practice's claims now. They are read again only when one has gone on or off."""
    practice = db.session.get_one(Practice, practice_id)
    if not practice.own_edits:
        return ()
    kept: dict[int, tuple[int, tuple[Edit, ...]]] = current_app.extensions.setdefault(_KEPT, {})
    known = kept.get(practice_id)
    if known is None or known[0] != practice.own_edits:
        known = kept[practice_id] = (practice.own_edits, _read(practice_id))
    return known[1]


def own_edits_for(coding: Coding) -> tuple[Edit, ...]:
    """Those that judge a claim under this policy; none where it has none."""
    # The policy was read to put the claim together: no statement.
    policy = db.session.get(Coverage, coding.coverage_id) if coding.coverage_id is not None else None
    return () if policy is None else own_edits(policy.practice_id)


def edit_called(code: str, own: tuple[Edit, ...]) -> Edit:
    """The edit of a finding, whoever wrote it."""
    return EDITS.get(code) or next(each for each in own if each.code == code)


def edit_of(row: OwnEdit) -> Edit:
    """The row as an edit."""
    return own_edit(row.number, rule_of(row), SINCE)


def rule_of(row: OwnEdit) -> Rule:
    """What the row says."""
    return msgspec.convert(row.rule, Rule)


def tell_that_they_changed(work: Work) -> None:
    """From the commit on, whoever keeps the practice's own edits reads them again."""
    practice = work.session.get_one(Practice, work.actor.practice_id, populate_existing=True)
    practice.own_edits += 1


SINCE = date(2026, 11, 24)
"""Since when a practice can write edits; its own say themselves, in their history, since when they judge."""


def _read(practice_id: int) -> tuple[Edit, ...]:
    rows = db.session.scalars(
        select(OwnEdit).where(OwnEdit.practice_id == practice_id, OwnEdit.active).order_by(OwnEdit.number)
    )
    return tuple(edit_of(row) for row in rows)
