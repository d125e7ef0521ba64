"""Writing what a practice says of its payers. What is written is a proposal: it judges nothing until it is put on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from billing.models import OwnPayerProfile
from billing.payers import OwnProfile
from billing.services.profile_in_order import in_order
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import enter, facts_of, held, tell_change
from clinic.services.naming import only_one

RIGHT = "profile.write"


class ProfileFacts(Value, frozen=True, kw_only=True):
    """What is told of one."""

    name: str
    version: int
    standing: OwnProfile | None = None
    proposed: OwnProfile | None = None

    @property
    def wording(self) -> OwnProfile:
        """The last one: what is proposed, else what stands. There is always one of the two."""
        found = self.proposed or self.standing
        if found is None:
            raise ValueError(self)
        return found


def write_payer_profile(actor: Actor, profile: OwnProfile) -> int:
    """Propose one; gives its id.

    Raises:
        Refused: it says what no profile may say, or another answers for the same payers.
    """
    kept = in_order(profile)
    with acting(actor, RIGHT) as work:
        alone(work, kept)
        return _enter(work, kept)


def change_payer_profile(actor: Actor, profile_id: int, profile: OwnProfile, seen: str) -> bool:
    """Propose another wording; gives whether it is one. What judges claims stays until it is put on.

    Raises:
        Refused: it says what no profile may say, or another answers for the same payers.
        Unknown: there is no such profile.
        Overtaken: someone else changed it meanwhile.
    """
    kept = in_order(profile)
    with acting(actor, RIGHT) as work:
        row = held(work, OwnPayerProfile, profile_id)
        before = facts_of(ProfileFacts, row)
        only_one(work, OwnPayerProfile, kept.name, but=profile_id)
        alone(work, kept, but=profile_id)
        proposed = None if kept == before.standing else kept
        version = before.version + (proposed is not None and proposed != before.proposed)
        after = ProfileFacts(name=kept.name, version=version, standing=before.standing, proposed=proposed)
        changed = tell_change(work, row, before, after, seen)
        if changed:
            project(row, after)
        return changed


def drop_proposal(actor: Actor, profile_id: int, seen: str) -> None:
    """Leave what judges claims as it is.

    Raises:
        Refused: nothing judges claims yet, so that nothing would be left of it.
        Unknown: there is no such profile.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, RIGHT) as work:
        row = held(work, OwnPayerProfile, profile_id)
        before = facts_of(ProfileFacts, row)
        if before.standing is None:
            raise Refused(
                N_("This profile was never put on."),
                remedy=N_("Change what it says, or leave it: claims are judged by the built-in one."),
            )
        only_one(work, OwnPayerProfile, before.standing.name, but=profile_id)
        after = ProfileFacts(name=before.standing.name, version=before.version, standing=before.standing)
        if tell_change(work, row, before, after, seen):
            project(row, after)


def take_payer_profiles(actor: Actor, profiles: Sequence[OwnProfile]) -> int:
    """Propose all of them, as they came in a file; gives how many.

    Raises:
        Refused: one of them says what no profile may say, or there is one of its name. Nothing is written.
    """
    kept = [in_order(each) for each in profiles]
    with acting(actor, RIGHT) as work:
        for each in kept:
            _enter(work, each)
        if not kept:
            work.journal("practice", actor.practice_id, detail="no profiles")
    return len(kept)


def alone(work: Work, profile: OwnProfile, *, but: int | None = None) -> None:
    """Insist that no other profile that judges claims answers for the same payers: chance would choose.

    Raises:
        Refused: one does.
    """
    mine = OwnPayerProfile.practice_id == work.actor.practice_id
    for row in work.session.scalars(select(OwnPayerProfile).where(mine, OwnPayerProfile.standing.is_not(None))):
        other = facts_of(ProfileFacts, row).standing
        if row.id == but or other is None:
            continue
        for field in ("identifiers", "filings"):
            for shared in set(getattr(profile, field)) & set(getattr(other, field)):
                raise Refused(
                    N_("%(other)s answers for %(shared)s already."),
                    where=field,
                    remedy=N_("Take it out of one of the two profiles."),
                    other=other.name,
                    shared=shared,
                )


def project(row: OwnPayerProfile, facts: ProfileFacts) -> None:
    """Put what was told into the row's columns (law 2). What was tried was another wording."""
    row.name, row.version, row.tried = facts.name, facts.version, None
    row.standing = msgspec.to_builtins(facts.standing) if facts.standing else None
    row.proposed = msgspec.to_builtins(facts.proposed) if facts.proposed else None


def _enter(work: Work, profile: OwnProfile) -> int:
    only_one(work, OwnPayerProfile, profile.name)
    facts = ProfileFacts(name=profile.name, version=1, proposed=profile)
    row = OwnPayerProfile(practice_id=work.actor.practice_id)
    project(row, facts)
    return enter(work, row, facts)
