"""What happened to a payer profile, newest first: each wording with who wrote it, when, and how it differs."""

from __future__ import annotations

from typing import Any

import msgspec
from flask_babel import gettext as _
from sqlalchemy import select

from billing.payers import OwnProfile
from billing.payers.own import base_of, begun_from
from billing.services.profile_in_order import FORMS
from billing.services.write_payer_profile import ProfileFacts
from clinic.base import db
from clinic.models import Fact, Staff
from clinic.services.changing import differences
from clinic.views.guard import actor
from clinic.views.history import Changed, Happened

LAST = 40


def versions(profile_id: int) -> list[Happened]:
    """The last facts of a profile of the practice."""
    practice_id = actor().practice_id
    rows = db.session.execute(
        select(Fact, Staff)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == practice_id, Fact.thing == "payer_profile", Fact.thing_id == profile_id)
        .order_by(Fact.sequence)
    )
    found: list[Happened] = []
    state: dict[str, Any] = {}
    was: ProfileFacts | None = None
    for fact, member in rows:
        state |= fact.body.get("after") or {}
        now = msgspec.convert(state, ProfileFacts)
        words, changed = _told(fact, was, now)
        found.append(Happened(fact.at, member.name if member else None, words, changed))
        was = now
    return found[: -LAST - 1 : -1]


def difference(before: OwnProfile | None, after: OwnProfile) -> list[Changed]:
    """Where a wording differs from another one, or from the built-in profile it began from."""
    was = before or begun_from(base_of(after.base))
    told = differences(was, after)
    return [
        Changed(name, *(_shown(name, told[when][name]) for when in ("before", "after")))
        for name in told.get("after", ())
    ]


def _shown(name: str, value: Any) -> Any:
    """A part of a profile as a person reads it."""
    if name == "form":
        return _(FORMS[value])
    if name == "base":
        return _(base_of(value).name)
    return list(value) if isinstance(value, tuple) else value


def _told(fact: Fact, was: ProfileFacts | None, now: ProfileFacts) -> tuple[str, list[Changed]]:
    if fact.type == "payer_profile.tried":
        return _("tried on %(claims)s claims, %(differ)s differ", **_counts(fact.body)), []
    if was is None or was.standing == now.standing:
        if now.proposed is None:
            return _("change dropped"), []
        before = was.wording if was else None
        return _("version %(number)s", number=now.version), difference(before, now.wording)
    if now.standing is None:
        return _("back to the built-in one"), []
    return _("version %(number)s put on", number=now.version), difference(was.standing, now.standing)


def _counts(body: dict[str, Any]) -> dict[str, int]:
    return {"claims": body["claims"], "differ": body["differ"]}
