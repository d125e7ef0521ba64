"""Trying an edit of the practice's own on claims that left: whom it would have stopped, and switching it on."""

from __future__ import annotations

from datetime import date

import msgspec

from billing.edits import Facts, Plan
from billing.models import OwnEdit
from billing.payers import PayerProfile
from billing.services.last_claims import SHOWN, last_claims
from billing.services.own_edits import edit_of, tell_that_they_changed
from billing.services.own_profiles import own_profiles
from billing.services.write_own_edit import OwnEditFacts
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, acting
from clinic.services.changing import Overtaken, facts_of, held, tell_change
from clinic.services.clock import today
from clinic.services.find import one
from clinic.services.library import library


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
        Overtaken: someone else changed it meanwhile.
    """
    if not allows("edits.write", actor.roles):
        raise NotAllowed("edits.write")
    tried = _tried(one(actor, OwnEdit, edit_id), actor.practice_id)  # nobody waits while claims are looked at
    with acting(actor, "edits.write") as work:
        row = held(work, OwnEdit, edit_id)
        if row.version != tried.version:
            raise Overtaken(facts_of(OwnEditFacts, row))
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


def _tried(row: OwnEdit, practice_id: int) -> Tried:
    edit, version = edit_of(row), row.version
    looked = last_claims(practice_id, today())
    facts = Facts(on=looked.last, codes=library(), profile_for=own_profiles(practice_id).for_claim)
    plans: dict[tuple[str, PayerProfile], Plan] = {}
    met: list[Met] = []
    told = cents = 0
    for left in looked.claims:
        claim = left.claim
        profile = facts.profile_for(claim)
        plan = plans.get(key := (claim.kind, profile))
        if plan is None:
            plan = plans[key] = Plan([edit], claim.kind, profile)
        findings = plan.check(claim, facts)
        if findings:
            told += 1
            cents += claim.total.cents
            if len(met) < SHOWN:
                lines = tuple(each.line for each in findings if each.line is not None)
                met.append(Met(left.claim_id, claim.number, lines))
    return Tried(
        version=version,
        first=looked.first,
        last=looked.last,
        claims=len(looked.claims),
        told=told,
        at_risk=Money(cents),
        met=tuple(met),
        more=looked.more,
    )
