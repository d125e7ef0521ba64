"""Trying an edit of the practice's own on claims that left: whom it would have stopped, and switching it on."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from sqlalchemy import select

from billing.domain.canonical import from_json
from billing.edits import Facts, Plan
from billing.models import ClaimRecord, OwnEdit, SubmittedClaim
from billing.services.own_edits import edit_of, tell_that_they_changed
from billing.services.write_own_edit import OwnEditFacts
from clinic.base import db
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.changing import facts_of, held, tell_change
from clinic.services.clock import today
from clinic.services.library import library

LAST = timedelta(days=31)
"""How far back claims are looked at: a month of work, by the day of service."""

MOST = 5_000
"""Claims that are looked at, the last ones first: more would make the person wait."""

SHOWN = 20


class Met(Value, frozen=True):
    """A claim that the edit would have told of."""

    claim_id: int
    number: str
    lines: tuple[int, ...] = ()


class Tried(Value, frozen=True, kw_only=True):
    """What trying came to."""

    version: int
    first: date
    last: date
    claims: int
    """That were looked at."""
    told: int
    """Of them, those with a finding."""
    at_risk: Money
    """What these ask for."""
    met: tuple[Met, ...] = ()
    """The first of them."""
    more: bool = False
    """Whether there were more claims than are looked at."""


def try_own_edit(actor: Actor, edit_id: int) -> Tried:
    """Judge the claims of the last month by one edit alone. What it came to is kept with this version.

    Raises:
        Unknown: there is no such edit.
    """
    with acting(actor, "edits.write") as work:
        row = held(work, OwnEdit, edit_id)
        tried = _tried(row, actor.practice_id, today())
        row.tried = msgspec.to_builtins(tried)
        body = {"version": tried.version, "claims": tried.claims, "told": tried.told}
        work.fact("own_edit", row.id, "own_edit.tried", body)
        work.journal("own_edit", row.id, detail=f"tried {tried.claims} {tried.told}")
        return tried


def switch_own_edit(actor: Actor, edit_id: int, seen: str, *, on: bool) -> None:
    """Let the practice's claims be judged by one, or no longer.

    Raises:
        Refused: it was not tried as it is now.
        Unknown: there is no such edit.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, "edits.write") as work:
        row = held(work, OwnEdit, edit_id)
        if on and row.tried is None:
            raise Refused(N_("This edit was not tried yet."), remedy=N_("Try it on last month's claims first."))
        before = facts_of(OwnEditFacts, row)
        if tell_change(work, row, before, msgspec.structs.replace(before, active=on), seen):
            row.active = on
            tell_that_they_changed(work)


def _tried(row: OwnEdit, practice_id: int, last: date) -> Tried:
    first = last - LAST
    kept = db.session.execute(
        select(SubmittedClaim.claim_id, SubmittedClaim.snapshot)
        .join(
            ClaimRecord,
            (ClaimRecord.practice_id == SubmittedClaim.practice_id) & (ClaimRecord.id == SubmittedClaim.claim_id),
        )
        .where(SubmittedClaim.practice_id == practice_id, ClaimRecord.service_on.between(first, last))
        .order_by(SubmittedClaim.id.desc())
        .limit(MOST + 1)
    ).all()
    snapshots: dict[int, bytes] = {}
    for claim_id, snapshot in kept[:MOST]:
        snapshots.setdefault(claim_id, snapshot)  # of a claim that left twice the last one
    facts = Facts(on=last, codes=library())
    edit = edit_of(row)
    plans: dict[str, Plan] = {}
    met: list[Met] = []
    told = cents = 0
    for claim_id, snapshot in snapshots.items():
        claim = from_json(snapshot)
        profile = facts.profile_for(claim)
        plan = plans.get(key := f"{claim.kind} {profile.key}")
        if plan is None:
            plan = plans[key] = Plan([edit], claim.kind, profile)
        findings = plan.check(claim, facts)
        if findings:
            told += 1
            cents += claim.total.cents
            if len(met) < SHOWN:
                lines = tuple(each.line for each in findings if each.line is not None)
                met.append(Met(claim_id, claim.number, lines))
    return Tried(
        version=row.version,
        first=first,
        last=last,
        claims=len(snapshots),
        told=told,
        at_risk=Money(cents),
        met=tuple(met),
        more=len(kept) > MOST,
    )
