"""Changing who works here: names, roles, a provider's numbers; and letting someone go.

Roles hold from the next request on. Who is let go is logged out everywhere at once. A practice never loses its last
administrator, and where there are two, nobody changes their own roles.
"""

from __future__ import annotations

import uuid

from sqlalchemy import func, select

from clinic.domain.refusal import Refused
from clinic.domain.set_up import StaffFacts
from clinic.domain.words import N_
from clinic.models import Practice, Provider, Role, Staff, staff_role
from clinic.policy import RoleName
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import held, tell_change
from clinic.services.found_practice import give_roles
from clinic.services.take_on_staff import RIGHT, checked, keep_provider, roles_of


def change_staff(actor: Actor, staff_id: int, facts: StaffFacts, seen: str) -> None:
    """Change a member of staff as they were seen.

    Raises:
        Refused: as ``take_on_staff``, or the practice would lose its last administrator, or the roles are one's own
            and another administrator is there to change them, or one would let oneself go.
        Unknown: there is nobody of that id.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked(facts)
    with acting(actor, RIGHT) as work:
        # Two administrators who take each other's role away at once: the second must see what the first did.
        work.session.execute(
            select(Practice.id).where(Practice.id == actor.practice_id).with_for_update(key_share=True)
        )
        member = held(work, Staff, staff_id)
        provider = provider_of(work, staff_id)
        before = staff_facts(member, provider)
        _guard_administrators(work, member, before, kept)
        if not tell_change(work, member, before, kept, seen):
            return
        member.first, member.last, member.active = kept.first, kept.last, kept.active
        if before.active and not kept.active:
            member.fs_uniquifier = uuid.uuid4().hex  # what sessions are bound to
        if before.roles != kept.roles:
            give_roles(work, member, roles_of(kept))
            work.session.expire(member, ["roles"])
        keep_provider(work, member, provider, kept)


def provider_of(work: Work, staff_id: int) -> Provider | None:
    """The provider a member of staff is or was."""
    return work.session.scalar(
        select(Provider)
        .where(Provider.practice_id == work.actor.practice_id, Provider.staff_id == staff_id)
        .order_by(Provider.id)
        .limit(1)
    )


def staff_facts(member: Staff, provider: Provider | None) -> StaffFacts:
    """A member of staff as the value they are."""
    held_roles = {role.name for role in member.roles}
    treats = provider is not None and RoleName.PROVIDER.value in held_roles
    return StaffFacts(
        first=member.first,
        last=member.last,
        roles=tuple(role.value for role in RoleName if role.value in held_roles),
        active=member.active,
        middle=provider.middle if treats and provider else None,
        suffix=provider.suffix if treats and provider else None,
        npi=provider.npi if treats and provider else None,
        taxonomy=provider.taxonomy if treats and provider else None,
        profession=provider.profession if treats and provider else None,
    )


def _guard_administrators(work: Work, member: Staff, before: StaffFacts, after: StaffFacts) -> None:
    rules = RoleName.ADMINISTRATOR.value
    own = member.id == work.actor.staff_id
    others = _other_administrators(work, member.id)
    if own and before.active and not after.active:
        raise Refused(N_("Nobody lets themselves go."), where="active", remedy=N_("Another administrator can do it."))
    if own and others and before.roles != after.roles:
        raise Refused(
            N_("Your own roles are changed by another administrator."), where="roles", remedy=N_("Ask one of them.")
        )
    ruled = before.active and rules in before.roles
    if ruled and not others and not (after.active and rules in after.roles):
        raise Refused(
            N_("This is the last administrator."), where="roles", remedy=N_("Give someone else that role first.")
        )


def _other_administrators(work: Work, staff_id: int) -> int:
    practice_id = work.actor.practice_id
    count = work.session.scalar(
        select(func.count())
        .select_from(staff_role)
        .join(Staff, Staff.id == staff_role.c.staff_id)
        .join(Role, Role.id == staff_role.c.role_id)
        .where(
            Staff.practice_id == practice_id,
            Role.practice_id == practice_id,
            Role.name == RoleName.ADMINISTRATOR.value,
            Staff.active,
            Staff.id != staff_id,
        )
    )
    return count or 0
