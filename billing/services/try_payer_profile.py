"""Trying a payer profile on claims that left: what it would change, then putting it on, and going back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from billing.edits import Facts, check
from billing.models import OwnPayerProfile
from billing.payers import OwnProfile, Profiles
from billing.services.last_claims import SHOWN, last_claims
from billing.services.own_edits import own_edits
from billing.services.own_profiles import own_profiles, profiles_of, rows_of, tell_that_profiles_changed, wording
from billing.services.paper import overflowing_by
from billing.services.rules import Rules
from billing.services.write_payer_profile import RIGHT, ProfileFacts, alone, project
from clinic.base import db
from clinic.domain.finding import Finding
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, acting
from clinic.services.changing import Overtaken, facts_of, held, tell_change
from clinic.services.clock import today
from clinic.services.find import one
from clinic.services.library import library


class Differs(Value, frozen=True, kw_only=True):
    """A claim that would have been judged otherwise."""

    claim_id: int
    number: str
    gone: tuple[str, ...] = ()
    """Codes of findings that would not have been told."""
    new: tuple[str, ...] = ()
    form: str | None = None
    """The form it would have left in, where that is another."""


class Tally(Value, frozen=True):
    """How often a finding comes, or no longer does."""

    code: str
    gone: int
    new: int


class Tried(Value, frozen=True, kw_only=True):
    """What trying came to."""

    version: int
    first: date
    last: date
    claims: int
    """That were looked at."""
    answered: int
    """Of them, those that the profile answers for, before or after."""
    differ: int
    """Of them, those that would have been judged or sent otherwise."""
    forms: int
    """Of them, those that would have left in another form."""
    freed: int
    """Of them, those with fewer findings that hold a claim: blocks and warnings."""
    held: int
    """With more."""
    tallies: tuple[Tally, ...] = ()
    met: tuple[Differs, ...] = ()
    """The first that differ."""
    more: bool = False
    """Whether there were more claims than are looked at."""


def try_payer_profile(actor: Actor, profile_id: int) -> Tried:
    """Judge the claims of the last month with what is proposed and without. What it came to is kept with the proposal.

    Raises:
        Refused: nothing is proposed, or another profile answers for the same payers.
        Unknown: there is no such profile.
        Overtaken: someone else changed it meanwhile.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    row = one(actor, OwnPayerProfile, profile_id)
    proposed, version = _proposed(row), row.version
    then = _with(row, proposed)
    # nobody waits while claims are looked at
    tried = _tried(version, actor.practice_id, then)
    with acting(actor, RIGHT) as work:
        row = held(work, OwnPayerProfile, profile_id)
        if row.version != tried.version or row.proposed is None:
            raise Overtaken(facts_of(ProfileFacts, row))
        alone(work, proposed, but=profile_id)
        row.tried = msgspec.to_builtins(tried)
        body = {"version": tried.version, "claims": tried.claims, "differ": tried.differ}
        work.fact("payer_profile", row.id, "payer_profile.tried", body)
        work.journal("payer_profile", row.id, detail=f"tried {tried.claims} {tried.differ}")
        return tried


def put_on(actor: Actor, profile_id: int, seen: str) -> None:
    """Let the practice's claims be judged by what is proposed.

    Raises:
        Refused: it was not tried as it is now, or another profile answers for the same payers.
        Unknown: there is no such profile.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, RIGHT) as work:
        row = held(work, OwnPayerProfile, profile_id)
        proposed = _proposed(row)
        before = facts_of(ProfileFacts, row)
        if row.tried is None:
            raise Refused(N_("This was not tried yet."), remedy=N_("See first what it would change: try it."))
        alone(work, proposed, but=profile_id)
        after = ProfileFacts(name=before.name, version=before.version, standing=proposed)
        if tell_change(work, row, before, after, seen):
            project(row, after)
            tell_that_profiles_changed(work)


def put_back(actor: Actor, profile_id: int, seen: str) -> None:
    """Let the built-in profile answer again. What was said stays as a proposal, to be tried and put on again.

    Raises:
        Unknown: there is no such profile.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, RIGHT) as work:
        row = held(work, OwnPayerProfile, profile_id)
        before = facts_of(ProfileFacts, row)
        after = ProfileFacts(name=before.name, version=before.version, proposed=before.wording)
        if tell_change(work, row, before, after, seen):
            project(row, after)
            tell_that_profiles_changed(work)


def _proposed(row: OwnPayerProfile) -> OwnProfile:
    if row.proposed is None:
        raise Refused(N_("Nothing is proposed."), remedy=N_("Change what it says first."))
    return wording(row.proposed)


def _with(row: OwnPayerProfile, proposed: OwnProfile) -> Profiles:
    standing = {each.id: wording(each.standing) for each in rows_of(row.practice_id) if each.standing is not None}
    return profiles_of(row.practice_id, standing | {row.id: proposed})


class _World:
    """Facts by the day on which a claim left: a deadline kept then is not missed because it is tried later."""

    def __init__(self, practice_id: int, profiles: Profiles, rules: Rules) -> None:
        self.profiles = profiles
        self._own = own_edits(practice_id)
        self._rules = rules
        self._days: dict[date, Facts] = {}

    def on(self, day: date) -> Facts:
        if day not in self._days:
            self._days[day] = Facts(
                on=day,
                codes=library(),
                tables=self._rules,
                profile_for=self.profiles.for_claim,
                overflows=overflowing_by(self.profiles),
                own=self._own,
            )
        return self._days[day]


def _tried(version: int, practice_id: int, then: Profiles) -> Tried:
    looked, now = last_claims(practice_id, today()), own_profiles(practice_id)
    rules = Rules(library())
    before, after = _World(practice_id, now, rules), _World(practice_id, then, rules)
    db.session.commit()  # what follows reads no row
    gone: Counter[str] = Counter()
    new: Counter[str] = Counter()
    met: list[Differs] = []
    answered = differ = forms = freed = held_more = 0
    for left in looked.claims:
        claim = left.claim
        was, will = now.for_claim(claim), then.for_claim(claim)
        if was == will:
            continue
        answered += 1
        found, next_ = check(claim, before.on(left.on)), check(claim, after.on(left.on))
        less, more = _codes(found, next_), _codes(next_, found)
        form = will.form if will.form != was.form else None
        gone.update(less)
        new.update(more)
        if not less and not more and form is None:
            continue
        differ += 1
        forms += form is not None
        freed += _holding(next_) < _holding(found)
        held_more += _holding(next_) > _holding(found)
        if len(met) < SHOWN:
            met.append(Differs(claim_id=left.claim_id, number=claim.number, gone=less, new=more, form=form))
    return Tried(
        version=version,
        first=looked.first,
        last=looked.last,
        claims=len(looked.claims),
        answered=answered,
        differ=differ,
        forms=forms,
        freed=freed,
        held=held_more,
        tallies=tuple(Tally(code, gone[code], new[code]) for code in sorted({*gone, *new})),
        met=tuple(met),
        more=looked.more,
    )


def _codes(these: Sequence[Finding], without: Sequence[Finding]) -> tuple[str, ...]:
    """Codes of findings at fields where the others have none, each once."""
    there = {(each.code, each.field) for each in without}
    return tuple(dict.fromkeys(each.code for each in these if (each.code, each.field) not in there))


def _holding(findings: Sequence[Finding]) -> int:
    return sum(each.severity in {"block", "warn"} for each in findings)
