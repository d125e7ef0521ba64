"""Verifying the journal from the screen: this practice's chain of acts, and the chain of reads it is part of."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal import reads
from clinic.journal.seal import chain_name, seal_acts
from clinic.journal.verify import Verdict, verify
from clinic.models import Fact
from clinic.services.acting import Actor, acting

RIGHT = "journal.read"
VERIFIED = "practice.journal_verified"


def verify_journal(actor: Actor) -> tuple[Verdict, ...]:
    """Follow the chains from their first row, and keep what was found.

    Raises:
        Refused: the file of heads kept outside the database cannot be read.
    """
    own = chain_name(actor.practice_id)
    try:
        seal_acts()
        reads.seal_reads()
        found = tuple(verdict for verdict in verify() if verdict.chain in {own, reads.CHAIN})
    except ValueError as error:
        raise Refused(
            N_("The file of kept heads cannot be read."),
            where="journal_heads.json",
            remedy=N_("Restore it from a backup."),
        ) from error
    with acting(actor, RIGHT) as work:
        body = {"verdicts": [msgspec.to_builtins(verdict) for verdict in found]}
        work.fact("practice", actor.practice_id, VERIFIED, body)
        work.journal("practice", actor.practice_id, detail=_detail(found))
    return found


def last_verification(actor: Actor) -> Fact | None:
    """The last one there was."""
    return db.session.scalar(
        select(Fact)
        .where(
            Fact.practice_id == actor.practice_id,
            Fact.thing == "practice",
            Fact.thing_id == actor.practice_id,
            Fact.type == VERIFIED,
        )
        .order_by(Fact.sequence.desc())
        .limit(1)
    )


def verdicts_of(fact: Fact) -> tuple[Verdict, ...]:
    """What a verification found."""
    body: dict[str, Any] = fact.body
    return msgspec.convert(body["verdicts"], tuple[Verdict, ...])


def _detail(found: tuple[Verdict, ...]) -> str:
    return " ".join(f"{each.chain}={'whole' if each.ok else each.what}" for each in found)
