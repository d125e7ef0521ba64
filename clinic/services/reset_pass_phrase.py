"""Giving someone a new pass phrase, where theirs is lost or known to others."""

from __future__ import annotations

import uuid

from flask_security import hash_password

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.services.acting import Actor, acting
from clinic.services.changing import held
from clinic.services.found_practice import new_pass_phrase
from clinic.services.take_on_staff import RIGHT


def reset_pass_phrase(actor: Actor, staff_id: int) -> str:
    """Give a new pass phrase, which is kept nowhere but as a digest. The old one and all its sessions end.

    Raises:
        Refused: it is one's own: that is changed by whoever knows it.
        Unknown: there is nobody of that id.
    """
    if staff_id == actor.staff_id:
        raise Refused(
            N_("Your own pass phrase is changed on your own page."), where="staff", remedy=N_("Open About me.")
        )
    phrase = new_pass_phrase()
    hashed = hash_password(phrase)  # slow on purpose, so before anybody waits for this act
    with acting(actor, RIGHT) as work:
        member = held(work, Staff, staff_id)
        member.password = hashed
        member.fs_uniquifier = uuid.uuid4().hex
        work.fact("staff", member.id, "staff.pass_phrase_reset", {})
        work.journal("staff", member.id, detail="pass_phrase_reset")
    return phrase
