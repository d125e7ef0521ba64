"""Taking someone on: a user name, roles, for a provider their numbers, and a pass phrase that is shown once."""

from __future__ import annotations

import re
import unicodedata

from flask_security import hash_password
from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.set_up import StaffFacts, as_kept
from clinic.domain.words import N_
from clinic.models import Provider, Staff
from clinic.policy import RoleName
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import said
from clinic.services.found_practice import add_staff, new_pass_phrase

RIGHT = "staff.write"
_USERNAME = re.compile(r"[\w-]{2,64}\Z")
"""Letters, digits, hyphens, underscores: what the log-in takes."""


def take_on_staff(actor: Actor, username: str, facts: StaffFacts) -> tuple[int, str]:
    """Take someone on; gives their id and the pass phrase, which is kept nowhere but as a digest.

    Raises:
        Refused: the user name is taken or none, no role is given, or a provider lacks what claims need.
    """
    kept = checked(facts)
    name = unicodedata.normalize("NFKC", username).strip().lower()
    if not _USERNAME.match(name):
        raise Refused(
            N_("A user name has two to sixty-four letters, digits, hyphens or underscores."), where="username"
        )
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)  # slow on purpose, so before anybody waits for this act
    with acting(actor, RIGHT) as work:
        if work.session.scalar(select(Staff.id).where(Staff.username == name)) is not None:
            raise Refused(N_("This user name is taken."), where="username", remedy=N_("Choose another."))
        member = add_staff(work, name, kept.first, kept.last, roles_of(kept), hashed=hashed)
        keep_provider(work, member, None, kept)
        work.fact("staff", member.id, "staff.entered", {"after": {"username": name} | said(kept)})
        work.journal("staff", member.id, detail=f"entered roles:{','.join(kept.roles)}")
    return member.id, phrase


def checked(facts: StaffFacts) -> StaffFacts:
    """The facts as they are kept: roles in the order of the policy, a provider's numbers only for providers.

    Raises:
        Refused: as ``take_on_staff``.
    """
    kept = as_kept(facts)
    if not kept.roles:
        raise Refused(N_("Give at least one role."), where="roles")
    unknown = set(kept.roles) - {role.value for role in RoleName}
    if unknown:
        raise Refused(N_("There is no such choice."), where="roles", remedy=N_("Choose one of the list."))
    provider = RoleName.PROVIDER.value in kept.roles
    if provider and kept.npi is None:
        raise Refused(N_("A provider needs an NPI."), where="npi", remedy=N_("Copy it from the NPI registry."))
    if provider and kept.profession is None:
        raise Refused(N_("Say whether physician or dentist."), where="profession")
    roles = tuple(role.value for role in RoleName if role.value in kept.roles)
    return StaffFacts(
        first=kept.first,
        last=kept.last,
        roles=roles,
        active=kept.active,
        middle=kept.middle if provider else None,
        suffix=kept.suffix if provider else None,
        npi=kept.npi if provider else None,
        taxonomy=kept.taxonomy if provider else None,
        profession=kept.profession if provider else None,
    )


def roles_of(facts: StaffFacts) -> tuple[RoleName, ...]:
    """The roles by their names."""
    return tuple(RoleName(role) for role in facts.roles)


def keep_provider(work: Work, member: Staff, provider: Provider | None, facts: StaffFacts) -> None:
    """Carry the provider row of a member of staff along. It is never deleted: visits and claims name it."""
    treats = RoleName.PROVIDER.value in facts.roles
    if provider is None and treats:
        provider = Provider(practice_id=work.actor.practice_id, staff_id=member.id)
        work.session.add(provider)
    if provider is None:
        return
    provider.first, provider.last = facts.first, facts.last
    provider.active = treats and facts.active
    if treats:
        provider.middle, provider.suffix = facts.middle, facts.suffix
        provider.npi, provider.taxonomy = facts.npi, facts.taxonomy
        provider.profession = facts.profession or "other"
