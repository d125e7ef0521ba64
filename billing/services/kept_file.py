"""The bytes that left, as long as they are the bytes that left."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import undefer

from billing.models import Submission
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import one


def kept_file(actor: Actor, submission_id: int) -> Submission:
    """A submission with its bytes, held against the digest that was kept when they left.

    Raises:
        Refused: they are not what left; the journal has the digest they have now.
        Unknown: no such submission in the practice.
    """
    found = one(actor, Submission, submission_id, undefer(Submission.body))
    now = hashlib.sha256(found.body).hexdigest()
    if now != found.sha256:
        with acting(actor, "claim.read") as work:
            work.journal("submission", found.id, digest=now, detail="submission.not_as_it_left")
        raise Refused(
            N_("What is kept of %(name)s is not what left: its SHA-256 differs."),
            where="submission",
            remedy=N_("Take the file from a backup made since it was sent."),
            name=found.file_name,
        )
    return found
